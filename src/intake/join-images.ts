// One message out of the images that several archives show of it. A function of the set of images: neither the order of
// imports nor which archive came first plays a part. docs/merging.md gives the rules in words.

import type { Attachment, Message } from '../model/message';
import type { MessageFacts, OlderText } from '../model/record';
import { messageKinds } from '../model/record';
import { classOf, freezeText, isWordedByApp } from './frozen-text';
import { isSameImage, writeCanonical, writeImageContent } from './image';

export interface SeenImage {
  readonly message: Message;
  /** Time of the last message of the archive that shows it: a later one is the newer export. */
  readonly asOfMs: number;
  /** True where the archive ends with this message, which may have been cut in the middle. */
  readonly mayBeCut: boolean;
}

/** The message that the images stand for; its `seq` is that of the first. */
export function joinImages(images: readonly SeenImage[]): Message {
  const [first] = images;
  if (first === undefined) throw new RangeError('no image');
  const finest = images.reduce((best, { message }) => (compareClocks(message, best) > 0 ? message : best), first.message);
  if (images.every(({ message }) => isSameImage({ ...message, ...clockOf(finest) }, finest)))
    return finest === first.message ? finest : { ...finest, seq: first.message.seq };
  const whole = images.filter((image) => !images.some((other) => isCutOf(image, other)));
  const sorted = whole
    .map((image) => ({ ...image, content: writeImageContent(image.message) }))
    .sort((a, b) => a.asOfMs - b.asOfMs || (a.content < b.content ? -1 : 1))
    .map((image) => image.message);
  const texts = chooseText(sorted);
  const facts = joinFacts(sorted, texts);
  return {
    seq: first.message.seq,
    sender: sorted.find((message) => message.sender !== null)?.sender ?? null,
    sourceId: sorted.map((message) => message.sourceId).sort(compareNullable)[0] ?? null,
    ...clockOf(finest),
    kind: chooseKind(texts.candidates),
    text: texts.current.text,
    attachments: joinAttachments(texts.candidates.map((message) => message.attachments)),
    facts: Object.keys(facts).length === 0 ? null : facts,
  };
}

/** True where `image` ends its archive and its text is the first lines of the other's. */
export function isCutOf(image: SeenImage, other: SeenImage): boolean {
  return image.mayBeCut && isFirstLinesOf(image.message.text, other.message.text);
}

export function isFirstLinesOf(part: string, whole: string): boolean {
  return (
    part.length < whole.length &&
    whole.startsWith(part) &&
    (part === '' || whole.charAt(part.length) === '\n' || whole.charAt(part.length) === '\r')
  );
}

interface ChosenText {
  readonly current: Message;
  /** Texts that the sender replaced, oldest first. */
  readonly older: readonly OlderText[];
  /** Images that show content: those not deleted, where there are any. */
  readonly candidates: readonly Message[];
}

/** When it was edited: the time, 0 where that is not known, -1 where it was not. */
function editedRank(message: Message): number {
  const edited = message.facts?.edited;
  return edited === undefined ? -1 : (edited.editedAtMs ?? 0);
}

function chooseText(sorted: readonly Message[]): ChosenText {
  const shown = sorted.filter((message) => message.facts?.deleted === undefined);
  const candidates = shown.length > 0 ? shown : sorted;
  const byEdit = candidates.toSorted((a, b) => editedRank(a) - editedRank(b));
  const last = byEdit[byEdit.length - 1];
  if (last === undefined) throw new RangeError('no image');
  const wordedByApp = shown.length === 0 || isWordedByApp(classOf(last));
  const frozen = freezeText(last.text);
  // Of texts that differ in marks or in the phone's language only, one is taken that does not change with the next export.
  const same = byEdit.filter((message) => (wordedByApp || freezeText(message.text) === frozen) && editedRank(message) === editedRank(last));
  const current = same.reduce((best, message) => (compareTexts(message.text, best.text) > 0 ? message : best), last);
  if (wordedByApp) return { current, older: [], candidates };
  const older = new Map<string, OlderText>();
  for (const message of byEdit) for (const text of message.facts?.olderTexts ?? []) older.set(freezeText(text.text), text);
  for (const message of byEdit) {
    const key = freezeText(message.text);
    if (!older.has(key)) older.set(key, { text: message.text, editedAtMs: message.facts?.edited?.editedAtMs ?? null });
  }
  older.delete(frozen);
  return { current, older: [...older.values()], candidates };
}

function compareTexts(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function compareNullable(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

const clockRank = { absolute: 2, second: 1, minute: 0 };

function compareClocks(a: Message, b: Message): number {
  return clockRank[a.clock] - clockRank[b.clock] || a.sentAtMs - b.sentAtMs || a.zoneOffsetMin - b.zoneOffsetMin;
}

function clockOf({ sentAtMs, clock, zoneOffsetMin }: Message): Pick<Message, 'sentAtMs' | 'clock' | 'zoneOffsetMin'> {
  return { sentAtMs, clock, zoneOffsetMin };
}

const vagueKinds: Partial<Record<Message['kind'], number>> = { unknown: 3, text: 2, forwarded: 2, file: 1, link: 1 };

function chooseKind(messages: readonly Message[]): Message['kind'] {
  const rank = (message: Message): number => (vagueKinds[message.kind] ?? 0) * messageKinds.length + messageKinds.indexOf(message.kind);
  return messages.reduce((best, message) => (rank(message) < rank(best) ? message : best)).kind;
}

function attachmentRank(attachment: Attachment): number {
  const held = attachment.sha256 === null ? 0 : attachment.missing === null ? 100 : 50;
  return held + (attachment.name === null ? 0 : 4) + (attachment.kind === 'file' ? 0 : 2) + (attachment.mime === null ? 0 : 1);
}

function pickAttachment(a: Attachment, b: Attachment): Attachment {
  const order = attachmentRank(a) - attachmentRank(b) || (writeCanonical(a) < writeCanonical(b) ? -1 : 1);
  return order >= 0 ? a : b;
}

/** Slot by slot the richer one; a list that is longer keeps its rest. */
function joinAttachments(lists: readonly (readonly Attachment[])[]): readonly Attachment[] {
  return lists.reduce((joined, list) => {
    if (joined.length === 0 || list.length === 0) return joined.length === 0 ? list : joined;
    const [longer, shorter] = joined.length >= list.length ? [joined, list] : [list, joined];
    return longer.map((attachment, slot) => {
      const other = shorter[slot];
      return other === undefined ? attachment : pickAttachment(attachment, other);
    });
  });
}

const plainFacts = ['replyTo', 'forward', 'reactions', 'location', 'contact', 'call', 'poll', 'service', 'extra'] as const;

function joinFacts(sorted: readonly Message[], texts: ChosenText): MessageFacts {
  const facts: { -readonly [Name in keyof MessageFacts]: unknown } = {};
  const byEdit = sorted.toSorted((a, b) => editedRank(a) - editedRank(b));
  for (const message of byEdit) {
    for (const name of plainFacts) if (message.facts?.[name] !== undefined) facts[name] = message.facts[name];
    if (message.facts?.edited !== undefined) facts.edited = message.facts.edited;
  }
  const deletions = sorted.flatMap((message) => message.facts?.deleted ?? []).sort((a, b) => compareTexts(b.by, a.by));
  const deleted = deletions.find(({ by }) => by !== 'unknown') ?? deletions[0];
  if (deleted !== undefined) facts.deleted = deleted;
  if (texts.older.length > 0) facts.olderTexts = texts.older;
  if (texts.current.facts?.entities !== undefined) facts.entities = texts.current.facts.entities;
  return facts as MessageFacts;
}
