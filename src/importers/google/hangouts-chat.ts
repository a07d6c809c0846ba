// What Hangouts.json says of a conversation, in either of its forms.

import type { Json, JsonObject } from '../../model/json';
import type { ConversationShape } from '../../model/record';
import { idOf, objectOf, objectsOf, words } from '../json-fields';

export interface HangoutsChat {
  readonly id: string | null;
  /** Null where nobody gave it one. */
  readonly name: string | null;
  readonly shape: ConversationShape;
  readonly members: readonly { readonly id: string; readonly name: string | null }[];
  /** Id of the one whose reading it remembers. */
  readonly owner: string | null;
}

/** `value` is the member `conversation`, which in the newer form holds another with the same name. */
export function readChat(value: JsonObject): HangoutsChat {
  const inner = objectOf(value['conversation']) ?? value;
  const id = objectOf(value['conversation_id']) ?? objectOf(inner['id']) ?? objectOf(inner['conversation_id']);
  const type = words(inner['type']) ?? '';
  const readState = objectOf(objectOf(inner['self_conversation_state'])?.['self_read_state']);
  return {
    id: idOf(id?.['id']),
    name: words(inner['name']),
    shape: type === 'GROUP' ? 'group' : type.endsWith('ONE_TO_ONE') ? 'direct' : 'unknown',
    members: objectsOf(inner['participant_data']).flatMap((member) => {
      const memberId = personId(member['id']);
      return memberId === null ? [] : [{ id: memberId, name: words(member['fallback_name']) }];
    }),
    owner: personId(readState?.['participant_id']),
  };
}

/** Both ids are the same where both are there. */
export function personId(value: Json | undefined): string | null {
  const id = objectOf(value);
  return idOf(id?.['gaia_id']) ?? idOf(id?.['chat_id']);
}
