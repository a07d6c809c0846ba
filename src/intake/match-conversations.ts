// Which conversation of the vault an archive's conversation continues: by the source's own id, else by overlap of messages.
// A name decides nothing; it only says where to look first.

import type { ConversationId, PersonId } from '../model/ids';
import type { SourceApp } from '../model/source';
import type { ArchiveReader, ConversationEntry, PersonEntry } from '../vault/archive';
import { readClock } from './clock';
import type { Overlap } from './overlap';
import { findOverlap } from './overlap';
import type { RemovedConversation } from './removed';
import { loadRemoved, matchesRemoved } from './removed';
import type { Survey, SurveyedConversation } from './survey';

export interface ConversationMatch {
  readonly index: number;
  readonly conversation: ConversationEntry | null;
  /** Set where it continues one that the owner removed. */
  readonly removed: RemovedConversation | null;
  readonly overlap: Overlap | null;
  /** Others of the same source. */
  readonly alternatives: readonly ConversationEntry[];
}

const alternativesLimit = 50;
const probeSegments = 2;
const compareSegments = 16;
const probedConversations = 400;

export async function matchConversations(
  reader: ArchiveReader,
  source: SourceApp,
  survey: Survey,
  zone: string,
): Promise<ConversationMatch[]> {
  const known = (await reader.conversations()).filter((conversation) => conversation.source === source);
  const people = await reader.people();
  const removed = (await loadRemoved(reader)).filter((each) => each.source === source);
  const matches: ConversationMatch[] = [];
  const taken = new Set<ConversationId>();
  for (const [index, surveyed] of survey.conversations) {
    const free = known.filter(({ id }) => !taken.has(id));
    const byId = free.find((each) => isSameSourceId(each, surveyed, survey, people));
    const found = byId === undefined ? await findByOverlap(reader, free, surveyed, zone) : { conversation: byId, overlap: null };
    if (found !== null) taken.add(found.conversation.id);
    matches.push({
      index,
      conversation: found?.conversation ?? null,
      overlap: found?.overlap ?? null,
      removed: found === null ? (removed.find((each) => matchesRemoved(each, surveyed)) ?? null) : null,
      alternatives: listAlternatives(known, surveyed, found?.conversation.id ?? null),
    });
  }
  return matches;
}

/** The same id; a chat of two is the same only where it is the same owner's, since two accounts may know the same person. */
export function isSameSourceId(
  entry: ConversationEntry,
  surveyed: Pick<SurveyedConversation, 'record'>,
  survey: Pick<Survey, 'people'>,
  people: ReadonlyMap<PersonId, PersonEntry>,
): boolean {
  const { sourceId, shape } = surveyed.record;
  if (sourceId === null || entry.sourceId !== sourceId) return false;
  if (shape === 'group' || shape === 'channel') return true;
  const owners = [...survey.people.values()]
    .filter((person) => person.isOwner && person.sourceId !== null)
    .map((person) => person.sourceId);
  const knownOwners = entry.ownerPeople.map((id) => people.get(id)?.sourceId ?? null).filter((id) => id !== null);
  return owners.length === 0 || knownOwners.length === 0 || knownOwners.some((id) => owners.includes(id));
}

export interface Found {
  readonly conversation: ConversationEntry;
  readonly overlap: Overlap;
}

/** Looks briefly into the likeliest conversations, and longer into those that have anything in common. */
export async function findByOverlap(
  reader: ArchiveReader,
  known: readonly ConversationEntry[],
  surveyed: SurveyedConversation,
  zone: string,
): Promise<Found | null> {
  const { record, sample, firstAtMs, lastAtMs } = surveyed;
  const candidates = known.filter((each) => each.messageCount > 0 && (each.sourceId === null || record.sourceId === null));
  const isNamed = (entry: ConversationEntry): boolean => record.name !== null && entry.names.includes(record.name);
  const ordered = [...candidates.filter(isNamed), ...candidates.filter((each) => !isNamed(each))].slice(0, probedConversations);
  let best: Found | null = null;
  for (const conversation of ordered) {
    const reading = { zone: conversation.zone ?? zone, shiftMs: 0 };
    const toInstant = (atMs: number): number => readClock(atMs, surveyed.isZoneless ? 'second' : 'absolute', reading);
    const input = { reader, conversation, sample, toInstant, firstAtMs: toInstant(firstAtMs), lastAtMs: toInstant(lastAtMs) };
    const overlap =
      (await findOverlap({ ...input, segmentLimit: probeSegments })) === null && !isNamed(conversation)
        ? null
        : await findOverlap({ ...input, segmentLimit: compareSegments });
    if (overlap === null || (best !== null && overlap.found <= best.overlap.found)) continue;
    best = { conversation, overlap };
  }
  return best;
}

export function listAlternatives(
  known: readonly ConversationEntry[],
  surveyed: Pick<SurveyedConversation, 'record'>,
  proposed: ConversationId | null,
): ConversationEntry[] {
  const isNamed = (entry: ConversationEntry): number =>
    surveyed.record.name !== null && entry.names.includes(surveyed.record.name) ? 0 : 1;
  return known
    .filter(({ id, sourceId }) => id !== proposed && (sourceId === null || surveyed.record.sourceId === null))
    .toSorted((a, b) => isNamed(a) - isNamed(b) || (b.lastAtMs ?? 0) - (a.lastAtMs ?? 0))
    .slice(0, alternativesLimit);
}
