// What a joined conversation was made of, in short: by it is known whether its parts are still what they were.

import { hashBytes } from '../crypto/hashes';
import type { ConversationId } from '../model/ids';
import type { ConversationEntry } from './archive';
import { utf8Bytes } from './utf8';

/** `entries`: those of `parts` that are here, in their order. For `madeOf` of what they show together. */
export async function madeOfParts(entries: readonly ConversationEntry[], parts: readonly ConversationId[]): Promise<string> {
  const content = entries.map(({ id, segments, people, names }) => [id, segments.map((segment) => segment.id), people, names]);
  return (await hashBytes(utf8Bytes(JSON.stringify([parts, content])))).slice(0, 32);
}
