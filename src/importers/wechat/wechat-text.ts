// WeChat messages that exporters wrote as plain text, one chat a file. See README.md.

import type { FileSet } from '../../bytes/source';
import type { NeutralRecord, Span } from '../../model/record';
import { candidates, detectBytes, entryOf } from '../archive-files';
import type { Detection, Importer, Question } from '../importer';
import { problemOf, structureOf } from '../problem-record';
import { readLineRecords } from '../record-batches';
import type { PieceReader, PlacedLine } from '../record-batches';
import { askYear, guessYear, yearOf } from './year-question';
import { createLedger } from './ledger';
import type { ExportedChat, Ledger } from './ledger';
import { isNotice, readNotice } from './notices';
import type { TextForm, TextHeader } from './text-forms';
import { readTextHead } from './text-head';
import type { TextHead } from './text-head';

/** Who writes is looked for in more than detection may read. */
const askBytes = 1 << 20;
/** A message of WeChat has some ten thousand letters at most: what goes on longer is none. */
const messageLimitBytes = 1 << 20;

/** Importer of `.txt` files of WeChat chats; `formatVersion` says which tool's form it is. */
export const wechatText: Importer = {
  format: 'wechat-text',
  source: 'wechat',
  async detect(files) {
    const found: Detection[] = [];
    for (const [index, entry] of candidates(files, /\.txt$/i)) {
      const head = await readTextHead(entry, detectBytes);
      if (head === null) continue;
      const formatVersion = head.form.version;
      found.push({ format: 'wechat-text', formatVersion, source: 'wechat', entries: [index], title: head.title, isSingle: true });
    }
    return found;
  },
  ask,
  async *read(files, detection, { answers, onBytes }) {
    const entry = entryOf(files, detection);
    const head = await readTextHead(entry, askBytes);
    const [index = 0] = detection.entries;
    const ledger = createLedger(files, index, { id: null, name: answers['owner'] ?? guessOwner(head) });
    yield* readLineRecords(
      { source: entry.open(), entry: index, onBytes },
      {},
      createReader(head, ledger, yearOf(answers['year'] ?? guessYear(entry, head))),
    );
  },
};

async function ask(files: FileSet, detection: Detection): Promise<readonly Question[]> {
  const head = await readTextHead(entryOf(files, detection), askBytes);
  const questions: Question[] = [];
  const year = head === null ? null : askYear(entryOf(files, detection), head);
  if (year !== null) questions.push(year);
  const options = [...(head?.names ?? [])].map((value) => ({ value, label: value }));
  if (head !== null && head.form.ownName === null) questions.push({ id: 'owner', options, guess: guessOwner(head), certain: false });
  questions.push({ id: 'zone', options: [], guess: null, certain: false });
  return questions;
}

/** In a chat of two the owner is the one whose name is not the chat's. */
function guessOwner(head: TextHead | null): string | null {
  if (head === null || head.shape !== 'direct' || head.form.ownName !== null) return null;
  return [...head.names].find((name) => name !== head.title) ?? null;
}

interface OpenMessage {
  readonly header: TextHeader;
  /** The header as it stands. */
  readonly line: string;
  readonly lines: string[];
  readonly span: { -readonly [Key in keyof Span]: Span[Key] };
}

function createReader(head: TextHead | null, ledger: Ledger, year: number | null): PieceReader<PlacedLine> {
  const chat: ExportedChat = { id: null, name: head?.title ?? null, shape: head?.shape ?? 'unknown' };
  const form = head?.form ?? null;
  let open: OpenMessage | null = null;
  let last: TextHeader | null = null;
  let isCut = false;
  const close = (out: NeutralRecord[]): void => {
    if (open !== null && form !== null) addMessage(open, form, chat, ledger, out);
    open = null;
  };
  const takeOther = (line: string, span: Span, out: NeutralRecord[]): void => {
    if (form !== null && !form.isBlock && last !== null && isNotice(line)) {
      close(out);
      addNotice(last, line, span, chat, ledger, out);
    } else if (open !== null) {
      open.lines.push(line);
      open.span.lengthBytes += span.lengthBytes;
    } else if (line.trim() === '') out.push(structureOf('blank', span));
    else out.push(problemOf(isCut ? 'piece-too-large' : 'not-understood', line, span));
  };
  return {
    take({ text, span, problems }, out) {
      const line = span.offsetBytes === 0 ? text.replace(/^\ufeff/, '') : text;
      const header = form?.readHeader(line, year) ?? null;
      if (header === null) takeOther(line, span, out);
      else {
        close(out);
        open = { header, line, lines: header.rest === null ? [] : [header.rest], span: { ...span } };
        last = header;
        isCut = false;
      }
      // What is wrong with a line may have bytes of its own: then the message ends before it.
      if (open !== null && (open.span.lengthBytes > messageLimitBytes || problems.some(({ lengthBytes }) => lengthBytes > 0))) {
        close(out);
        isCut = true;
      }
    },
    end: close,
  };
}

function addMessage(
  { header, line, lines, span }: OpenMessage,
  form: TextForm,
  chat: ExportedChat,
  ledger: Ledger,
  out: NeutralRecord[],
): void {
  const { body, mediaPath } = form.readContent(header, lines.join('\n').trimEnd());
  const { name, senderId, sentAtMs, clock } = header;
  if (sentAtMs === null) return void out.push(problemOf('bad-time', [line, ...lines].join('\n'), span));
  const isOwn = name === form.ownName && senderId === null;
  const sender = { id: senderId, name: isOwn || name === senderId ? null : name, isOwn };
  const own = header.chat === null ? chat : { ...header.chat };
  ledger.addMessage({ chat: own, sender, sourceId: null, sentAtMs, clock, body, mediaPath }, span, out);
}

/** A line of the app without a header has the time of the message before it. */
function addNotice(before: TextHeader, line: string, span: Span, chat: ExportedChat, ledger: Ledger, out: NeutralRecord[]): void {
  const { sentAtMs, clock } = before;
  if (sentAtMs === null) return void out.push(problemOf('bad-time', line, span));
  const extra = { time: 'of the message before' };
  ledger.addMessage({ chat, sender: null, sourceId: null, sentAtMs, clock, body: readNotice(line), extra }, span, out);
}
