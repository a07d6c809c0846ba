// Cuts JSON of any size into values without holding or parsing the whole. The importer names the arrays whose elements it
// wants, gets each element as text, and parses it itself.
//
//   for await (const pieces of readJsonPieces(source, { paths: ['messages[*]', 'chats.list[*].messages[*]'] }))
//     for (const piece of pieces) …
//
// For {"name":"Ann","chats":{"list":[{"id":7,"messages":[{"id":1},{"id":2}]}]}} the pieces are, in the order of the file:
//   member    parent []                             key 'name'  text '"Ann"'
//   member    parent ['chats','list',0]             key 'id'    text '7'
//   item      parent ['chats','list',0,'messages']  key 0       text '{"id":1}'
//   item      parent ['chats','list',0,'messages']  key 1       text '{"id":2}'
//   structure the closing brackets
// A member is any other value beside the way to a wanted array, whole, however deep it is. Containers on the way (here
// root, chats, list, the chat, messages) give no piece of their own; a wanted array without elements gives none.
//
// `offsetBytes` and `lengthBytes` are the value with all that leads to it from the end of the piece before (comma, key,
// brackets, white space), so that the pieces tile the file exactly. `text` is the value alone. Pieces of one container share
// one `parent` array, so its identity may be compared. Scalars are not checked: the importer's JSON.parse does.
//
// Problems are pieces too, and the reader goes on behind them: `piece-too-large` (more than 16 MiB), `depth-limit` (a value
// nested more than 200 deep), `bad-json` (bytes out of place between values or after the root) and, last, `ends-early` (the
// file ends before the root is closed). A line feed inside a string, which JSON forbids, ends the string, so that in an
// indented file one lost quotation mark spoils one value.

import type { ByteSource } from './source';
import { createJsonScanner, type JsonPiece } from './json-scanner';
import { parsePaths } from './json-paths';

export type { JsonPath } from './json-paths';
export type { JsonPiece } from './json-scanner';

export interface ReadJsonOptions {
  /** Wanted elements, such as `messages[*]`, `chats.list[*].messages[*]`, `[*]` for a root array, `*[*]` for arrays under any key. */
  readonly paths: readonly string[];
  /** Default 16 MiB. */
  readonly pieceLimitBytes?: number;
  /** Default 200. */
  readonly depthLimit?: number;
}

export const pieceLimitBytes = 16 << 20;
export const jsonDepthLimit = 200;

/** Pieces of a JSON file, in batches of about a chunk, in the order of the file. Throws what the source throws. */
export async function* readJsonPieces(source: ByteSource, options: ReadJsonOptions): AsyncGenerator<readonly JsonPiece[], void, void> {
  const scanner = createJsonScanner(parsePaths(options.paths), {
    pieceLimitBytes: options.pieceLimitBytes ?? pieceLimitBytes,
    depthLimit: options.depthLimit ?? jsonDepthLimit,
  });
  for await (const chunk of source.stream()) {
    const pieces = scanner.push(chunk);
    if (pieces.length > 0) yield pieces;
  }
  const pieces = scanner.end();
  if (pieces.length > 0) yield pieces;
}

/** The same of JSON that is in memory, at once. */
export function cutJson(bytes: Uint8Array, options: ReadJsonOptions): readonly JsonPiece[] {
  const scanner = createJsonScanner(parsePaths(options.paths), {
    pieceLimitBytes: options.pieceLimitBytes ?? pieceLimitBytes,
    depthLimit: options.depthLimit ?? jsonDepthLimit,
  });
  return [...scanner.push(bytes), ...scanner.end()];
}
