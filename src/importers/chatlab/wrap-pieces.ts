// Elements of a ChatLab file that were kept raw, as a small file of their own.

import type { SourceApp } from '../../model/source';
import { baseName } from '../archive-files';
import type { PiecesOf } from '../importer';

/** Apps whose name in a header is their name here; ids of other platforms cannot be told again from what is known of a chat. */
const platforms: ReadonlySet<SourceApp> = new Set<SourceApp>(['whatsapp', 'telegram', 'wechat', 'qq']);

/** A JSONL file: a header of what is known of the chat, then an element a line. Null for a platform that is not told again. */
export function wrapPieces(
  pieces: readonly string[],
  { path, name, sourceId, shape, source, answers }: PiecesOf,
): { name: string; text: string } | null {
  if (!platforms.has(source)) return null;
  const meta = {
    ...(name !== null && { name }),
    platform: source,
    ...(shape === 'group' && { type: 'group', ...(sourceId !== null && { groupId: sourceId }) }),
    ...(shape === 'direct' && { type: 'private' }),
    ...(answers['owner'] !== undefined && { ownerId: answers['owner'] }),
  };
  const header = { _type: 'header', chatlab: { version: '0.0.2' }, meta };
  // An element may be written over several lines; line breaks inside of JSON are white space.
  const lines = pieces.map((piece) => withType(piece.replace(/\r?\n/g, ' ')));
  return { name: `${baseName(path)}.jsonl`, text: [JSON.stringify(header), ...lines, ''].join('\n') };
}

/** In JSONL an element says itself that it is a message; in JSON its place does. */
function withType(piece: string): string {
  return piece.startsWith('{') && !piece.includes('"_type"') ? `{"_type":"message",${piece.slice(1)}` : piece;
}
