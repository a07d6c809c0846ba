// Which files of a set are pages of qq-chat-exporter: one that holds all, or chunks in scripts, with a manifest, for a viewer.

import { readHtmlPieces } from '../../../bytes/html-elements';
import { decodeEntities } from '../../../bytes/html-entities';
import { sourceOfBytes } from '../../../bytes/memory-source';
import type { ByteSource, FileSet } from '../../../bytes/source';
import type { JsonObject } from '../../../model/json';
import { candidates, detectBytes, folderOf } from '../../archive-files';
import { isObject, objectOf, objectsOf, parseObject } from '../../json-fields';
import { findArray, leadBytes } from '../../script-array';
import { accountOf, noHead, type ExportHead } from './export-head';
import { isBlock, readBlock } from './page-block';

/** What leads to the messages of a chunk, in a file and in a page that holds all. */
export const chunkLead = /__QCE_CHUNK__\(\{\s{0,8}"?id"?\s{0,8}:\s{0,8}"[^"]{0,100}",\s{0,8}"?messages"?\s{0,8}:\s{0,8}\[/;
/** A manifest grows with its chunks. */
const manifestBytes = 16 << 20;
const sendersLimit = 1000;

export interface PageArchive {
  readonly version: 'page' | 'chunks';
  /** The manifest first, where there is one. */
  readonly entries: readonly number[];
  readonly manifest: number;
}

/** The chats of the set. */
export async function findPages(files: FileSet): Promise<readonly PageArchive[]> {
  const found: PageArchive[] = [];
  for (const [entry, file] of candidates(files, /\.html?$/i)) {
    if (await isPage(file.open())) found.push({ version: 'page', entries: [entry], manifest: -1 });
  }
  const byFolder = new Map<string, number[]>();
  for (const [entry, file] of candidates(files, /\.js$/i)) {
    if (findArray(await file.open().read(0, leadBytes), chunkLead) === -1) continue;
    const folder = folderOf(file.path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), entry]);
  }
  for (const [folder, chunks] of byFolder) {
    const above = folderOf(folder.slice(0, -1));
    const manifest = ['manifest.js', 'manifest.json'].map((name) => files.indexOf(above + name)).find((entry) => entry !== -1) ?? -1;
    const pathOf = (entry: number) => files.entries[entry]?.path ?? '';
    const sorted = chunks.toSorted((one, other) => (pathOf(one) < pathOf(other) ? -1 : 1));
    found.push({ version: 'chunks', entries: manifest === -1 ? sorted : [manifest, ...sorted], manifest });
  }
  return found;
}

/** Never throws for foreign bytes. */
async function isPage(source: ByteSource): Promise<boolean> {
  const bytes = await source.read(0, detectBytes);
  const text = new TextDecoder().decode(bytes);
  if (/window\.__QCE_(?:MANIFEST|CHUNK)__\s{0,4}=/.test(text) && text.includes('__QCE_MANIFEST__({')) return true;
  if (!/class="message (?:self|other)/.test(text) && !text.includes('system-message-container')) return false;
  for await (const pieces of readHtmlPieces(sourceOfBytes(bytes), { isWanted: isBlock, nests: true })) {
    if (pieces.some(({ element }) => element !== null && (readBlock(element)?.clockMs ?? null) !== null)) return true;
  }
  return false;
}

/** What the beginning of an archive says of its chat, as the exporter's JSON says it; reads at most `limitBytes` of a file. */
export async function readPageChat(files: FileSet, archive: PageArchive, limitBytes: number): Promise<ExportHead> {
  const [first = -1] = archive.entries.filter((entry) => entry !== archive.manifest);
  const source = files.entries[first]?.open();
  const text = source === undefined ? '' : new TextDecoder().decode(await source.read(0, limitBytes));
  const manifest = archive.manifest === -1 ? manifestIn(text) : await readManifest(files, archive.manifest);
  if (manifest !== null) {
    const chat = isObject(manifest['chat']) ? manifest['chat'] : {};
    const senders = objectsOf(manifest['senders']).slice(0, sendersLimit);
    return { ...noHead, chat, senders: senders.map(({ uid, displayName }) => ({ uid: uid ?? '', name: displayName ?? '' })) };
  }
  return archive.version === 'page' ? readPageHead(text) : noHead;
}

/** The manifest's JSON; null where it is none. */
export async function readManifest(files: FileSet, entry: number): Promise<JsonObject | null> {
  const source = files.entries[entry]?.open();
  if (source === undefined || source.sizeBytes > manifestBytes) return null;
  const text = new TextDecoder().decode(await source.read(0, source.sizeBytes));
  return parseObject(text) ?? manifestIn(text);
}

function manifestIn(text: string): JsonObject | null {
  const call = '__QCE_MANIFEST__({';
  const from = text.indexOf(call);
  if (from === -1) return null;
  // A page's manifest is a script of its own, which ends with the call.
  const end = [');\n', ');</', ')</'].map((mark) => text.indexOf(mark, from)).filter((at) => at !== -1);
  return end.length === 0 ? null : parseObject(text.slice(from + call.length - 1, Math.min(...end)));
}

/** Of a page without a manifest: its title, and who writes in it. */
async function readPageHead(text: string): Promise<ExportHead> {
  const title = /class="hero-title">([^<]{1,500})</.exec(text)?.[1] ?? /<title>([^<]{1,500})<\/title>/.exec(text)?.[1];
  const type = /"chatType":\s{0,4}"(group|private|temp)"/.exec(text)?.[1];
  const senders = new Map<string, JsonObject>();
  let self: JsonObject | null = null;
  for await (const pieces of readHtmlPieces(sourceOfBytes(new TextEncoder().encode(text)), { isWanted: isBlock, nests: true })) {
    for (const { element } of pieces) {
      const block = element === null ? null : readBlock(element);
      const sender = objectOf(block?.message['sender']);
      const id = sender === null ? null : accountOf(sender['uin'], sender['uid']);
      if (sender === null || id === null) continue;
      if (senders.size < sendersLimit) senders.set(id, sender);
      if (block?.isOwn === true) self ??= sender;
    }
  }
  const chat: JsonObject = {
    ...(title === undefined ? {} : { name: decodeEntities(title).trim() }),
    ...(type === undefined ? {} : { type }),
    ...(self === null ? {} : selfOf(self)),
  };
  return { ...noHead, chat, senders: [...senders.values()] };
}

function selfOf({ uid, uin, name }: JsonObject): JsonObject {
  return { selfUid: uid ?? '', selfUin: uin ?? '', selfName: name ?? '' };
}
