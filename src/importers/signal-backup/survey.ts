// The first pass over a backup's frames: who there is, what hangs on messages, and where messages lie; everything but messages goes to
// records here. The second pass reads messages alone.

import type { Row } from '../../bytes/sqlite/row';
import type { NeutralRecord, Span } from '../../model/record';
import { encodeBase64 } from '../../bytes/base64';
import { problemRawLimitBytes } from '../../model/problem';
import { problemOf, structureOf } from '../problem-record';
import { describeRow } from '../raw-row';
import { type AttachedRows, attachedTables, attachRow, attachVersion, createAttachedRows, messageKey } from './attached-rows';
import { createDirectory, type SignalDirectory } from './directory';
import { type Frame, readFrame } from './frame-kinds';
import type { FrameStart, PlacedFrame } from '../delimited-frames';
import { meaningOf } from './message-type';
import { createTables, type InsertedRow, type Tables } from './tables';

export interface Survey {
  readonly directory: SignalDirectory;
  readonly attached: AttachedRows;
  readonly tables: Tables;
  /** The first frame that holds a message; null where none does. */
  firstMessage: FrameStart | null;
  /** True once the frame that ends every backup was met. */
  hasEnd: boolean;
  frameCount: number;
}

export interface SurveyInProgress extends Survey {
  take(frame: PlacedFrame, out: NeutralRecord[]): void;
  /** Appends what was still being gathered. */
  end(out: NeutralRecord[]): void;
}

/** Tables of messages: of all versions, of which a backup has the last or the two others. */
export const messageTables: ReadonlySet<string> = new Set(['message', 'sms', 'mms']);
const directoryTables: ReadonlySet<string> = new Set(['recipient', 'recipient_preferences', 'groups', 'thread']);
/** Settings that say who the owner is. */
const ownKeys: ReadonlySet<string> = new Set(['account.aci', 'account.e164', 'pref_local_uuid', 'pref_local_number']);
const knownStatement = /^\s*CREATE\s/i;

/** `entry`: number of the entry that the frames are. */
export function startSurvey(entry: number): SurveyInProgress {
  const survey: Survey = {
    directory: createDirectory(),
    attached: createAttachedRows(),
    tables: createTables(),
    firstMessage: null,
    hasEnd: false,
    frameCount: 0,
  };
  const runs = gatherRuns(entry);
  let isOverLimit = false;
  return Object.assign(survey, {
    take(placed: PlacedFrame, out: NeutralRecord[]): void {
      const { bytes, number } = placed;
      survey.frameCount = number + 1;
      const span: Span = { entry, offsetBytes: number, lengthBytes: 1 };
      const frame = readFrame(bytes);
      const said = frame === null ? null : takeFrame(survey, frame, placed);
      if (said === null || said === 'message') {
        runs.close(out);
        if (said === null) out.push(problemOf('unknown-kind', rawFrame(bytes), span));
        return;
      }
      runs.add(said, number, out);
      if (!said.endsWith(overLimit) || isOverLimit) return;
      isOverLimit = true;
      out.push(problemOf('limit-reached', '', { ...span, lengthBytes: 0 }, 'rows that hang on messages'));
    },
    end: (out: NeutralRecord[]): void => runs.close(out),
  });
}

const overLimit = ', above the limit';

export const rawFrame = (bytes: Uint8Array): string =>
  `base64:${encodeBase64(bytes.subarray(0, Math.floor(problemRawLimitBytes / 4) * 3))}`;

/** What the frame is, in words; `message` for one that the second pass reads, null for one that is not understood. */
function takeFrame(survey: Survey, frame: Frame, placed: PlacedFrame): string | null {
  if (frame.kind === 'statement') {
    const inserted = survey.tables.rowOf(frame.statement);
    if (inserted !== null) return takeRow(survey, inserted, placed);
    if (!knownStatement.test(frame.statement.sql)) return null;
    survey.tables.define(frame.statement.sql);
    return 'schema';
  }
  const { name, fields } = frame;
  if (name === 'end') survey.hasEnd = true;
  const key = name === 'preference' ? fields.words(2) : name === 'keyValue' ? fields.words(1) : null;
  const value = name === 'preference' ? fields.words(3) : fields.words(7);
  if (key !== null && ownKeys.has(key) && value !== null) survey.directory.recipients.addOwn(value.toLowerCase());
  return name;
}

function takeRow(survey: Survey, { table, row }: InsertedRow, placed: PlacedFrame): string {
  if (messageTables.has(table)) return takeMessage(survey, table, row, placed);
  if (attachedTables.has(table)) return attachRow(survey.attached, table, row) ? table : `${table}${overLimit}`;
  if (!directoryTables.has(table)) return `${table}, not read`;
  const { directory } = survey;
  if (table === 'groups') directory.recipients.addGroup(row);
  else if (table === 'thread') directory.addThread(row);
  else directory.recipients.addRecipient(row);
  return table;
}

function takeMessage(survey: Survey, table: string, row: Row, { number, offsetBytes }: PlacedFrame): string {
  const latest = latestVersionOf(row);
  if (latest !== null) {
    const sentAtMs = row.whole('date_sent');
    const version = { number: row.whole('revision_number') ?? 0, text: row.text('body') ?? '', sentAtMs };
    attachVersion(survey.attached, messageKey(table, latest), version);
    return 'older version of a message';
  }
  survey.firstMessage ??= { number, offsetBytes };
  const sender = row.words('from_recipient_id');
  const meaning = meaningOf(row.whole('type') ?? 0);
  if (sender !== null && meaning.kind === 'written' && meaning.isOutgoing) survey.directory.recipients.addSender(sender);
  return 'message';
}

/** The message that a row is an older version of; null for one that is none. */
export function latestVersionOf(row: Row): string | null {
  const latest = row.words('latest_revision_id');
  return latest === null || latest === '0' || latest === row.words('_id') ? null : latest;
}

export const rawOfRow = (row: Row): string => JSON.stringify(describeRow(row));

/** Frames of one kind that follow each other are one structure: a backup has millions. */
function gatherRuns(entry: number): { add(name: string, number: number, out: NeutralRecord[]): void; close(out: NeutralRecord[]): void } {
  let run: { name: string; from: number; count: number } | null = null;
  const close = (out: NeutralRecord[]): void => {
    if (run !== null) out.push(structureOf(run.name, { entry, offsetBytes: run.from, lengthBytes: run.count }));
    run = null;
  };
  return {
    close,
    add(name, number, out) {
      if (run?.name === name && run.from + run.count === number) run.count++;
      else {
        close(out);
        run = { name, from: number, count: 1 };
      }
    },
  };
}
