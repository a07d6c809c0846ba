// One chat in many files of JSON lines, as qq-chat-exporter writes large ones. See ../README.md.

import type { ByteSource, FileSet } from '../../../bytes/source';
import type { JsonObject } from '../../../model/json';
import type { NeutralRecord } from '../../../model/record';
import { entryOf, findFile, folderOf } from '../../archive-files';
import { readInTurn } from '../../entry-sequence';
import type { Detection, Importer } from '../../importer';
import { countOf, isObject, parseObject } from '../../json-fields';
import { createLineReader } from '../../json-objects';
import { createJsonReader } from '../../json-pieces';
import type { JsonTaker } from '../../json-pieces';
import { problemOf, structureOf } from '../../problem-record';
import { readJsonRecords, readLineRecords } from '../../record-batches';
import type { EntryPlace, PieceReader, PlacedLine } from '../../record-batches';
import { chunkedFormat, detectChunked, findChunk, withManifest } from './chunks';
import { noHead, readExportHead, toConversation } from './export-head';
import type { ExportHead } from './export-head';
import { createTaker, memberName } from './message-taker';
import { askOwner, ownerBytes } from './owner-question';

/** Merged records make long lines. */
const lineLimitBytes = 16 << 20;

/** Importer of chunked exports, and of chunks alone. */
export const qceJsonl: Importer = {
  format: chunkedFormat,
  source: 'qq',
  detect: detectChunked,
  async ask(files, detection) {
    return askOwner(await readHead(files, detection));
  },
  async *read(files, detection, { answers, onBytes }) {
    const manifest = detection.formatVersion === withManifest ? (detection.entries[0] ?? -1) : -1;
    const head = await readHead(files, detection);
    yield [toConversation(head, `${files.name}/${entryOf(files, detection).path}`, detection.title ?? files.name)];
    const folder = folderOf(entryOf(files, detection).path);
    const sizes = new Map((head.chunks ?? []).map((chunk) => [findChunk(files, folder, chunk), countOf(chunk['bytes'])] as const));
    const pictures = head.avatars === null ? -1 : findFile(files, folder, head.avatars);
    const taker = createTaker(files, detection.entries[0] ?? -1, head.chat, answers['owner'] ?? null);
    yield* readInTurn(files, detection.entries, onBytes, (place) => {
      if (place.entry === manifest) return readManifest(files, place);
      if (place.entry === pictures) return readPictures(place);
      return readChunk(place, taker, sizes.get(place.entry) ?? null);
    });
  },
};

/** Of the manifest, else what the senders of the first chunk tell. */
async function readHead(files: FileSet, detection: Detection): Promise<ExportHead> {
  const [first] = detection.entries;
  const head = detection.formatVersion === withManifest ? await readExportHead(entryOf(files, detection).open(), ownerBytes) : noHead;
  const chunk = detection.formatVersion === withManifest ? detection.entries[1] : first;
  const source = files.entries[chunk ?? -1]?.open();
  return { ...(head ?? noHead), senders: source === undefined ? [] : await sendersOf(source) };
}

async function sendersOf(source: ByteSource): Promise<readonly JsonObject[]> {
  const lines = new TextDecoder().decode(await source.read(0, ownerBytes)).split('\n');
  return lines.flatMap((line) => {
    const sender = parseObject(line)?.['sender'];
    return isObject(sender) ? [sender] : [];
  });
}

/** The manifest has no messages; a chunk that it names and that is not there is a problem. */
function readManifest(files: FileSet, place: EntryPlace): AsyncGenerator<readonly NeutralRecord[], void, void> {
  const folder = folderOf(files.entries[place.entry]?.path ?? '');
  const taker: JsonTaker = {
    takeItem(chunk, { span, text }, out) {
      const isThere = findChunk(files, folder, chunk) !== -1;
      out.push(isThere ? structureOf('chunk', span) : problemOf('media-missing', text, span));
    },
    takeMember: (_value, { key, parent }) => memberName(parent[0] ?? key),
  };
  return readJsonRecords(place, { paths: ['chunked.chunks[*]'] }, createJsonReader(place.entry, taker));
}

/** Pictures of people as data URLs, which the vault has no place for. */
async function* readPictures({ source, entry, onBytes, doneBefore = 0 }: EntryPlace): AsyncGenerator<readonly NeutralRecord[], void, void> {
  yield [structureOf('avatars', { entry, offsetBytes: 0, lengthBytes: source.sizeBytes })];
  onBytes?.(doneBefore + source.sizeBytes);
}

/** Messages, one a line. `wholeBytes` is the size that the manifest gives: a chunk that is shorter was cut. */
function readChunk(place: EntryPlace, taker: JsonTaker, wholeBytes: number | null): AsyncGenerator<readonly NeutralRecord[], void, void> {
  const { source, entry } = place;
  const reader: PieceReader<PlacedLine> = {
    ...createLineReader(taker),
    end(out) {
      const end = { entry, offsetBytes: source.sizeBytes, lengthBytes: 0 };
      if (wholeBytes !== null && source.sizeBytes < wholeBytes) out.push(problemOf('ends-early', '', end));
    },
  };
  return readLineRecords(place, { encoding: 'utf-8', lineLimitBytes }, reader);
}
