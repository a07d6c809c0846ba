// What a snapshot is made of, with the ids that everything has there: known before anything is written.

import type { ConversationId, PersonId } from '../model/ids';
import type { PortableId } from '../model/portable';
import { readAhead } from '../model/read-ahead';
import type { Receipt } from '../model/receipt';
import type { ArchiveReader, ConversationEntry, PersonEntry } from '../vault/archive';
import type { BackupCache } from './backup-cache';
import { type Mentions, nameConversations, namePeople, readMentions } from './name-content';
import { type ConversationSurvey, surveyConversation } from './survey-conversation';

export interface Content {
  readonly entries: readonly ConversationEntry[];
  readonly receipts: readonly Receipt[];
  readonly people: ReadonlyMap<PersonId, PersonEntry>;
  readonly surveys: ReadonlyMap<ConversationId, ConversationSurvey>;
  readonly mentions: Mentions;
  readonly conversationIds: ReadonlyMap<ConversationId, PortableId>;
  readonly personIds: ReadonlyMap<PersonId, PortableId>;
}

export interface ContentInput {
  readonly reader: ArchiveReader;
  readonly cache: BackupCache;
  /** What is read at once; default: one after the other. */
  readonly atOnce?: { readonly conversations: number };
  /** Between steps. May throw, which ends the reading. */
  onStep(done: { readonly messages: 0; readonly mediaBytes: 0 }): Promise<void>;
}

/** Throws what reading the vault throws. */
export async function readContent({ reader, cache, onStep, atOnce }: ContentInput): Promise<Content> {
  const step = (): Promise<void> => onStep({ messages: 0, mediaBytes: 0 });
  const entries = await reader.conversations();
  const receipts = await reader.receipts();
  const people = await reader.people();
  const isNameOnly = (person: PersonId): boolean => people.get(person)?.sourceId === null;
  const surveys = new Map<ConversationId, ConversationSurvey>();
  const survey = async (entry: ConversationEntry) =>
    [entry.id, await surveyConversation(entry, { reader, cache, isNameOnly, onStep: step })] as const;
  for await (const [id, found] of readAhead(entries, atOnce?.conversations ?? 1, survey)) surveys.set(id, found);
  const mentions = await readMentions(reader, receipts, step);
  const conversationIds = nameConversations(entries, surveys, mentions);
  const personIds = namePeople(entries, surveys, mentions, people, conversationIds);
  return { entries, receipts, people, surveys, mentions, conversationIds, personIds };
}
