// What a message has besides text: files with or without a thumbnail, and cards of places, contacts, calls and polls.

import type { HtmlElement } from '../../../bytes/html-elements';
import { attributeOf, childElements, findElement, findElements, hasClass, shownTextOf, textOf } from '../../../bytes/html-query';
import type { FileSet } from '../../../bytes/source';
import type { AttachmentRecord, MessageFacts, MessageKind, MissingReason } from '../../../model/record';
import { attach } from '../../file-kind';

export interface HtmlMedia {
  readonly kind: MessageKind;
  readonly attachments: readonly AttachmentRecord[];
  readonly facts: MessageFacts;
  /** What the card says beyond the neutral fields. */
  readonly words: readonly string[];
}

interface FileMedia {
  readonly attachment: AttachmentRecord['kind'];
  readonly message: MessageKind;
}

/** By the class of the link or card. */
const fileClasses = new Map<string, FileMedia>([
  ['photo_wrap', { attachment: 'image', message: 'image' }],
  ['video_file_wrap', { attachment: 'video', message: 'video' }],
  ['animated_wrap', { attachment: 'animation', message: 'video' }],
  ['sticker_wrap', { attachment: 'sticker', message: 'sticker' }],
  ['media_photo', { attachment: 'image', message: 'image' }],
  ['media_video', { attachment: 'video', message: 'video' }],
  ['media_audio_file', { attachment: 'audio', message: 'file' }],
  ['media_voice_message', { attachment: 'voice', message: 'voice' }],
  ['media_file', { attachment: 'file', message: 'file' }],
]);

/** The sentences that stand in place of a file, English in every language of the app. */
const missingReasons: readonly (readonly [start: string, reason: MissingReason])[] = [
  ['Not included', 'not-exported'],
  ['Exceeds maximum size', 'too-large'],
  ['Unavailable', 'unavailable'],
];

/** The media of a `.media_wrap`, one for each card in it. `folder` is where the page lies. */
export function readMedia(wrap: HtmlElement, files: FileSet, folder: string): readonly HtmlMedia[] {
  return childElements(wrap).map((card) => readCard(card, files, folder));
}

function readCard(card: HtmlElement, files: FileSet, folder: string): HtmlMedia {
  const classes = (card.attributes.get('class') ?? '').split(/\s+/);
  const file = classes.map((name) => fileClasses.get(name)).find((known) => known !== undefined);
  if (file !== undefined) return readFile(card, file, files, folder);
  const name = classes.find((word) => /^media_[a-z_]+$/.test(word)) ?? '';
  const words = cardWords(card);
  const href = attributeOf(card, 'href') ?? '';
  switch (name) {
    case 'media_location':
    case 'media_live_location':
    case 'media_venue':
      return { kind: 'location', attachments: [], facts: readPlace(card, href, name), words };
    case 'media_contact':
      return readContact(card, files, folder, href, words);
    case 'media_call':
      return { kind: 'call', attachments: [], facts: { call: readCall(textIn(card, 'status') ?? '') }, words };
    case 'media_poll':
      return { kind: 'poll', attachments: [], facts: readPoll(card), words };
    default:
      return { kind: 'unknown', attachments: [], facts: {}, words };
  }
}

function readFile(card: HtmlElement, { attachment, message }: FileMedia, files: FileSet, folder: string): HtmlMedia {
  const path = attributeOf(card, 'href');
  const description = textIn(card, 'description') ?? '';
  const reason = missingReasons.find(([start]) => description.startsWith(start))?.[1];
  const title = attachment === 'file' || attachment === 'audio' ? textIn(card, 'title') : null;
  const record = attach(files, folder, { kind: attachment, path, name: title, ...(reason === undefined ? {} : { missing: reason }) });
  const clock = textIn(card, 'video_duration') ?? textIn(card, 'status') ?? '';
  const durationMs = durationOf(clock);
  return { kind: message, attachments: [durationMs === null ? record : { ...record, durationMs }], facts: {}, words: cardWords(card) };
}

/** `01:05` or `1:02:03`, alone or before a size. */
function durationOf(text: string): number | null {
  const match = /^(?:(\d{1,3}):)?(\d{1,2}):(\d\d)(?:,|$)/.exec(text);
  return match === null ? null : ((Number(match[1] ?? 0) * 60 + Number(match[2])) * 60 + Number(match[3])) * 1000;
}

const coordinates = /[?&]q=(-?\d{1,3}(?:\.\d{1,20})?),(-?\d{1,3}(?:\.\d{1,20})?)(?:&|$)/;

function readPlace(card: HtmlElement, href: string, name: string): MessageFacts {
  const match = coordinates.exec(href);
  if (match === null) return {};
  const title = name === 'media_venue' ? textIn(card, 'title') : null;
  const address = name === 'media_venue' ? (textIn(card, 'description') ?? textIn(card, 'status')) : null;
  const place = { latitude: Number(match[1]), longitude: Number(match[2]) };
  return { location: { ...place, ...(title === null ? {} : { name: title }), ...(address === null ? {} : { address }) } };
}

function readContact(card: HtmlElement, files: FileSet, folder: string, href: string, words: readonly string[]): HtmlMedia {
  const phone = textIn(card, 'status');
  const contact = { name: textIn(card, 'title') ?? '', ...(phone === null ? {} : { phone }) };
  const attachments = href === '' ? [] : [attach(files, folder, { kind: 'contact', path: href })];
  return { kind: 'contact', attachments, facts: { contact }, words };
}

/** `Outgoing (35 seconds)`, `Missed`, `Declined`, `Cancelled`, `Busy`. */
function readCall(status: string): NonNullable<MessageFacts['call']> {
  const seconds = /\((\d{1,7}) second/.exec(status)?.[1];
  if (seconds !== undefined) return { durationMs: Number(seconds) * 1000, outcome: 'answered', video: false };
  const word = /missed|declined|busy/i.exec(status)?.[0].toLowerCase();
  return { durationMs: null, outcome: (word as 'missed' | 'declined' | 'busy' | undefined) ?? 'unknown', video: false };
}

function readPoll(card: HtmlElement): MessageFacts {
  const question = textIn(card, 'question') ?? '';
  const options = findElements(card, '.answer').map((answer) => {
    const votes = /(\d{1,9})/.exec(textIn(answer, 'details') ?? '')?.[1];
    const own = answer.children.filter((child) => typeof child === 'string' || !hasClass(child, 'details'));
    return { text: textOf(own).trim().replace(/^- /, ''), votes: Number(votes ?? 0) };
  });
  return { poll: { question, options } };
}

/** The shown text of the first part of this class; null where there is none. */
function textIn(parent: HtmlElement, name: string): string | null {
  const element = findElement(parent, `.${name}`);
  return (element && shownTextOf(element)) || null;
}

function cardWords(card: HtmlElement): string[] {
  return shownTextOf(card)
    .split('\n')
    .filter((line) => line !== '');
}
