// The vault's people as an archive brings them: those with an id of the source are one in all conversations, others belong to one.

import type { ConversationId, PersonId } from '../model/ids';
import type { PersonRecord } from '../model/record';
import type { ArchiveWriter } from '../vault/archive';
import type { ArchiveJob, Destination } from './archive-job';
import { isContacts, modifiedAtMs } from './contacts';
import type { SaidOfPerson } from './import-note';
import type { Target } from './target';

export interface ArchivePeople {
  personOf(person: PersonRecord, target: Target): PersonId;
  /** Someone of an address book, who is in no conversation. */
  addContact(person: PersonRecord): void;
  /** What this archive says of those who appear in it. */
  said(): SaidOfPerson[];
}

interface Seen {
  readonly record: PersonRecord;
  readonly conversation: ConversationId | null;
}

export async function openPeople(
  writer: ArchiveWriter,
  job: ArchiveJob,
  destinations: readonly Destination[],
  targets: ReadonlyMap<number, Target>,
): Promise<ArchivePeople> {
  const bySourceId = new Map<string, PersonId>();
  for (const person of (await writer.base.people()).values()) {
    if (person.source === job.detection.source && person.sourceId !== null) bySourceId.set(person.sourceId, person.id);
  }
  const continued = new Map(destinations.map(({ index, people }) => [index, people]));
  const seen = new Map<PersonId, Seen>();
  const see = (record: PersonRecord, known: PersonId | undefined, within: ConversationId | null): PersonId => {
    const { sourceId } = record;
    const id = known ?? writer.newPersonId();
    if (sourceId !== null) bySourceId.set(sourceId, id);
    seen.set(id, { record, conversation: sourceId === null ? within : null });
    return id;
  };
  return {
    personOf(record, { index, id }) {
      const { sourceId } = record;
      return see(record, sourceId === null ? continued.get(index)?.get(record.index) : bySourceId.get(sourceId), id);
    },
    addContact(record) {
      if (record.sourceId !== null) see(record, bySourceId.get(record.sourceId), null);
    },
    said: () => sayOf(seen, isContacts(job) ? modifiedAtMs(job) : lastTick(targets)),
  };
}

function lastTick(targets: ReadonlyMap<number, Target>): number {
  return Math.max(...[...targets.values()].map(({ importing }) => importing.asOfMs));
}

function sayOf(seen: ReadonlyMap<PersonId, Seen>, asOfMs: number): SaidOfPerson[] {
  return [...seen].map(
    ([
      person,
      {
        record: { sourceId, name, isOwner },
        conversation,
      },
    ]) => ({
      person,
      asOfMs,
      sourceId,
      conversation,
      name,
      isOwner,
    }),
  );
}
