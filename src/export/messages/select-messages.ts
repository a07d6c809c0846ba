// Which conversations and people an export is about, and what they are called in it.

import { throughContacts } from '../../model/contacts';
import { conversationName, personName } from '../../model/display-names';
import { CamphorError } from '../../model/error';
import type { MessageExport } from '../../model/export';
import type { PersonId } from '../../model/ids';
import type { Message } from '../../model/message';
import type { Overlay } from '../../model/overlay';
import { conversationSubject, indexOverlays, type OverlayIndex } from '../../model/overlay-index';
import { personView } from '../../timeline/person-views';
import { huesAmong } from '../../timeline/hues';
import type { ArchiveReader, ConversationEntry, PersonEntry } from '../../vault/archive';
import { shownConversations } from '../../vault/shown-conversations';
import type { WrittenConversation, WrittenPerson } from './message-writer';
import { createPseudonyms, shortNames } from './pseudonyms';
import { createRedactor, type Redactor } from './redaction';
import type { ExportWords } from './words';

export interface Selection {
  readonly conversations: readonly WrittenConversation[];
  /** A message as it is to be written: parts blacked out, then names replaced, where that is asked for. */
  alter(message: Message): Message;
  /** Who that is in the conversation; null for whom the vault does not know. */
  person(id: PersonId, conversation: ConversationEntry): WrittenPerson | null;
}

export interface SelectionInput {
  readonly reader: ArchiveReader;
  readonly overlays: readonly Overlay[];
  readonly request: MessageExport;
  readonly words: ExportWords;
  /** Known to this export only; for ids under pseudonyms and in a redacted export. */
  readonly salt: string;
}

/** Throws CamphorError `not-found` where a conversation that was asked for is not there. */
export async function selectMessages({ reader, overlays, request, words, salt }: SelectionInput): Promise<Selection> {
  const index = indexOverlays(overlays);
  const { people, conversation: named } = await throughContacts(await reader.people());
  const shown = (await shownConversations(reader, overlays)).map(named);
  const entries = chooseEntries(shown, request, index);
  const hidesNames = request.names === 'pseudonyms';
  const redactor = request.redaction === undefined ? null : createRedactor(request.redaction, salt);
  const numbers = new Map<PersonId, number>();
  const numberOf = (id: PersonId): number => {
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return number;
  };
  const huesOf = rememberHues(people);
  const describe: Selection['person'] = (id, conversation) => {
    const entry = people.get(id);
    if (entry === undefined) return null;
    const number = numberOf(id);
    const { name, isOwner, hue } = personView(entry, conversation, index, huesOf(conversation));
    return hidesNames
      ? { number, name: `${words.person} ${number}`, isOwner, hue, sourceId: null, entry }
      : { number, ...namedAs(name, entry.sourceId, redactor), isOwner, hue, entry };
  };
  const person = rememberPeople(describe);
  const conversations = entries.map((entry, at): WrittenConversation => {
    const { source, sourceId, shape, messageCount } = entry;
    const members = entry.people.flatMap((id) => person(id, entry) ?? []);
    const common = { number: at + 1, source, shape, people: members, entry, messageCount };
    return hidesNames
      ? { ...common, name: `${words.conversation} ${at + 1}`, sourceId: null }
      : { ...common, ...namedAs(conversationName(entry, index, people), sourceId, redactor) };
  });
  const pseudonyms = hidesNames ? createPseudonyms(allNames(conversations, people, index, words), salt, words.person) : null;
  const alter = (message: Message): Message => {
    const redacted = redactor?.message(message) ?? message;
    return pseudonyms?.message(redacted) ?? redacted;
  };
  return { conversations, alter, person };
}

/** Ids may be numbers or names: under a redaction there are none. */
function namedAs(name: string, sourceId: string | null, redactor: Redactor | null): Pick<WrittenPerson, 'name' | 'sourceId'> {
  return redactor === null ? { name, sourceId } : { name: redactor.text(name), sourceId: null };
}

/** The hues of the conversation that is read, worked out once. */
function rememberHues(people: ReadonlyMap<PersonId, PersonEntry>): (conversation: ConversationEntry) => ReturnType<typeof huesAmong> {
  let last: { readonly of: ConversationEntry; readonly hues: ReturnType<typeof huesAmong> } | null = null;
  return (conversation) => {
    if (last?.of !== conversation) last = { of: conversation, hues: huesAmong(conversation.people, people) };
    return last.hues;
  };
}

/** Each person of the conversation that is read is described once, however many messages are theirs. */
function rememberPeople(describe: Selection['person']): Selection['person'] {
  let current: ConversationEntry | null = null;
  const known = new Map<PersonId, WrittenPerson | null>();
  return (id, conversation) => {
    if (conversation !== current) known.clear();
    current = conversation;
    const found = known.get(id);
    if (found !== undefined) return found;
    const person = describe(id, conversation);
    known.set(id, person);
    return person;
  };
}

function chooseEntries(shown: readonly ConversationEntry[], request: MessageExport, index: OverlayIndex): readonly ConversationEntry[] {
  const there = shown.filter(({ id }) => !index.has('removed', conversationSubject(id)));
  const { conversations, fromMs, toMs, found } = request;
  const asked = conversations === null ? null : new Set(conversations);
  const chosen = asked === null ? there : there.filter(({ id, parts }) => asked.has(id) || parts?.some((part) => asked.has(part)) === true);
  if (asked !== null && chosen.length < asked.size) throw new CamphorError('not-found', { what: 'conversation' });
  return chosen.filter(
    ({ id, firstAtMs, lastAtMs }) =>
      (found === null || found.has(id)) &&
      firstAtMs !== null &&
      firstAtMs < (toMs ?? Infinity) &&
      (lastAtMs ?? firstAtMs) >= (fromMs ?? -Infinity),
  );
}

/** All that is replaced: names of people by their own stand-in, then what they are called for short, then names of others and of conversations. */
function* allNames(
  conversations: readonly WrittenConversation[],
  people: ReadonlyMap<PersonId, PersonEntry>,
  index: OverlayIndex,
  words: ExportWords,
): Generator<readonly [string, string]> {
  for (const { people: members } of conversations)
    for (const { entry, name } of members)
      for (const each of [personName(entry, index), ...entry.names, entry.sourceId ?? '']) yield [each, name];
  for (const { people: members } of conversations)
    for (const { entry, name } of members)
      for (const each of [personName(entry, index), ...entry.names].flatMap(shortNames)) yield [each, name];
  for (const entry of people.values()) for (const each of entry.names) yield [each, words.person];
  for (const { entry, name } of conversations) for (const each of entry.names) yield [each, name];
}
