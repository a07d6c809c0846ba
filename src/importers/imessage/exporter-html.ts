// HTML pages of imessage-exporter (github.com/ReagentX/imessage-exporter): one a conversation. See README.md.

import { readHtmlPieces, type HtmlElement, type HtmlTag } from '../../bytes/html-elements';
import { attributeOf, childElements, elementsIn, findElement, hasClass, textOf } from '../../bytes/html-query';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource, FileEntry } from '../../bytes/source';
import { noAttachments, type MessageRecord, type NeutralRecord, type Span } from '../../model/record';
import { baseName, candidates, detectBytes, entryOf, folderOf } from '../archive-files';
import type { Detection, Importer } from '../importer';
import { createPeople, type People } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readHtmlRecords, type PieceReader, type PlacedElement } from '../record-batches';
import type { FilePlace } from './exporter-body';
import { readHtmlBody } from './exporter-html-body';
import { readExporterStamp, readReadNote } from './exporter-stamp';
import { exporterQuestions, ownerName } from './exporter-words';

const format = 'imessage-exporter-html';
const orphans = 'orphaned.html';

/** Importer of imessage-exporter's `.html`. */
export const imessageExporterHtml: Importer = {
  format,
  source: 'imessage',

  async detect(files) {
    const found: Detection[] = [];
    for (const [index, entry] of candidates(files, /\.html$/i)) {
      if (!(await readSenders(entry.open())).isExport) continue;
      found.push({ format, formatVersion: 'html', source: 'imessage', entries: [index], title: titleOf(entry), isSingle: true });
    }
    return found;
  },

  async ask(files, detection) {
    return exporterQuestions((await readSenders(entryOf(files, detection).open())).senders);
  },

  async *read(files, detection, { answers, onBytes }) {
    const entry = entryOf(files, detection);
    const owner = answers['owner'] ?? ownerName;
    const place = { files, folder: folderOf(entry.path) };
    yield [{ type: 'conversation', index: 0, sourceId: null, name: titleOf(entry), shape: 'unknown' }];
    const reader = createReader(
      createPeople((name) => name === owner),
      place,
    );
    yield* readHtmlRecords({ source: entry.open(), entry: detection.entries[0] ?? 0, onBytes }, { isWanted, nests: true }, reader);
  },
};

function titleOf({ path }: FileEntry): string | null {
  const name = baseName(path);
  return name === orphans ? null : name.replace(/\.html$/i, '');
}

function isWanted({ name, attributes }: HtmlTag): boolean {
  const classes = attributes.get('class');
  return name === 'div' && (classes === 'message' || classes === 'announcement');
}

async function readSenders(source: ByteSource): Promise<{ readonly isExport: boolean; readonly senders: readonly string[] }> {
  const bytes = await source.read(0, detectBytes);
  if (!new TextDecoder().decode(bytes).includes('class="timestamp"')) return { isExport: false, senders: [] };
  const senders: string[] = [];
  let isExport = false;
  for await (const pieces of readHtmlPieces(sourceOfBytes(bytes), { isWanted, nests: true })) {
    for (const { element } of pieces) {
      const head = element === null ? null : readHead(element);
      isExport ||= head !== null && head.stamp !== null;
      if (head?.sender) senders.push(head.sender);
    }
  }
  return { isExport, senders };
}

interface Head {
  readonly stamp: { readonly sentAtMs: number } | null;
  /** When it was read; '' where that is not said. */
  readonly readNote: string;
  readonly sender: string | null;
  /** The id that a link to the app names; older versions write none. */
  readonly guid: string | null;
}

/** The head of a message or an announcement; null for a box without a time. */
function readHead(box: HtmlElement): Head | null {
  const time = findElement(box, '.timestamp');
  if (time === null) return null;
  const text = textOf(time).trim();
  const stamp = readExporterStamp(text);
  const note = stamp === null ? null : readReadNote(text.slice(stamp.length).replaceAll(/\s+/g, ' '));
  const sender = findElement(box, '.sender');
  const href = [...elementsIn(time)].map((link) => attributeOf(link, 'href')).find((one) => one !== null) ?? '';
  return {
    stamp: note === null ? null : stamp,
    readNote: note ?? '',
    sender: sender === null ? null : textOf(sender).trim() || null,
    guid: /[?&]message-guid=([^&]{1,200})/.exec(href)?.[1] ?? null,
  };
}

/** What a message inside of another answers. */
interface ReplyOf {
  readonly guid: string | null;
}

/** Replies lie inside of what they answer; later versions write them in their own place too, where they are passed over. */
function createReader(people: People, place: FilePlace): PieceReader<PlacedElement> {
  const replies = new Set<string>();
  const takeMessage = (element: HtmlElement, raw: string, span: Span, replyOf: ReplyOf | null, out: NeutralRecord[]): void => {
    const [box] = childElements(element);
    const head = box === undefined ? null : readHead(box);
    if (box === undefined || head === null) return void out.push(problemOf('not-understood', raw, span));
    const message = toMessage(box, head, replyOf, place, span);
    if (message === null) return void out.push(problemOf('bad-time', raw, span));
    const key = head.guid ?? `${message.sentAtMs}\n${head.sender}\n${message.text}`;
    const isAgain = replyOf === null && message.facts?.replyTo !== undefined && replies.has(key);
    if (replyOf !== null) replies.add(key);
    if (isAgain) out.push(structureOf('reply in its own place', span));
    else out.push({ ...message, sender: head.sender === null ? -1 : people.named(head.sender, 0, out) });
    const end = { ...span, offsetBytes: span.offsetBytes + span.lengthBytes, lengthBytes: 0 };
    for (const reply of repliesIn(box)) takeMessage(reply, textOf(reply), end, { guid: head.guid }, out);
  };
  return {
    take({ element, raw, span }, out) {
      if (hasClass(element, 'message')) takeMessage(element, raw, span, null, out);
      else out.push(toAnnouncement(element, span) ?? problemOf('bad-time', raw, span));
    },
  };
}

/** The message but for its sender; null where it has no time. */
function toMessage(
  box: HtmlElement,
  { stamp, readNote, guid }: Head,
  replyOf: ReplyOf | null,
  place: FilePlace,
  span: Span,
): Omit<MessageRecord, 'sender'> | null {
  if (stamp === null) return null;
  const body = readHtmlBody(box, place);
  const own = readNote === '' ? body.facts : { ...body.facts, extra: { ...body.facts?.extra, read: readNote } };
  const facts = replyOf === null ? own : { ...own, replyTo: { sourceId: replyOf.guid } };
  return { type: 'message', conversation: 0, sourceId: guid, sentAtMs: stamp.sentAtMs, clock: 'second', ...body, facts, ...span };
}

/** Messages below it, but not those below them. */
function repliesIn(box: HtmlElement): readonly HtmlElement[] {
  return childElements(box, '.replies').flatMap((list) =>
    childElements(list, '.reply').flatMap((reply) => childElements(reply, '.message')),
  );
}

function toAnnouncement(element: HtmlElement, span: Span): NeutralRecord | null {
  const stamp = readHead(element)?.stamp ?? null;
  if (stamp === null) return null;
  const time = findElement(element, '.timestamp');
  const text = oneLine(textOf(element))
    .slice(oneLine(textOf(time ?? '')).length)
    .trim();
  return {
    type: 'message',
    conversation: 0,
    sender: -1,
    sourceId: null,
    sentAtMs: stamp.sentAtMs,
    clock: 'second',
    kind: 'system',
    text,
    attachments: noAttachments,
    facts: null,
    ...span,
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
