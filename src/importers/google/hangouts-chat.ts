// What Hangouts.json says of a conversation, in either of its forms.

import type { Json, JsonObject } from '../../model/json';
import type { ConversationShape } from '../../model/record';
import { idOf, objectOf, objectsOf, words } from '../json-fields';

/** A member, who has an id or a name. */
export interface HangoutsMember {
  readonly id: string | null;
  readonly name: string | null;
}

export interface HangoutsChat {
  readonly id: string | null;
  /** Null where nobody gave it one. */
  readonly name: string | null;
  readonly shape: ConversationShape;
  readonly members: readonly HangoutsMember[];
  /** What it says of members of whom neither id nor name is known. */
  readonly nameless: readonly JsonObject[];
  /** Id of the one whose reading it remembers. */
  readonly owner: string | null;
}

/** `value` is the member `conversation`, which in the newer form holds another with the same name. */
export function readChat(value: JsonObject): HangoutsChat {
  const inner = objectOf(value['conversation']) ?? value;
  const id = objectOf(value['conversation_id']) ?? objectOf(inner['id']) ?? objectOf(inner['conversation_id']);
  const type = words(inner['type']) ?? '';
  const readState = objectOf(objectOf(inner['self_conversation_state'])?.['self_read_state']);
  const listed = objectsOf(inner['participant_data']);
  const described = listed.flatMap((member) => memberOf(member) ?? []);
  const ids = new Set(described.map((member) => member.id));
  const bare = memberLists.flatMap((list) => objectsOf(inner[list])).flatMap((member) => personId(member) ?? []);
  return {
    id: idOf(id?.['id']),
    name: words(inner['name']),
    shape: type === 'GROUP' ? 'group' : type.endsWith('ONE_TO_ONE') ? 'direct' : 'unknown',
    members: [...described, ...[...new Set(bare)].filter((member) => !ids.has(member)).map((member) => ({ id: member, name: null }))],
    nameless: listed.filter((member) => memberOf(member) === null),
    owner: personId(readState?.['participant_id']),
  };
}

/** Lists of ids without names: of those who are in it, and of those who were asked in. */
const memberLists: readonly string[] = ['current_participant', 'invited_participant'];

function memberOf(member: JsonObject): HangoutsMember | null {
  const [id, name] = [personId(member['id']), words(member['fallback_name'])];
  return id === null && name === null ? null : { id, name };
}

/** Both ids are the same where both are there. */
export function personId(value: Json | undefined): string | null {
  const id = objectOf(value);
  return idOf(id?.['gaia_id']) ?? idOf(id?.['chat_id']);
}
