// One box of a thread's page to a neutral message. Its body is a row of places, most of them empty: what was written is in the
// second; the others hold what was shared, files, and a list of reactions.

import type { HtmlElement } from '../../bytes/html-elements';
import { childElements, elementsIn, findElements, textOf } from '../../bytes/html-query';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageKind, MessageRecord, Reaction, Span } from '../../model/record';
import { attach, messageKindOf } from '../file-kind';
import { localPathOf, showsFile, webAddressOf } from '../html-files';
import { readMarkedHtml } from '../html-text';
import { timeIn, type TimeWriting } from '../written-time';
import type { MessageBox } from './html-box';
import type { MessageContext } from './message';
import { systemAction } from './system-lines';

type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

/** The message but for its sender; null where its time is none. */
export function toHtmlMessage(
  { sender, body, time }: MessageBox,
  context: MessageContext,
  writing: TimeWriting,
  span: Span,
): Omit<MessageRecord, 'sender'> | null {
  const sentAtMs = time && timeIn(time, writing);
  if (time === null || sentAtMs === null) return null;
  const content = readContent(body);
  const attachments = readFiles(body, context);
  const action = sender === null ? null : systemAction(content.text, sender);
  const [link] = content.links;
  const isCall = content.lines.some((line) => durationLine.test(line));
  return {
    type: 'message',
    conversation: context.conversation,
    sourceId: null,
    sentAtMs,
    clock: time.clock,
    kind: kindOf(isCall, action, attachments, link),
    text: content.text === '' ? (link ?? '') : content.text,
    attachments,
    facts: readFacts(content, action, isCall),
    ...span,
  };
}

interface Content {
  readonly text: string;
  readonly entities: MessageFacts['entities'] | null;
  /** What else is written in it. */
  readonly lines: readonly string[];
  /** Addresses of what was shared. */
  readonly links: readonly string[];
  readonly reactions: readonly Reaction[];
}

function readContent(body: HtmlElement): Content {
  const [inner] = childElements(body);
  const places = inner === undefined ? [] : childElements(inner, 'div');
  const written = places[1];
  const marked = written === undefined || isFiles(written) ? null : readMarkedHtml(written.children);
  const whole = places.length < 2 ? readMarkedHtml([body], (element) => (isSilent(element) ? 'skip' : null)) : null;
  const others = places.filter((place) => place !== written || marked === null);
  const lines = others.map((place) => readMarkedHtml([place], (element) => (isSilent(element) ? 'skip' : null)).text);
  const { text = '', entities = null } = marked ?? whole ?? {};
  return {
    text,
    entities,
    lines: lines.filter((line) => line !== ''),
    links: others.flatMap((place) => findElements(place, 'a').flatMap((link) => webAddressOf(link) ?? [])),
    reactions: readReactions(body),
  };
}

/** What is no text of the message: reactions, and the words beside a film for those who cannot play it. */
function isSilent({ name }: HtmlElement): boolean {
  return name === 'ul' || name === 'video' || name === 'audio';
}

function isFiles(place: HtmlElement): boolean {
  return findElements(place, showsFile).length > 0;
}

/** Files lie below the root; a picture is in a link to itself, a film holds one. */
function readFiles(body: HtmlElement, { files, root }: MessageContext): readonly AttachmentRecord[] {
  const found = new Map<string, AttachmentRecord['kind'] | null>();
  for (const element of elementsIn(body)) {
    const path = localPathOf(element)?.replace(/^(?:\.\.?\/)+/, '') ?? null;
    if (path === null || (found.get(path) ?? null) !== null) continue;
    found.set(path, kindOfFile(element, path));
  }
  if (found.size === 0) return noAttachments;
  return [...found].map(([path, kind]) => attach(files, root, { ...(kind === null ? {} : { kind }), path }));
}

/** The folder tells voice messages from other sounds, and stickers and moving pictures from others. */
function kindOfFile({ name }: HtmlElement, path: string): AttachmentRecord['kind'] | null {
  const folder = path.split('/').at(-2) ?? '';
  if (folder === 'audio') return 'voice';
  if (folder === 'gifs') return 'animation';
  if (folder.startsWith('stickers')) return 'sticker';
  if (name === 'video') return 'video';
  return name === 'img' ? 'image' : null;
}

const emojiFirst =
  /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[#*\d]\ufe0f?\u20e3)(?:[\ufe0f\u200d]|\p{Emoji_Modifier}|\p{Extended_Pictographic}){0,12}/u;

/** `❤Zoë`: the character, then who chose it. */
function readReactions(body: HtmlElement): readonly Reaction[] {
  const byEmoji = new Map<string, string[]>();
  for (const list of findElements(body, 'ul')) {
    for (const item of findElements(list, 'li')) {
      const text = textOf(item).trim();
      const emoji = emojiFirst.exec(text)?.[0] ?? '';
      const by = byEmoji.get(emoji) ?? [];
      by.push(text.slice(emoji.length).trim());
      byEmoji.set(emoji, by);
    }
  }
  return [...byEmoji].map(([emoji, by]) => ({
    emoji: emoji === '' ? '❔' : emoji,
    count: by.length,
    by: by.filter((name) => name !== ''),
  }));
}

function kindOf(isCall: boolean, action: string | null, [first]: readonly AttachmentRecord[], link: string | undefined): MessageKind {
  if (isCall) return 'call';
  if (action !== null) return 'system';
  if (first !== undefined) return messageKindOf(first.kind);
  return link === undefined ? 'text' : 'link';
}

/** Beneath the words of a call, of which only English ones are known. */
const durationLine = /^Duration: (?:(\d{1,3}) hours?,? ?)?(?:(\d{1,3}) minutes?,? ?)?(?:(\d{1,6}) seconds?)?$/;

function readFacts({ text, entities, lines, links, reactions }: Content, action: string | null, isCall: boolean): MessageFacts | null {
  const facts: MutableFacts = {};
  if (entities) facts.entities = entities;
  if (reactions.length > 0) facts.reactions = reactions;
  if (action !== null) facts.service = { action };
  if (isCall) facts.call = readCall(lines, text);
  const extra = { ...(lines.length === 0 ? {} : { lines }), ...(links.length === 0 ? {} : { links }) };
  if (Object.keys(extra).length > 0) facts.extra = extra;
  return Object.keys(facts).length === 0 ? null : facts;
}

function readCall(lines: readonly string[], text: string): NonNullable<MessageFacts['call']> {
  const match = lines.map((line) => durationLine.exec(line)).find((found) => found !== null);
  const [hours = 0, minutes = 0, seconds = 0] = (match ?? []).slice(1).map((digits) => Number(digits ?? 0));
  const durationMs = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  const outcome = /\bmissed\b/i.test(text) ? 'missed' : durationMs > 0 ? 'answered' : 'unknown';
  return { durationMs, outcome, video: /\bvideo\b/i.test(text) };
}
