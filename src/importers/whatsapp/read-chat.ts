// Reads one chat: lines in, records out. A message begins with a header and ends before the next one.

import type { TextEncoding } from '../../bytes/text-encoding';
import { readLines } from '../../bytes/text-lines';
import type { ByteSource, FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import type { Answers } from '../importer';
import { conversationRecord } from './chat-facts';
import { answeredOrder } from './date-order-question';
import type { OrderDecision } from './date-order';
import { ordersBeside, type DateOrder, type Header, type HeaderFormat } from './header-format';
import { createHeaderReader } from './header-reader';
import { createMessageMaker } from './message-maker';
import { beginMessage, createOpenMessage, type OpenMessage } from './open-message';
import { findRepeatedPhrases, surveyFormat, type Survey } from './survey';
import { createUnreadPiece, type UnreadPiece } from './unread';
import { createWallClock, type WallClock } from './wall-clock';

/** One line makes at most a handful of records, so no batch grows beyond the 4,096 of the contract. */
const batchLimit = 4080;
/** WhatsApp takes 65,536 characters; what is longer is no message. */
const messageLimitBytes = 1 << 20;

export interface ChatInput {
  readonly files: FileSet;
  readonly entry: number;
  readonly title: string | null;
  readonly owner: string | null;
  readonly survey: Survey;
  readonly answers: Answers;
  readonly onBytes: ((doneBytes: number) => void) | undefined;
}

/** All records of one chat, in the order of the file; the conversation comes first, and again at the end with its shape. */
export async function* readChat(input: ChatInput): AsyncGenerator<readonly NeutralRecord[], void, void> {
  const { files, entry, title, owner } = input;
  const source = files.entries[entry]!.open();
  const maker = createMessageMaker(files, entry, title, owner);
  const reader = createHeaderReader((format) => knownOrders(input, format));
  const { header } = reader;
  const clock = createWallClock();
  const open = createOpenMessage();
  const unread = createUnreadPiece(entry);
  let records: NeutralRecord[] = [conversationRecord(title, 'unknown')];
  let encoding: TextEncoding = 'utf-8';

  const findPhrases = async () => maker.setPhrases(await findRepeatedPhrases(source, encoding, open.offsetBytes));
  const endPiece = () => {
    maker.close(open, records);
    unread.close(records);
  };
  for await (const batch of readLines(source)) {
    const { lines, offsets, lengths, problems } = batch;
    encoding = batch.encoding;
    let nextProblem = 0;
    for (let at = 0; at < lines.length; at++) {
      const offsetBytes = offsets[at]!;
      if (reader.read(lines[at]!)) {
        if (maker.needsPhrases(open)) await findPhrases();
        endPiece();
        if (clock.orderOf(header.format) === null) await decideFormat(input, clock, header, { source, encoding, offsetBytes }, records);
        beginMessage(open, lines[at]!, header, clock.timeOf(header), offsetBytes, lengths[at]!);
      } else addLine(open, unread, lines[at]!, offsetBytes, lengths[at]!);
      while (problems[nextProblem]?.line === at) unread.addLineProblem(problems[nextProblem++]!, records);
      if (records.length >= batchLimit) {
        yield records;
        records = [];
      }
    }
    input.onBytes?.(offsets.at(-1)! + lengths.at(-1)!);
  }
  if (maker.needsPhrases(open)) await findPhrases();
  endPiece();
  yield [...records, conversationRecord(title, maker.shape())];
}

/** A line without a header: of the message, of what is too long for it, or of what stands before the first one. */
function addLine(open: OpenMessage, unread: UnreadPiece, line: string, offsetBytes: number, lengthBytes: number): void {
  if (unread.isOpen || !open.isOpen) unread.add('not-understood', line, offsetBytes, lengthBytes);
  else if (open.lengthBytes + lengthBytes > messageLimitBytes) unread.add('piece-too-large', line, offsetBytes, lengthBytes);
  else {
    open.more.push(line);
    open.lengthBytes += lengthBytes;
  }
}

/** By the answer, else by the survey; null for a format that begins after the survey ended. */
function knownOrder({ answers, survey }: ChatInput, format: HeaderFormat): OrderDecision | null {
  return answeredOrder(answers, format, survey.formats.get(format.scope));
}

function knownOrders(input: ChatInput, format: HeaderFormat): readonly DateOrder[] {
  const decided = knownOrder(input, format);
  return decided ? ordersBeside(decided.order, format) : format.orders;
}

interface FormatPlace {
  readonly source: ByteSource;
  readonly encoding: TextEncoding;
  readonly offsetBytes: number;
}

/**
 * Decides the order of a format when its first header is met: by the answer, by the survey, or, for one that begins after
 * the survey ended, by the rest of the file. An order that is then only guessed was never asked, so a problem says so.
 */
async function decideFormat(
  input: ChatInput,
  clock: WallClock,
  { format }: Header,
  place: FormatPlace,
  records: NeutralRecord[],
): Promise<void> {
  const known = knownOrder(input, format);
  if (known) return clock.decide(format, known.order);
  const { order, certain } = await surveyFormat(place.source, place.encoding, place.offsetBytes, format.scope);
  clock.decide(format, order);
  if (certain) return;
  const problem = { code: 'bad-time', raw: '', detail: `order of day and month guessed as ${order} for ${format.scope}` } as const;
  records.push({ type: 'problem', entry: input.entry, offsetBytes: place.offsetBytes, lengthBytes: 0, problem });
}
