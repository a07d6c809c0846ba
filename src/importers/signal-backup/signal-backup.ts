// Signal Android's backup, versions 0 and 1, once its passphrase opened it. See README.md.

import type { FileEntry, FileSet } from '../../bytes/source';
import { type NeutralRecord, noAttachments, type Span } from '../../model/record';
import { candidates, entryOf } from '../archive-files';
import type { Detection, Importer } from '../importer';
import { problemOf } from '../problem-record';
import { batchesOf } from '../record-batches';
import { messageKey } from './attached-rows';
import { type ContentContext, messageIdOf, readContent } from './content';
import type { SignalDirectory } from './directory';
import { readFrame } from './frame-kinds';
import { type PlacedFrame, readFrames } from '../delimited-frames';
import { meaningOf } from './message-type';
import { selfId } from './recipients';
import { latestVersionOf, messageTables, rawFrame, rawOfRow, startSurvey, type Survey } from './survey';
import type { InsertedRow } from './tables';

const headBytes = 65_536;
const greatestMs = 253_402_300_799_999;

/** Importer of what is in Signal Android's backups. */
export const signalBackup: Importer = {
  format: 'signal-backup',
  source: 'signal',

  async detect(files) {
    const found: Detection[] = [];
    for (const [index, entry] of candidates(files, /(?:^|\/)frames$/)) {
      const formatVersion = await readVersion(entry);
      if (formatVersion !== null) found.push({ format: 'signal-backup', formatVersion, source: 'signal', entries: [index], title: null });
    }
    return found;
  },

  ask: async () => [],

  async *read(files, detection, { onBytes }) {
    const entry = entryOf(files, detection);
    const [index = 0] = detection.entries;
    const survey = startSurvey(index);
    let doneBytes = 0;
    const tell = (share: number): void => onBytes?.((doneBytes = Math.max(doneBytes, Math.floor(entry.sizeBytes * share))));
    yield* surveyFrames(files, entry, index, survey, (share) => tell(share / 2));
    if (survey.firstMessage !== null)
      yield* readMessages(entry, index, survey, { attached: survey.attached, recipients: survey.directory.recipients, files }, (share) =>
        tell(0.5 + (share / 2) * 0.99),
      );
    yield [{ type: 'rows', entry: index, rowCount: survey.frameCount }];
    tell(1);
  },
};

/** The version of the database that the backup is of; null where the file is another's. */
async function readVersion(entry: FileEntry): Promise<string | null> {
  const head = await entry.open().read(0, headBytes);
  const source = { sizeBytes: head.length, read: async () => head, stream: async function* () { yield head; } }; // prettier-ignore
  for await (const { frames } of readFrames(source, 'uint32')) {
    const [header, next] = frames;
    if (header === undefined || next === undefined) return null;
    const first = readFrame(header.bytes);
    if (first?.kind !== 'other' || first.name !== 'header' || first.fields.bytes(1)?.length !== 16) return null;
    const second = readFrame(next.bytes);
    if (second === null) return null;
    return second.kind === 'other' && second.name === 'version' ? `database ${second.fields.whole(1) ?? 'unknown'}` : 'database unknown';
  }
  return null;
}

async function* surveyFrames(
  files: FileSet,
  entry: FileEntry,
  index: number,
  survey: ReturnType<typeof startSurvey>,
  onShare: (share: number) => void,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  for await (const { frames, rest } of readFrames(entry.open(), 'uint32')) {
    const out: NeutralRecord[] = [];
    for (const frame of frames) survey.take(frame, out);
    if (rest !== null) {
      survey.end(out);
      out.push(problemOf('ends-early', rawFrame(rest.bytes), { entry: index, offsetBytes: rest.number, lengthBytes: 1 }));
      survey.frameCount = rest.number + 1;
      survey.hasEnd = true;
    }
    yield* batchesOf(out);
    const last = frames.at(-1);
    if (last !== undefined) onShare((last.offsetBytes + last.bytes.length) / Math.max(1, entry.sizeBytes));
  }
  const out: NeutralRecord[] = [];
  survey.end(out);
  // Where the backup itself ends early, that was said when it was opened.
  const isSaid = files.problems.some(({ code, entry: about }) => code === 'ends-early' && about === index);
  if (!survey.hasEnd && !isSaid) out.push(problemOf('ends-early', '', { entry: index, offsetBytes: survey.frameCount, lengthBytes: 0 }));
  yield* batchesOf(out);
}

async function* readMessages(
  entry: FileEntry,
  index: number,
  survey: Survey,
  context: ContentContext,
  onShare: (share: number) => void,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  for await (const { frames } of readFrames(entry.open(), 'uint32', survey.firstMessage ?? undefined)) {
    const out: NeutralRecord[] = [];
    for (const frame of frames) {
      const inserted = messageIn(survey, frame);
      if (inserted !== null)
        takeMessage(inserted, { entry: index, offsetBytes: frame.number, lengthBytes: 1 }, survey.directory, context, out);
    }
    yield* batchesOf(out);
    const last = frames.at(-1);
    if (last !== undefined) onShare(last.offsetBytes / Math.max(1, entry.sizeBytes));
  }
}

function messageIn({ tables }: Survey, { bytes }: PlacedFrame): InsertedRow | null {
  const frame = readFrame(bytes);
  const inserted = frame?.kind === 'statement' ? tables.rowOf(frame.statement) : null;
  return inserted !== null && messageTables.has(inserted.table) && latestVersionOf(inserted.row) === null ? inserted : null;
}

function takeMessage(
  { table, row }: InsertedRow,
  span: Span,
  directory: SignalDirectory,
  context: ContentContext,
  out: NeutralRecord[],
): void {
  // In `sms` the column `date` is when it came, in `mms` when it was sent.
  const sentAtMs = row.whole('date_sent') ?? row.whole('date') ?? 0;
  if (sentAtMs <= 0 || sentAtMs > greatestMs) return void out.push(problemOf('bad-time', rawOfRow(row), span));
  const meaning = meaningOf(row.whole('type') ?? row.whole('msg_box') ?? 0);
  const author = meaning.isOutgoing ? selfId : (row.words('from_recipient_id') ?? row.words('recipient_id') ?? row.words('address'));
  const conversation = directory.conversation(row.words('thread_id'), out);
  const { kind, text, attachments, facts } = readContent(row, messageKey(table, row.words('_id')), meaning, context);
  out.push({
    type: 'message',
    conversation,
    sender: kind === 'system' ? -1 : directory.person(author, out),
    sourceId:
      author === null ? `${table}-${row.words('_id') ?? span.offsetBytes}` : messageIdOf(directory.recipients.sourceIdOf(author), sentAtMs),
    sentAtMs,
    clock: 'absolute',
    kind,
    text,
    attachments: attachments.length === 0 ? noAttachments : attachments,
    facts: Object.keys(facts).length === 0 ? null : facts,
    ...span,
  });
}
