// What DiscordChatExporter writes as plain text: one channel a file, or a part of one. See README.md.

import type { FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { candidates, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, Question } from '../importer';
import { createPeople, type People } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readLineRecords } from '../record-batches';
import { createTextReader, isBlank } from '../text-pieces';
import { answeredWriting, surveyTimes, type SurveyedTimes } from '../written-order';
import { parseWrittenTime, timeIn, type TimeWriting } from '../written-time';
import { keyOfChannel, numberChannels } from './channel-parts';
import { orderChannels } from './file-name';
import { askOwner } from './owner';
import { readTextHead, rule, type TextHead } from './text-head';
import { readTextBody, readTextHeader, type TextHeader, type TextPlace } from './text-message';

const detectHeadBytes = 64 * 1024;
/** So many files are looked into, and so much of each, to see how times are written. */
const surveyedFiles = 20;
const surveyedBytes = 1 << 20;

/** Importer of DiscordChatExporter's `.txt` files; all of a set are one archive, the parts of a channel one conversation. */
export const discordText: Importer = { format: 'discord-text', source: 'discord', detect, ask, read };

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const entries: number[] = [];
  for (const [entry, file] of candidates(files, /\.txt$/i)) {
    if ((await readTextHead(file, detectHeadBytes)) !== null) entries.push(entry);
  }
  if (entries.length === 0) return [];
  return [{ format: 'discord-text', formatVersion: 'chat-exporter', source: 'discord', ...orderChannels(files, entries) }];
}

async function survey(files: FileSet, entries: readonly number[]): Promise<SurveyedTimes> {
  const heads = await Promise.all(entries.slice(0, surveyedFiles).map((entry) => headOf(files, entry, surveyedBytes)));
  return surveyTimes(heads.flatMap((head) => head?.times ?? []));
}

async function ask(files: FileSet, { entries }: Detection): Promise<readonly Question[]> {
  const { question } = await survey(files, entries);
  const owner = await askOwner(entries, (entry) => headOf(files, entry, detectHeadBytes));
  return [...owner, ...(question === null ? [] : [question]), { id: 'zone', options: [], guess: null, certain: false }];
}

async function headOf(files: FileSet, entry: number, headBytes: number): Promise<TextHead | null> {
  const file = files.entries[entry];
  return file === undefined ? null : readTextHead(file, headBytes);
}

async function* read(
  files: FileSet,
  detection: Detection,
  { answers, onBytes }: Parameters<Importer['read']>[2],
): ReturnType<Importer['read']> {
  const owner = answers['owner'] ?? (await ask(files, detection)).find(({ id }) => id === 'owner')?.guess ?? null;
  const writing = answeredWriting(await survey(files, detection.entries), answers);
  const people = createPeople((name) => name === owner);
  const channels = numberChannels();
  yield* readInTurn(files, detection.entries, onBytes, async function* (place) {
    const head = await headOf(files, place.entry, detectHeadBytes);
    const { index, isNew } = channels.open(keyOfChannel(head?.channelId, place.entry));
    const { channelId: sourceId = null, name = null, shape = 'unknown' } = head ?? {};
    if (isNew) yield [{ type: 'conversation', index, sourceId, name, shape }];
    const folder = folderOf(files.entries[place.entry]?.path ?? '');
    yield* readLineRecords(place, { encoding: 'utf-8' }, createReader(index, people, writing, { files, folder }));
  });
}

/** A rule begins the head of the file or its end; what follows belongs to it, the second rule too. */
type Head = TextHeader | 'rule';

function createReader(conversation: number, people: People, writing: TimeWriting, place: TextPlace) {
  let wasBlank = true;
  return createTextReader<Head>({
    begin(text) {
      // A line that looks like one of these is one only after a blank line, or where the file begins.
      const isRule = wasBlank && rule.test(text.replace('\ufeff', ''));
      const head = wasBlank ? readTextHeader(text) : null;
      wasBlank = isBlank(text);
      return isRule ? 'rule' : head;
    },
    standsAlone: () => false,
    close(head, lines, span, out: NeutralRecord[]) {
      if (head === 'rule')
        return void out.push(
          lines.slice(1).every(isHeadLine) ? structureOf('head', span) : problemOf('not-understood', lines.join('\n'), span),
        );
      const time = parseWrittenTime(head.time);
      const sentAtMs = time && timeIn(time, writing);
      if (time === null || sentAtMs === null) return void out.push(problemOf('bad-time', lines.join('\n'), span));
      out.push({
        type: 'message',
        conversation,
        sender: people.named(head.author, conversation, out),
        sourceId: null,
        sentAtMs,
        clock: time.clock,
        ...readTextBody(lines.slice(1), head.isPinned, place),
        ...span,
      });
    },
  });
}

const headLine = /^(?:(?:Guild|Channel|Topic|After|Before): .*|Exported [\d.,\s]{1,20} message\(s\))$/s;

/** A topic may have several lines, which cannot be told from anything else. */
function isHeadLine(line: string, at: number, lines: readonly string[]): boolean {
  return isBlank(line) || rule.test(line) || headLine.test(line) || lines.slice(0, at).some((before) => before.startsWith('Topic: '));
}
