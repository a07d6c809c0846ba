// Stand-ins for names, the same for the same person wherever they are named: as senders, in texts, in quotes and reactions. What
// may tell who somebody is and cannot be replaced (ids, numbers, names of files, whatever only one app knows) is left out. Who is
// meant by words such as "my sister" stays, as do faces in pictures.

import { createSha256 } from '../../crypto/sha256';
import type { Message } from '../../model/message';
import type { MessageFacts } from '../../model/record';
import { type Hiding, hideOrigins } from './hide-origins';

export interface Pseudonyms {
  text(text: string): string;
  message(message: Message): Message;
}

/** A name of one letter is in too many words. */
const shortestName = 2;
/** From so many letters on a name is found in small letters too; shorter ones, such as Will, are often words. */
const shortestFolded = 5;
/** What archives call their owner, and everybody everybody else. */
const pronouns = new Set(['You', 'Me', 'Self', '我', '你']);
const mostNames = 100_000;

/** Letters of scripts that part words by blanks: a name that ends in one is a whole word. Others are found anywhere. */
const spacedLetter = /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}]/u;
const isSpaced = (letter: string | undefined): boolean => letter !== undefined && spacedLetter.test(letter);

interface Name {
  readonly text: string;
  readonly pseudonym: string;
  readonly isWholeBefore: boolean;
  readonly isWholeAfter: boolean;
}

/** Names are looked for by their first unit, large or small. */
const firstOf = (text: string, at: number): number => {
  const unit = text.charCodeAt(at);
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
};

/** The code point that ends before `at`. */
function letterBefore(text: string, at: number): string | undefined {
  const low = text.charCodeAt(at - 1);
  return at === 0 ? undefined : text.slice(low >= 0xdc00 && low <= 0xdfff ? at - 2 : at - 1, at);
}

/** What people are called for short: the first word of a name, the given name of a Chinese one of three characters. */
export function shortNames(name: string): readonly string[] {
  if (/^\p{Script=Han}{3}$/u.test(name)) return [[...name].slice(1).join('')];
  const [first = '', ...others] = name.split(/\s+/);
  return others.length > 0 && /^\p{Lu}\p{L}{2,}$/u.test(first) ? [first] : [];
}

function stands({ text: name, isWholeBefore, isWholeAfter }: Name, text: string, at: number): boolean {
  const isThere =
    text.startsWith(name, at) || (name.length >= shortestFolded && text.slice(at, at + name.length).toLowerCase() === name.toLowerCase());
  if (!isThere) return false;
  if (isWholeBefore && isSpaced(letterBefore(text, at))) return false;
  const behind = text.codePointAt(at + name.length);
  return !(isWholeAfter && behind !== undefined && isSpaced(String.fromCodePoint(behind)));
}

/** The text with every name replaced, the longest that stands somewhere before shorter ones. */
function replaceNames(text: string, byFirst: ReadonlyMap<number, readonly Name[]>): string {
  let replaced = '';
  let from = 0;
  for (let at = 0; at < text.length;) {
    const name = byFirst.get(firstOf(text, at))?.find((each) => stands(each, text, at));
    if (name === undefined) {
      at++;
      continue;
    }
    replaced += text.slice(from, at) + name.pseudonym;
    at += name.text.length;
    from = at;
  }
  return from === 0 ? text : replaced + text.slice(from);
}

function groupNames(byName: ReadonlyMap<string, string>): ReadonlyMap<number, readonly Name[]> {
  const groups = new Map<number, Name[]>();
  for (const [text, pseudonym] of [...byName].sort(([a], [b]) => b.length - a.length)) {
    const letters = [...text];
    const name = { text, pseudonym, isWholeBefore: isSpaced(letters[0]), isWholeAfter: isSpaced(letters.at(-1)) };
    const first = firstOf(text, 0);
    const group = groups.get(first);
    if (group === undefined) groups.set(first, [name]);
    else group.push(name);
  }
  return groups;
}

/**
 * `names`: all that people are called, with what is to stand there; where two are called the same, the first counts. `salt` makes
 * ids of messages into others, which only this export knows. `unknown` stands for a name that is none of them.
 */
export function createPseudonyms(names: Iterable<readonly [name: string, pseudonym: string]>, salt: string, unknown: string): Pseudonyms {
  const byName = new Map<string, string>();
  for (const [name, pseudonym] of names) {
    const plain = name.trim();
    if (plain.length >= shortestName && !pronouns.has(plain) && !byName.has(plain) && byName.size < mostNames) byName.set(plain, pseudonym);
  }
  const byFirst = groupNames(byName);
  const text = (given: string): string => replaceNames(given, byFirst);
  const nameOf = (name: string): string => byName.get(name.trim()) ?? unknown;
  const idOf = (id: string): string => {
    const hash = createSha256();
    hash.update(new TextEncoder().encode(`${salt}\n${id}`));
    return hash.digestHex().slice(0, 24);
  };
  return { text, message: (message) => hideNames(message, { text, nameOf, idOf }) };
}

function hideNames(message: Message, hiding: Hiding): Message {
  const text = hiding.text(message.text);
  return {
    ...message,
    text,
    sourceId: message.sourceId === null ? null : hiding.idOf(message.sourceId),
    attachments: message.attachments.map((attachment) => ({ ...attachment, name: null })),
    facts: message.facts === null ? null : hideInFacts(message.facts, text === message.text, hiding),
  };
}

function hideInFacts(facts: MessageFacts, keepsEntities: boolean, { text, nameOf, idOf }: Hiding): MessageFacts {
  const { replyTo, forward, reactions, edited, olderTexts, deleted, entities, location, contact, call, poll, service } = facts;
  return {
    ...hideOrigins({ replyTo, forward }, { text, nameOf, idOf }),
    ...(reactions && { reactions: reactions.map((each) => ({ ...each, by: each.by.map(nameOf) })) }),
    ...(edited && { edited }),
    ...(olderTexts && { olderTexts: olderTexts.map((older) => ({ ...older, text: text(older.text) })) }),
    ...(deleted && { deleted }),
    // Where a name became another, what follows it lies elsewhere.
    ...(entities && keepsEntities && { entities: entities.map(({ type, offset, length }) => ({ type, offset, length })) }),
    ...(location && { location }),
    ...(contact && { contact: { name: nameOf(contact.name) } }),
    ...(call && { call }),
    ...(poll && {
      poll: { ...poll, question: text(poll.question), options: poll.options.map((each) => ({ ...each, text: text(each.text) })) },
    }),
    ...(service && { service: { action: service.action, ...(service.members && { members: service.members.map(nameOf) }) } }),
  };
}
