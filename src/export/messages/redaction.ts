// Parts blacked out: words that the owner gave and what tells by its form, wherever a text stands. A block is always as long, so that
// it says nothing of what it covers. What cannot be looked through (whatever only one app knows) is left out, ids become others.
// Pictures and voices are not looked through.

import { createSha256 } from '../../crypto/sha256';
import { mostRedactedWords, type Redaction } from '../../model/export';
import type { Attachment, Message } from '../../model/message';
import type { MessageFacts } from '../../model/record';
import { foldText } from './folded-text';
import { type Range, tellingRanges } from './telling-patterns';
import { hideOrigins } from './hide-origins';

export const redactedBlock = '█████';

export interface Redactor {
  text(text: string): string;
  message(message: Message): Message;
}

type WordsByFirst = ReadonlyMap<number, readonly string[]>;

function groupWords(words: readonly string[]): WordsByFirst {
  const groups = new Map<number, string[]>();
  for (const word of new Set(words.slice(0, mostRedactedWords).map((each) => foldText(each).text.trim()))) {
    if (word === '') continue;
    const first = word.charCodeAt(0);
    groups.set(first, [...(groups.get(first) ?? []), word]);
  }
  return groups;
}

function* wordRanges(text: string, byFirst: WordsByFirst): Generator<Range> {
  for (let at = 0; at < text.length; at++)
    for (const word of byFirst.get(text.charCodeAt(at)) ?? []) if (text.startsWith(word, at)) yield [at, at + word.length];
}

/** Ranges that meet or overlap as one, so that not even their number tells. */
function joinRanges(ranges: readonly Range[]): Range[] {
  const joined: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function blackOut(given: string, ranges: readonly Range[]): string {
  let text = '';
  let from = 0;
  for (const [start, end] of ranges) {
    text += given.slice(from, start) + redactedBlock;
    from = end;
  }
  return text + given.slice(from);
}

/** `salt` makes ids of messages into others, which only this export knows. */
export function createRedactor({ words, kinds }: Redaction, salt: string): Redactor {
  const byFirst = groupWords(words);
  const text = (given: string): string => {
    const folded = foldText(given);
    const found = [...wordRanges(folded.text, byFirst), ...kinds.flatMap((kind) => [...tellingRanges(folded.text, kind)])];
    if (found.length === 0) return given;
    const ranges = found.map(([from, to]): Range => [folded.start(from), folded.end(to - 1)]);
    return blackOut(given, joinRanges(ranges));
  };
  const idOf = (id: string): string => {
    const hash = createSha256();
    hash.update(new TextEncoder().encode(`${salt}\n${id}`));
    return hash.digestHex().slice(0, 24);
  };
  return { text, message: (message) => redactMessage(message, { text, idOf }) };
}

interface Redacting {
  text(text: string): string;
  idOf(id: string): string;
}

function redactMessage(message: Message, redacting: Redacting): Message {
  const text = redacting.text(message.text);
  return {
    ...message,
    text,
    sourceId: message.sourceId === null ? null : redacting.idOf(message.sourceId),
    attachments: message.attachments.map((attachment) => redactAttachment(attachment, redacting)),
    facts: message.facts === null ? null : redactFacts(message.facts, text === message.text, redacting),
  };
}

function redactAttachment(attachment: Attachment, { text }: Redacting): Attachment {
  const { name, mime } = attachment;
  return { ...attachment, name: name === null ? null : text(name), mime: mime === null ? null : text(mime) };
}

/** Only what is named here: a field that comes later stays out until it is looked through. */
function redactFacts(facts: MessageFacts, keepsEntities: boolean, redacting: Redacting): MessageFacts {
  const { reactions, edited, olderTexts, deleted, entities, call, poll, service } = facts;
  const { text } = redacting;
  return {
    ...redactPlaces(facts, redacting),
    ...(reactions && { reactions: reactions.map(({ emoji, count, by }) => ({ emoji: text(emoji), count, by: by.map(text) })) }),
    ...(edited && { edited }),
    ...(olderTexts && { olderTexts: olderTexts.map(({ text: older, editedAtMs }) => ({ text: text(older), editedAtMs })) }),
    ...(deleted && { deleted }),
    // Where a block stands, what follows it lies elsewhere.
    ...(entities && keepsEntities && { entities: entities.map((entity) => redactEntity(entity, redacting)) }),
    ...(call && { call }),
    ...(poll && {
      poll: {
        question: text(poll.question),
        ...(poll.closed !== undefined && { closed: poll.closed }),
        options: poll.options.map(({ text: option, votes }) => ({ text: text(option), votes })),
      },
    }),
    ...(service && { service: { action: text(service.action), ...(service.members && { members: service.members.map(text) }) } }),
  };
}

type Entity = NonNullable<MessageFacts['entities']>[number];

function redactEntity({ type, offset, length, href }: Entity, { text }: Redacting): Entity {
  return { type, offset, length, ...(href !== undefined && text(href) === href && { href }) };
}

function redactPlaces({ replyTo, forward, location, contact }: MessageFacts, { text, idOf }: Redacting): MessageFacts {
  return {
    ...hideOrigins({ replyTo, forward }, { text, nameOf: text, idOf }),
    // A place whose name is blacked out would be found by its degrees.
    ...(location && !isTold(location, text) && { location }),
    ...(contact && { contact: { name: text(contact.name), ...(contact.phone !== undefined && { phone: text(contact.phone) }) } }),
  };
}

function isTold({ name = '', address = '' }: NonNullable<MessageFacts['location']>, text: Redacting['text']): boolean {
  return text(name) !== name || text(address) !== address;
}
