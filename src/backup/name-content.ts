// Portable ids of everything that a vault holds.

import type { ConversationId, PersonId, ReceiptId } from '../model/ids';
import type { PortableId } from '../model/portable';
import type { Receipt } from '../model/receipt';
import type { ArchiveReader, ConversationEntry, PersonEntry } from '../vault/archive';
import { readImportNote } from './import-notes';
import { assignIds, conversationKey, personKey } from './portable-id';
import type { ConversationSurvey } from './survey-conversation';

/** Whom imports speak of, and which of them first: orders what has nothing else to be ordered by. */
export interface Mentions {
  /** The least `<receipt>/<number>`. */
  readonly conversations: ReadonlyMap<ConversationId, string>;
  readonly people: ReadonlyMap<PersonId, string>;
  /** People by import, not undone. */
  readonly byReceipt: ReadonlyMap<ReceiptId, readonly PersonId[]>;
}

const mention = (receipt: ReceiptId, number: number): string => `${receipt}/${String(number).padStart(10, '0')}`;

function note<Id>(found: Map<Id, string>, id: Id, at: string): void {
  const known = found.get(id);
  if (known === undefined || at < known) found.set(id, at);
}

/** Reads the note of each import, one at a time. */
export async function readMentions(reader: ArchiveReader, receipts: readonly Receipt[], onStep: () => Promise<void>): Promise<Mentions> {
  const conversations = new Map<ConversationId, string>();
  const people = new Map<PersonId, string>();
  const byReceipt = new Map<ReceiptId, readonly PersonId[]>();
  for (const { id, undoneAtMs, conversations: parts } of receipts) {
    if (undoneAtMs !== null) continue;
    for (const [number, { conversation }] of parts.entries()) note(conversations, conversation, mention(id, number));
    const said = (await readImportNote(reader, id)).people;
    for (const [number, { person }] of said.entries()) note(people, person, mention(id, number));
    byReceipt.set(
      id,
      said.map(({ person }) => person),
    );
    await onStep();
  }
  return { conversations, people, byReceipt };
}

export function nameConversations(
  entries: readonly ConversationEntry[],
  surveys: ReadonlyMap<ConversationId, ConversationSurvey>,
  mentions: Mentions,
): Map<ConversationId, PortableId> {
  const keyed = entries.map((entry) => ({
    item: entry.id,
    key: conversationKey(entry, surveys.get(entry.id)?.first ?? null),
    tie: mentions.conversations.get(entry.id) ?? '~',
  }));
  return assignIds(keyed);
}

/** Everyone whom a conversation names, who sent something under a name only, or of whom an import says something. */
export function namePeople(
  entries: readonly ConversationEntry[],
  surveys: ReadonlyMap<ConversationId, ConversationSurvey>,
  mentions: Mentions,
  people: ReadonlyMap<PersonId, PersonEntry>,
  conversations: ReadonlyMap<ConversationId, PortableId>,
): Map<PersonId, PortableId> {
  const firsts = new Map(
    [...surveys.values()].flatMap((survey) => survey.people.map((first, number) => [first.person, { first, number }] as const)),
  );
  const named = new Set<PersonId>([
    ...entries.flatMap((entry) => [...entry.people, ...entry.ownerPeople]),
    ...firsts.keys(),
    ...mentions.people.keys(),
  ]);
  const keyed = [...named].flatMap((item) => {
    const person = people.get(item);
    const within = person?.conversation ?? null;
    if (person === undefined || (within !== null && !conversations.has(within))) return [];
    const sent = firsts.get(item);
    const key = personKey(person, within === null ? null : (conversations.get(within) ?? null), sent?.first.key ?? null);
    const tie = sent === undefined ? `~${mentions.people.get(item) ?? ''}` : String(sent.number).padStart(10, '0');
    return [{ item, key, tie }];
  });
  return assignIds(keyed);
}
