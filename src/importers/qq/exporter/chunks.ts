// The files of a chunked export of qq-chat-exporter: a manifest, the chunks that it names, and pictures of people. Chunks
// whose manifest is not there are an archive too.

import { sourceOfBytes } from '../../../bytes/memory-source';
import type { ByteSource, FileSet } from '../../../bytes/source';
import { readLines } from '../../../bytes/text-lines';
import type { JsonObject } from '../../../model/json';
import { candidates, detectBytes, findFile, folderOf } from '../../archive-files';
import type { Detection } from '../../importer';
import { isObject, parseObject, words } from '../../json-fields';
import { readExportHead } from './export-head';
import type { ExportHead } from './export-head';

export const chunkedFormat = 'qq-qce-jsonl';
/** Detections by what their first entry is. */
export const withManifest = 'manifest';
export const withoutManifest = 'chunks';

/** Chunked exports in the set, and loose chunks by their folders. */
export async function detectChunked(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  const claimed = new Set<number>();
  for (const [index, entry] of candidates(files, /manifest[^/]*\.json$/i)) {
    const head = await readExportHead(entry.open(), detectBytes);
    if (head === null || head.chunks === null) continue;
    const entries = [index, ...entriesOf(files, index, head)];
    for (const each of entries) claimed.add(each);
    const title = words(head.chat['name']) ?? files.name;
    found.push({ format: chunkedFormat, formatVersion: withManifest, source: 'qq', entries, title, isSingle: true });
  }
  const loose = new Map<string, number[]>();
  for (const [index, entry] of candidates(files, /\.(?:jsonl|ndjson)$/i)) {
    if (claimed.has(index) || !(await isChunk(entry.open()))) continue;
    const folder = folderOf(entry.path);
    loose.set(folder, [...(loose.get(folder) ?? []), index]);
  }
  for (const entries of loose.values()) {
    entries.sort((one, other) => ((files.entries[one]?.path ?? '') < (files.entries[other]?.path ?? '') ? -1 : 1));
    found.push({ format: chunkedFormat, formatVersion: withoutManifest, source: 'qq', entries, title: files.name, isSingle: true });
  }
  return found;
}

/** Where a chunk lies from its manifest. Version 5.0 says `file`, later ones `relativePath` and `fileName`. */
export function findChunk(files: FileSet, folder: string, chunk: JsonObject): number {
  const path = words(chunk['relativePath']) ?? words(chunk['file']) ?? words(chunk['fileName']);
  if (path === null) return -1;
  const entry = findFile(files, folder, path);
  return entry === -1 ? findFile(files, folder, `chunks/${path}`) : entry;
}

function entriesOf(files: FileSet, manifest: number, { chunks, avatars }: ExportHead): readonly number[] {
  const folder = folderOf(files.entries[manifest]?.path ?? '');
  const pictures = avatars === null ? -1 : findFile(files, folder, avatars);
  const all = [...(chunks ?? []).map((chunk) => findChunk(files, folder, chunk)), pictures];
  return [...new Set(all)].filter((entry) => entry !== -1 && entry !== manifest);
}

/** True for lines that are messages of the exporter, by the first. */
async function isChunk(source: ByteSource): Promise<boolean> {
  const head = sourceOfBytes(await source.read(0, detectBytes));
  for await (const { lines } of readLines(head, { encoding: 'utf-8', lineLimitBytes: detectBytes })) {
    for (const line of lines) {
      if (line.trim() === '') continue;
      const message = line.includes('"sender"') ? parseObject(line) : null;
      const content = message?.['content'];
      return isObject(message?.['sender']) && isObject(content) && Array.isArray(content['elements']) && words(message['id']) !== null;
    }
  }
  return false;
}
