// Text of the program signal-export (github.com/carderne/signal-export): `chat.md` or `chat.txt`, a folder for each chat.

import type { FileEntry } from '../../bytes/source';
import { decodeHead } from '../../bytes/text-encoding';
import type { AttachmentRecord, NeutralRecord } from '../../model/record';
import { baseName, candidates, entryOf, folderOf } from '../archive-files';
import { dayOf } from '../calendar';
import { attach, messageKindOf } from '../file-kind';
import type { FileSet } from '../../bytes/source';
import type { Detection, Importer, Question } from '../importer';
import { createPeople } from '../people';
import { readLineRecords } from '../record-batches';
import { createTextReader, joinLines } from '../text-pieces';

const headBytes = 65_536;
const peopleLimit = 1000;
const ownerName = 'Me';

/** Importer of signal-export's `chat.md` and `chat.txt`. */
export const signalExportText: Importer = {
  format: 'signal-export-text',
  source: 'signal',

  async detect(files) {
    const found: Detection[] = [];
    for (const [index, entry] of candidates(files, /\.(?:md|txt)$/i)) {
      const [first = ''] = await headLines(entry);
      if (readHeader(first) === null) continue;
      const title = titleOf(entry);
      found.push({ format: 'signal-export-text', formatVersion: 'text', source: 'signal', entries: [index], title, isSingle: true });
    }
    return found;
  },

  async ask(files, detection) {
    const zone: Question = { id: 'zone', options: [], guess: null, certain: false };
    const names = new Set((await headLines(entryOf(files, detection))).flatMap((line) => readHeader(line)?.sender ?? []));
    if (names.size === 0) return [zone];
    const options = [...names].slice(0, peopleLimit).map((value) => ({ value, label: value }));
    const guess = names.has(ownerName) ? ownerName : null;
    return [{ id: 'owner', options, guess, certain: guess !== null }, zone];
  },

  async *read(files, detection, { answers, onBytes }) {
    const entry = entryOf(files, detection);
    yield [{ type: 'conversation', index: 0, sourceId: null, name: titleOf(entry), shape: 'unknown' }];
    const reader = createReader(files, folderOf(entry.path), answers['owner'] ?? ownerName);
    yield* readLineRecords({ source: entry.open(), entry: detection.entries[0] ?? 0, onBytes }, { encoding: 'utf-8' }, reader);
  },
};

interface Header {
  readonly sentAtMs: number;
  readonly sender: string;
  readonly text: string;
}

const header = /^\ufeff?\[(\d{4})-(\d{2})-(\d{2}),? (\d{2}):(\d{2})\] ([^:]{1,128}): ?(.*)$/s;

/** `[2019-12-24, 12:23] Jane Doe: Hello`, or null. WhatsApp has seconds in its brackets. */
function readHeader(line: string): Header | null {
  const found = header.exec(line);
  if (found === null) return null;
  const [, year, month, date, hour, minute, sender = '', text = ''] = found;
  const day = dayOf(Number(year), Number(month), Number(date));
  if (day < 0 || Number(hour) > 23 || Number(minute) > 59) return null;
  return { sentAtMs: (day * 1440 + Number(hour) * 60 + Number(minute)) * 60_000, sender: sender.trim(), text };
}

async function headLines(entry: FileEntry): Promise<readonly string[]> {
  return decodeHead(await entry.open().read(0, headBytes), 'utf-8').split(/\r?\n/);
}

/** The folder's name, since the file has the same one in each. */
function titleOf({ path }: FileEntry): string | null {
  const folder = baseName(folderOf(path).slice(0, -1));
  return /^(?:chat|index)\.(?:md|txt)$/i.test(baseName(path)) ? folder || null : null;
}

function createReader(files: FileSet, folder: string, owner: string) {
  const people = createPeople((name) => name === owner);
  return createTextReader<Header>({
    begin: readHeader,
    standsAlone: () => false,
    close({ sentAtMs, sender, text }, lines, span, out: NeutralRecord[]) {
      const body = readBody(joinLines([text, ...lines.slice(1)]), files, folder);
      const [first] = body.attachments;
      out.push({
        type: 'message',
        conversation: 0,
        sender: people.named(sender, 0, out),
        sourceId: null,
        sentAtMs,
        clock: 'minute',
        kind: first === undefined ? 'text' : messageKindOf(first.kind),
        ...body,
        facts: null,
        ...span,
      });
    },
  });
}

const mediaLink = /!?\[([^\][]{0,200})\]\((?:\.\/)?(media\/[^()]{1,500})\)/g;

/** Links to files of the export become attachments; the rest of the text stays as it is. */
function readBody(text: string, files: FileSet, folder: string): { text: string; attachments: readonly AttachmentRecord[] } {
  const attachments: AttachmentRecord[] = [];
  const rest = text.replace(mediaLink, (_whole, name: string, path: string) => {
    attachments.push(attach(files, folder, { path, name: name === '' ? baseName(path) : name }));
    return '';
  });
  return attachments.length === 0 ? { text, attachments } : { text: rest.trim(), attachments };
}
