// One archive of a drop: what was opened, what was found in it, and what the owner chose.

import type { OpenedSet } from '../bytes/file-set';
import type { ByteSource } from '../bytes/source';
import type { Answers, Detection, Importer, Question } from '../importers/importer';
import type { ConversationId, PersonId } from '../model/ids';
import type { ImportChoice } from '../model/view';
import type { ArchiveReader, ConversationEntry, PersonEntry } from '../vault/archive';
import type { ClockReading } from './clock';
import type { HashedSet } from './identity';
import type { ConversationMatch } from './match-conversations';
import { matchConversations } from './match-conversations';
import { matchPeople } from './match-people';
import type { EarlierImport } from './read-again';
import type { RemovedConversation } from './removed';
import type { ServedFrom } from './snapshot-job';
import type { Survey } from './survey';

export interface ArchiveJob {
  readonly archiveId: string;
  readonly set: OpenedSet;
  readonly hashed: HashedSet;
  readonly sizeBytes: number;
  /** The ZIP as it was dropped; null where the set is none, or lies inside of another. */
  readonly zip: ByteSource | null;
  readonly importer: Importer;
  readonly detection: Detection;
  readonly questions: readonly Question[];
  /** Zone in which wall clocks are read where neither the owner nor a conversation says another. */
  readonly zone: string;
  /** For pieces that are read again: the import that they are from. */
  readonly earlier?: EarlierImport;
  /** True for an app of a phone's backup. */
  readonly isOfPhone?: boolean;
  /** For a snapshot that a repository serves. */
  readonly servedFrom: ServedFrom | null;
}

/** Where a conversation of the archive goes. */
export interface Destination {
  readonly index: number;
  readonly entry: ConversationEntry | null;
  readonly removed: RemovedConversation | null;
  readonly reading: ClockReading;
  /** Detected shift of its clocks, whether or not it is applied; null where they agree. */
  readonly shift: { readonly minutes: number; readonly isCertain: boolean } | null;
  /** People of the archive who continue people of the vault. */
  readonly people: ReadonlyMap<number, PersonId>;
  readonly match: ConversationMatch;
}

export function shiftAnswerId(index: number): string {
  return `clock-shift:${index}`;
}

const msPerMinute = 60_000;

/** Decides for every conversation of the archive that is not skipped, by the owner's choice or else by what was found. */
export async function chooseDestinations(
  reader: ArchiveReader,
  job: ArchiveJob,
  survey: Survey,
  choice: ImportChoice,
): Promise<Destination[]> {
  const zone = choice.answers['zone'] ?? null;
  const matches = await matchConversations(reader, job.detection.source, survey, zone ?? job.zone);
  const people = await reader.people();
  const destinations: Destination[] = [];
  for (const match of matches) {
    const chosen = choice.conversations[match.index];
    if (chosen === 'skip') continue;
    const entry = await chooseEntry(reader, job, match, chosen);
    const overlap = entry !== null && entry.id === match.conversation?.id ? match.overlap : null;
    const shift =
      overlap === null || overlap.shiftMs === 0 ? null : { minutes: overlap.shiftMs / msPerMinute, isCertain: overlap.isCertain };
    const answered = Number(choice.answers[shiftAnswerId(match.index)] ?? shift?.minutes ?? 0);
    const reading = { zone: zone ?? entry?.zone ?? job.zone, shiftMs: Number.isFinite(answered) ? answered * msPerMinute : 0 };
    const removed = chosen === undefined || chosen === match.removed?.conversation ? match.removed : null;
    destinations.push({
      index: match.index,
      entry,
      removed,
      reading,
      shift,
      people: continuePeople(survey, match, entry, people, overlap),
      match,
    });
  }
  return destinations;
}

async function chooseEntry(
  reader: ArchiveReader,
  { earlier }: ArchiveJob,
  match: ConversationMatch,
  chosen: 'new' | ConversationId | undefined,
): Promise<ConversationEntry | null> {
  if (chosen === 'new') return null;
  // Pieces alone overlap with nothing: they go where the rest of their archive went.
  const wanted = chosen ?? (match.conversation === null ? (earlier?.conversation ?? null) : null);
  return wanted === null ? match.conversation : reader.conversation(wanted);
}

function continuePeople(
  survey: Survey,
  match: ConversationMatch,
  entry: ConversationEntry | null,
  known: ReadonlyMap<PersonId, PersonEntry>,
  overlap: ConversationMatch['overlap'],
): ReadonlyMap<number, PersonId> {
  if (entry === null) return new Map();
  const here = [...survey.people.values()].filter((person) => person.conversation === null || person.conversation === match.index);
  return matchPeople(here, entry, known, overlap);
}

/** A choice that takes every proposal. */
export function defaultChoice(archiveId: string, answers: Answers = {}): ImportChoice {
  return { archiveId, answers, conversations: {}, fromMs: null, toMs: null, media: 'all' };
}

/** What its encrypted databases were written with; as a field, absent where none of them was. */
export function openedAs({ set, detection }: ArchiveJob): { readonly openedAs?: string } {
  const names = new Set(detection.entries.flatMap((entry) => set.entries[entry]?.open().cipher?.name ?? []));
  return names.size === 0 ? {} : { openedAs: [...names].join(' + ') };
}
