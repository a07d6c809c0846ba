// Signal's local backup (version 2) once its recovery key opened it: `main`, frames in Protobuf, in a folder beside the folder `files` of
// media, each sealed with a key that stands with its message. See README.md.

import type { FileEntry, FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { baseName, candidates, entryOf, folderOf } from '../archive-files';
import { type PlacedFrame, readFrames } from '../delimited-frames';
import type { Detection, Importer } from '../importer';
import { idOf } from '../json-fields';
import { problemOf, structureOf } from '../problem-record';
import { encodeBase64 } from '../../bytes/base64';
import { sourceOfBytes } from '../../bytes/memory-source';
import { problemRawLimitBytes } from '../../model/problem';
import { batchesOf } from '../record-batches';
import { backupInfo, frameFields } from './frame-fields';
import type { MediaIndex, MessageContext } from './jsonl-message';
import { createRecipients } from './jsonl-recipients';
import { readMessage } from './proto-json';
import { takeFrame } from './take-frame';

const headBytes = 65_536;
/** Of the year 2020: no backup is older. */
const earliestMs = 1_577_836_800_000;
const mediaPath = /(?:^|\/)files\/[0-9a-f]{2}\/([0-9a-f]{64})$/i;
/** What lies beside `main` and says nothing more of messages: the sealed id, and names of the media. */
const besides = ['metadata', 'files'];

/** Importer of Signal's opened local backups. */
export const signalLocalBackup: Importer = {
  format: 'signal-local-backup',
  source: 'signal',

  async detect(files) {
    const found: Detection[] = [];
    for (const [index, entry] of candidates(files, /(?:^|\/)main$/)) {
      const formatVersion = await readVersion(entry);
      if (formatVersion === null) continue;
      const beside = besides.map((name) => files.indexOf(folderOf(entry.path) + name)).filter((other) => other !== -1 && other !== index);
      found.push({ format: 'signal-local-backup', formatVersion, source: 'signal', entries: [index, ...beside], title: null });
    }
    return found;
  },

  ask: async () => [],

  async *read(files, detection, { onBytes }) {
    const [index = 0, ...beside] = detection.entries;
    const context = { recipients: createRecipients(), files, media: indexMedia(files), isSealed: true };
    const entry = entryOf(files, detection);
    yield* readEntry(entry, index, context, onBytes);
    let doneBytes = entry.sizeBytes;
    for (const other of beside) {
      const file = files.entries[other];
      if (file === undefined) continue;
      yield [structureOf(baseName(file.path), { entry: other, offsetBytes: 0, lengthBytes: file.sizeBytes })];
      onBytes?.((doneBytes += file.sizeBytes));
    }
  },
};

/** The version that the first message says; null where the file is another's. */
async function readVersion(entry: FileEntry): Promise<string | null> {
  const head = await entry.open().read(0, headBytes);
  for await (const { frames } of readFrames(sourceOfBytes(head), 'varint')) {
    const [first, second] = frames;
    const info = first === undefined ? null : readMessage(first.bytes, backupInfo);
    const version = idOf(info?.['version']);
    if (info === null || version === null || Number(idOf(info['backupTimeMs']) ?? 0) < earliestMs) return null;
    const next = second === undefined ? {} : readMessage(second.bytes, frameFields);
    return next === null || Object.keys(next).some((name) => name.startsWith('#')) ? null : version;
  }
  return null;
}

/** Files of all backups in the drop, by their names. */
function indexMedia(files: FileSet): MediaIndex {
  const media = new Map<string, number>();
  for (const [index, { path }] of files.entries.entries()) {
    const name = mediaPath.exec(path)?.[1];
    if (name !== undefined) media.set(name.toLowerCase(), index);
  }
  return media;
}

async function* readEntry(
  entry: FileEntry,
  index: number,
  context: MessageContext,
  onBytes: ((doneBytes: number) => void) | undefined,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  for await (const { frames, rest } of readFrames(entry.open(), 'varint')) {
    const out: NeutralRecord[] = [];
    for (const frame of frames) take(frame, index, context, out);
    if (rest !== null) out.push(problemOf('ends-early', rawFrame(rest), { ...rest, entry: index }));
    yield* batchesOf(out);
    const last = rest ?? frames.at(-1);
    if (last !== undefined) onBytes?.(last.offsetBytes + last.lengthBytes);
  }
}

function take(placed: PlacedFrame, entry: number, context: MessageContext, out: NeutralRecord[]): void {
  const { offsetBytes, lengthBytes, number, bytes } = placed;
  const span = { entry, offsetBytes, lengthBytes };
  const frame = readMessage(bytes, number === 0 ? backupInfo : frameFields);
  if (frame === null) out.push(problemOf('not-understood', rawFrame(placed), span));
  else takeFrame(frame, span, () => rawFrame(placed), context, out);
}

const rawFrame = ({ bytes }: PlacedFrame): string => `base64:${encodeBase64(bytes.subarray(0, Math.floor(problemRawLimitBytes / 4) * 3))}`;
