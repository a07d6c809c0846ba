// A message of imessage-exporter's HTML below its head: parts (a text, a file, a card, an edit's table), reactions, notes.

import type { HtmlElement, HtmlNode } from '../../bytes/html-elements';
import { childElements, elementsIn, findElement, findElements, hasClass, isElement, shownTextOf, textOf } from '../../bytes/html-query';
import type { JsonObject } from '../../model/json';
import type { AttachmentRecord, MessageFacts, OlderText, TextEntity } from '../../model/record';
import { attach, messageKindOf } from '../file-kind';
import { localPathOf, webAddressOf } from '../html-files';
import { readMarkedHtml } from '../html-text';
import type { ExporterBody, FilePlace } from './exporter-body';
import { isUnsent, tapbackEmoji } from './exporter-words';

interface Gathered {
  text: string;
  readonly entities: TextEntity[];
  readonly attachments: AttachmentRecord[];
  readonly links: string[];
  readonly cards: string[];
  readonly reactions: Map<string, string[]>;
  readonly olderTexts: OlderText[];
  /** What else stands in it. */
  readonly lines: string[];
  readonly extra: Record<string, string>;
  isReply: boolean;
  isDeleted: boolean;
}

/** Reads what is in the box of a message (`.sent`, `.received`) but for its head and the replies below it. */
export function readHtmlBody(box: HtmlElement, place: FilePlace): ExporterBody {
  const gathered: Gathered = {
    text: '',
    entities: [],
    attachments: [],
    links: [],
    cards: [],
    reactions: new Map(),
    olderTexts: [],
    lines: [],
    extra: {},
    isReply: false,
    isDeleted: false,
  };
  for (const child of box.children) if (isElement(child)) addChild(gathered, child, place);
  const [first] = gathered.attachments;
  const { text, links, entities, attachments } = gathered;
  const kind = first !== undefined ? messageKindOf(first.kind) : text === '' && links.length > 0 ? 'link' : 'text';
  return { kind, text: text === '' ? (links[0] ?? '') : text, attachments, facts: factsOf(gathered, text === '' ? [] : entities) };
}

function addChild(gathered: Gathered, child: HtmlElement, place: FilePlace): void {
  const { extra, lines } = gathered;
  if (hasClass(child, 'message_part')) addPart(gathered, child, place);
  else if (hasClass(child, 'reactions') || hasClass(child, 'tapbacks')) addReactions(gathered, child);
  else if (hasClass(child, 'subject')) extra['subject'] = textOf(child).trim();
  else if (hasClass(child, 'expressive'))
    extra['effect'] = textOf(child)
      .trim()
      .replace(/^Sent with /, '');
  else if (hasClass(child, 'reply_context')) gathered.isReply = true;
  else if (!hasClass(child, 'replies') && child.name !== 'hr' && child.name !== 'p') addLine(lines, shownTextOf(child));
}

function addLine(lines: string[], line: string): void {
  if (line !== '') lines.push(line);
}

function addPart(gathered: Gathered, part: HtmlElement, place: FilePlace): void {
  const table = findElement(part, 'table');
  const card = findElement(part, '.app');
  const files = [...elementsIn(part)].flatMap((element) => (card === null ? (localPathOf(element) ?? []) : []));
  for (const path of new Set(files)) gathered.attachments.push(attach(place.files, place.folder, { path }));
  const missing = findElement(part, '.attachment_error');
  if (missing !== null) gathered.attachments.push(attach(place.files, place.folder, { path: pathInError(textOf(missing)) }));
  if (card !== null) addCard(gathered, card);
  else if (table !== null && findElement(part, '.edited') !== null) addEdits(gathered, table);
  else if (missing === null) addText(gathered, part, files.length > 0);
}

/** The words of a link to a file only name it. */
function addText(gathered: Gathered, part: HtmlElement, hasFiles: boolean): void {
  const bubble = findElement(part, '.bubble');
  const { text, entities } = readMarkedHtml(bubble?.children ?? part.children);
  if (hasFiles && bubble === null) return addLine(gathered.lines, shownTextOf(part.children.filter((child) => !isLink(child))));
  if (text === '') return;
  gathered.isDeleted ||= gathered.text === '' && isUnsent(text);
  const before = gathered.text === '' ? '' : `${gathered.text}\n`;
  gathered.text = before + text;
  for (const entity of entities ?? []) gathered.entities.push({ ...entity, offset: entity.offset + before.length });
}

function isLink(node: HtmlNode): boolean {
  return isElement(node) && node.name === 'a';
}

/** `Unable to locate attachment: NAME` */
function pathInError(text: string): string | null {
  const at = text.lastIndexOf(': ');
  return at === -1 ? null : text.slice(at + 2).trim() || null;
}

/** A preview of a page, or what an app put into the message. */
function addCard(gathered: Gathered, card: HtmlElement): void {
  const addresses = [card, ...elementsIn(card)].flatMap((element) => webAddressOf(element) ?? []);
  gathered.links.push(...new Set(addresses));
  gathered.cards.push(shownTextOf(card));
}

/** Rows of a time and a text, the oldest first; the last one stands. */
function addEdits(gathered: Gathered, table: HtmlElement): void {
  const rows = findElements(table, 'tr').map((row) => childElements(row, 'td').map((cell) => textOf(cell).trim()));
  const last = rows.pop();
  if (last === undefined) return;
  for (const [, text = ''] of rows) gathered.olderTexts.push({ text, editedAtMs: null });
  const [time = '', text = ''] = last;
  gathered.text = gathered.text === '' ? text : `${gathered.text}\n${text}`;
  if (time !== '') gathered.extra['lastEdit'] = time.replace(/^Edited (.{1,100}) later$/, '$1');
}

const reactionBy = /^(.{1,40}) by (.{1,200})$/;

function addReactions({ reactions, lines, extra }: Gathered, list: HtmlElement): void {
  for (const item of [...childElements(list, '.reaction'), ...childElements(list, '.tapback')]) {
    const text = textOf(item).replaceAll(/\s+/g, ' ').trim();
    const [, word = '', name = ''] = reactionBy.exec(text) ?? [];
    const emoji = tapbackEmoji(word);
    if (emoji !== null) reactions.set(emoji, [...(reactions.get(emoji) ?? []), name]);
    else if (findElement(item, 'img') === null) addLine(lines, text);
    else
      extra['stickers'] = [extra['stickers'], [...elementsIn(item)].flatMap((part) => localPathOf(part) ?? []).join(' '), text]
        .filter(Boolean)
        .join('\n');
  }
}

function factsOf(gathered: Gathered, entities: readonly TextEntity[]): MessageFacts | null {
  const { reactions, olderTexts, links, cards, lines, isReply, isDeleted } = gathered;
  const lists = Object.entries({ links, cards, lines }).filter(([, list]) => list.length > 0);
  const extra: JsonObject = { ...gathered.extra, ...Object.fromEntries(lists) };
  const facts: MessageFacts = {
    ...(isReply && { replyTo: { sourceId: null } }),
    ...(entities.length > 0 && { entities }),
    ...(reactions.size > 0 && { reactions: [...reactions].map(([emoji, by]) => ({ emoji, count: by.length, by })) }),
    ...(olderTexts.length > 0 && { olderTexts, edited: { editedAtMs: null } }),
    ...(isDeleted && { deleted: { by: 'sender' } as const }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}
