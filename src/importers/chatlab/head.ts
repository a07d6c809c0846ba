// What the beginning of a ChatLab file says, read before its records: members may come late, and the chat's id may hang on them.

import { readJsonPieces } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource } from '../../bytes/source';
import { readLines } from '../../bytes/text-lines';
import type { Json, JsonObject } from '../../model/json';
import { idOf, isObject, parseObject, words } from '../json-fields';
import { readMeta } from './meta';
import type { ChatLabMeta } from './meta';

export interface Head {
  readonly form: 'json' | 'jsonl';
  /** Of the format: `0.0.1` or `0.0.2`. */
  readonly version: string;
  readonly meta: ChatLabMeta;
  /** Names of members and senders, by their ids. */
  readonly people: ReadonlyMap<string, string>;
}

/** What is known of a file whose beginning is damaged. */
export function emptyHead(form: Head['form']): Head {
  return { form, version: '', meta: readMeta(undefined), people: new Map() };
}

/** Elements of these arrays are pieces of their own. */
export const wantedPaths: readonly string[] = ['members[*]', 'messages[*]'];
/** Lines hold pictures of members as data URLs. */
export const lineLimitBytes = 16 << 20;

/** Reads at most `limitBytes` of a file of either form; null where it is no ChatLab file. Never throws for foreign bytes. */
export async function readHead(source: ByteSource, limitBytes: number): Promise<Head | null> {
  const bytes = await source.read(0, limitBytes);
  const first = firstByte(bytes);
  if (first !== 0x7b && first !== 0x23) return null;
  const head = sourceOfBytes(bytes);
  return (await readJsonlHead(head)) ?? (first === 0x7b ? readJsonHead(head) : null);
}

async function readJsonHead(source: ByteSource): Promise<Head | null> {
  const known = new Map<string, string>();
  let chatlab: Json | undefined;
  let meta: Json | undefined;
  for await (const pieces of readJsonPieces(source, { paths: wantedPaths })) {
    for (const piece of pieces) {
      if (piece.kind === 'item') rememberPerson(parseObject(piece.text), known);
      if (piece.kind !== 'member' || piece.parent.length > 0) continue;
      if (piece.key === 'chatlab') chatlab = parseObject(piece.text) ?? undefined;
      if (piece.key === 'meta') meta = parseObject(piece.text) ?? undefined;
    }
  }
  return headOf('json', chatlab, meta, known);
}

/** The header is the first line that is neither blank nor a comment. */
async function readJsonlHead(source: ByteSource): Promise<Head | null> {
  const known = new Map<string, string>();
  let header: JsonObject | null = null;
  for await (const { lines } of readLines(source, { lineLimitBytes })) {
    for (const line of lines) {
      if (isComment(line)) continue;
      const fields = parseObject(line);
      if (header !== null) rememberPerson(fields, known);
      else if (fields?.['_type'] === 'header') header = fields;
      else return null;
    }
  }
  return header === null ? null : headOf('jsonl', header['chatlab'], header['meta'], known);
}

function headOf(form: Head['form'], chatlab: Json | undefined, meta: Json | undefined, known: ReadonlyMap<string, string>): Head | null {
  if (!isObject(chatlab)) return null;
  const version = idOf(chatlab['version']);
  return version === null ? null : { form, version, meta: readMeta(meta), people: known };
}

/** True for lines of a JSONL file that hold nothing: blank ones and those that begin with `#`. */
export function isComment(line: string): boolean {
  const text = line.trimStart();
  return text === '' || text.startsWith('#') || text === '\ufeff';
}

function rememberPerson(fields: JsonObject | null, known: Map<string, string>): void {
  const id = idOf(fields?.['platformId'] ?? fields?.['sender']);
  if (id === null || fields?.['type'] === 80) return;
  known.set(id, words(fields?.['accountName']) ?? known.get(id) ?? id);
}

function firstByte(bytes: Uint8Array): number | undefined {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)) at++;
  return bytes[at];
}
