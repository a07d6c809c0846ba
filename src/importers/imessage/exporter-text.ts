// Text files of imessage-exporter (github.com/ReagentX/imessage-exporter): one a conversation. See README.md.

import type { FileEntry } from '../../bytes/source';
import { decodeHead } from '../../bytes/text-encoding';
import type { NeutralRecord } from '../../model/record';
import { noAttachments } from '../../model/record';
import { baseName, candidates, entryOf, folderOf } from '../archive-files';
import type { Detection, Importer } from '../importer';
import { createPeople, type People } from '../people';
import { problemOf } from '../problem-record';
import { readLineRecords } from '../record-batches';
import { createTextReader, isBlank } from '../text-pieces';
import { readExporterBody, type FilePlace } from './exporter-body';
import { readExporterStamp, readReadNote, type ExporterStamp } from './exporter-stamp';
import { exporterQuestions, ownerName } from './exporter-words';

const headBytes = 65_536;
const orphans = 'orphaned.txt';

/** Importer of imessage-exporter's `.txt`. */
export const imessageExporterText: Importer = {
  format: 'imessage-exporter-text',
  source: 'imessage',

  async detect(files) {
    const found: Detection[] = [];
    for (const [index, entry] of candidates(files, /\.txt$/i)) {
      if (!isExport(await headLines(entry))) continue;
      const title = titleOf(entry);
      found.push({ format: 'imessage-exporter-text', formatVersion: 'txt', source: 'imessage', entries: [index], title, isSingle: true });
    }
    return found;
  },

  async ask(files, detection) {
    const names = new Set<string>();
    const lines = await headLines(entryOf(files, detection));
    for (const [at, line] of lines.entries()) {
      const stamp = isBlank(lines[at - 1] ?? '') ? readExporterStamp(line) : null;
      const sender = lines[at + 1];
      if (stamp !== null && sender && readReadNote(line.slice(stamp.length)) !== null) names.add(sender);
    }
    return exporterQuestions(names);
  },

  async *read(files, detection, { answers, onBytes }) {
    const entry = entryOf(files, detection);
    const owner = answers['owner'] ?? ownerName;
    const people = createPeople((name) => name === owner);
    const place = { files, folder: folderOf(entry.path) };
    yield [{ type: 'conversation', index: 0, sourceId: null, name: titleOf(entry), shape: 'unknown' }];
    const reader = createReader(people, place);
    yield* readLineRecords({ source: entry.open(), entry: detection.entries[0] ?? 0, onBytes }, { encoding: 'utf-8' }, reader);
  },
};

function titleOf({ path }: FileEntry): string | null {
  const name = baseName(path);
  return name === orphans ? null : name.replace(/\.txt$/i, '');
}

async function headLines(entry: FileEntry): Promise<readonly string[]> {
  return decodeHead(await entry.open().read(0, headBytes), 'utf-8').split(/\r?\n/);
}

/** True where the text begins with a time of the exporter's, and a message of it is there: time alone, then a sender. */
function isExport(lines: readonly string[]): boolean {
  if (readExporterStamp(lines[0] ?? '') === null) return false;
  return lines.some((line, at) => {
    const stamp = isBlank(lines[at - 1] ?? '') ? readExporterStamp(line) : null;
    return stamp !== null && readReadNote(line.slice(stamp.length)) !== null && !isBlank(lines[at + 1] ?? '');
  });
}

interface Head extends ExporterStamp {
  /** What follows the time; null where it is a message of a person. */
  readonly announcement: string | null;
  readonly readNote: string | null;
}

function createReader(people: People, place: FilePlace) {
  let wasBlank = true;
  return createTextReader<Head>({
    begin(text) {
      // Inside of a message a time is the first text of an edit: only after a blank line does something begin.
      const stamp = wasBlank ? readExporterStamp(text) : null;
      wasBlank = isBlank(text);
      if (stamp === null) return null;
      const rest = text.slice(stamp.length);
      const readNote = readReadNote(rest);
      return { ...stamp, announcement: readNote === null ? rest.slice(1) : null, readNote: readNote === '' ? null : readNote };
    },
    standsAlone: () => false,
    close(head, lines, span, out: NeutralRecord[]) {
      const { sentAtMs, announcement, readNote } = head;
      const base = { type: 'message', conversation: 0, sourceId: null, sentAtMs, clock: 'second' } as const;
      if (announcement !== null) {
        const text = [announcement, ...lines.slice(1)].join('\n').trimEnd();
        out.push({ ...base, sender: -1, kind: 'system', text, attachments: noAttachments, facts: null, ...span });
        return;
      }
      const name = lines[1] ?? '';
      if (isBlank(name)) return void out.push(problemOf('not-understood', lines.join('\n'), span));
      const body = readExporterBody(lines.slice(2), place);
      const facts = readNote === null ? body.facts : { ...body.facts, extra: { ...body.facts?.extra, read: readNote } };
      out.push({ ...base, sender: people.named(name, 0, out), ...body, facts, ...span });
    },
  });
}
