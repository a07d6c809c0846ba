// Signal's plaintext export: `main.jsonl`, a frame a line, with `files/` beside it. See README.md.

import type { FileEntry, FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { baseName, candidates, entryOf, folderOf } from '../archive-files';
import type { Detection, Importer } from '../importer';
import { idOf, parseObject } from '../json-fields';
import { problemOf, structureOf } from '../problem-record';
import { readLineRecords, type PlacedLine } from '../record-batches';
import type { MediaIndex, MessageContext } from './jsonl-message';
import { createRecipients } from './jsonl-recipients';
import { frameNames, takeFrame } from './take-frame';

const headBytes = 65_536;
const lineLimitBytes = 16 << 20;

/** Importer of Signal's plaintext export. */
export const signalJsonl: Importer = {
  format: 'signal-jsonl',
  source: 'signal',

  async detect(files) {
    const found: Detection[] = [];
    for (const [index, entry] of candidates(files, /\.jsonl$/i)) {
      const version = await readVersion(entry);
      if (version === null) continue;
      found.push({ format: 'signal-jsonl', formatVersion: version, source: 'signal', entries: [index], title: null });
    }
    return found;
  },

  ask: async () => [],

  async *read(files, detection, { onBytes }) {
    const entry = entryOf(files, detection);
    const context = { recipients: createRecipients(), files, media: indexMedia(files, folderOf(entry.path)), isSealed: false };
    yield* readLineRecords(
      { source: entry.open(), entry: detection.entries[0] ?? 0, onBytes },
      { encoding: 'utf-8', lineLimitBytes },
      { take: (line, out) => takeLine(line, context, out) },
    );
  },
};

/** The version that the first line says; null where the file is another's. */
async function readVersion(entry: FileEntry): Promise<string | null> {
  const [first = '', second = ''] = new TextDecoder().decode(await entry.open().read(0, headBytes)).split('\n', 2);
  const info = parseObject(first);
  const version = info === null ? null : idOf(info['version']);
  if (info === null || version === null || idOf(info['backupTimeMs']) === null) return null;
  // The second line may be longer than what was read.
  return second === '' || frameNames.some((name) => second.startsWith(`{"${name}":`)) ? version : null;
}

/** Files in `files/` beside the export, by their names without endings. */
function indexMedia(files: FileSet, folder: string): MediaIndex {
  const media = new Map<string, number>();
  for (const [index, { path }] of files.entries.entries()) {
    if (path.startsWith(`${folder}files/`))
      media.set(
        baseName(path)
          .replace(/\.[^.]*$/, '')
          .toLowerCase(),
        index,
      );
  }
  return media;
}

function takeLine({ text, span }: PlacedLine, context: MessageContext, out: NeutralRecord[]): void {
  if (text.trim() === '') return void out.push(structureOf('blank', span));
  const frame = parseObject(text);
  if (frame === null) return void out.push(problemOf('bad-json', text, span));
  takeFrame(frame, span, () => text, context, out);
}
