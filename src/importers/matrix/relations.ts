// Edits, reactions and the like are events of their own, which name the event that they are about and may stand anywhere
// behind it. They are gathered before the messages are read.

import { readJsonPieces } from '../../bytes/json-elements';
import type { ByteSource } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import { objectOf, parseObject, words } from '../json-fields';

export interface Edit {
  readonly atMs: number | null;
  readonly content: JsonObject;
}

export interface Related {
  /** By time of the file. */
  readonly edits: Edit[];
  /** Who reacted, by what with. */
  readonly reactions: Map<string, string[]>;
}

/** By the id of the event that they are about. */
export type Relations = ReadonlyMap<string, Related>;

/** So many events of this sort are remembered; those beyond stay messages of unknown kind. */
const relationLimit = 500_000;

/** Names the relation of an event that only changes another one; null for a message by itself. */
export function relationOf(event: JsonObject): { readonly kind: 'edit' | 'reaction'; readonly eventId: string } | null {
  const content = objectOf(event['content']);
  const relation = objectOf(content?.['m.relates_to']);
  const eventId = words(relation?.['event_id']);
  if (content === null || relation === null || eventId === null) return null;
  if (relation['rel_type'] === 'm.replace' && objectOf(content['m.new_content']) !== null) return { kind: 'edit', eventId };
  return event['type'] === 'm.reaction' && words(relation['key']) !== null ? { kind: 'reaction', eventId } : null;
}

/** All relations of a file. Throws what the source throws. */
export async function readRelations(source: ByteSource): Promise<Relations> {
  const relations = new Map<string, Related>();
  let count = 0;
  for await (const pieces of readJsonPieces(source, { paths: ['messages[*]'] })) {
    for (const { kind, text } of pieces) {
      if (kind !== 'item' || !text.includes('"m.relates_to"') || count >= relationLimit) continue;
      const event = parseObject(text);
      const relation = event && relationOf(event);
      if (event === null || relation === null) continue;
      const related = relations.get(relation.eventId) ?? { edits: [], reactions: new Map<string, string[]>() };
      relations.set(relation.eventId, related);
      addTo(related, event);
      count++;
    }
  }
  return relations;
}

function addTo({ edits, reactions }: Related, event: JsonObject): void {
  const content = objectOf(event['content']) ?? {};
  const edited = objectOf(content['m.new_content']);
  const key = words(objectOf(content['m.relates_to'])?.['key']);
  const at = event['origin_server_ts'];
  if (edited !== null) edits.push({ atMs: typeof at === 'number' ? at : null, content: edited });
  else if (key !== null) reactions.set(key, [...(reactions.get(key) ?? []), words(event['sender']) ?? '']);
}
