// What of a snapshot is taken in, and where it goes: by the owner's choice, or else by what was found.

import type { ConversationId, PersonId, ReceiptId } from '../model/ids';
import type { PortableId } from '../model/portable';
import type { SeqRun } from '../model/receipt';
import type { ImportChoice } from '../model/view';
import type { ConversationEntry } from '../vault/archive';
import { shiftAnswerId } from './archive-job';
import type { CommonPart, MatchInput, SnapshotMatch } from './match-snapshot';
import { findKnownImports, matchSnapshot, surveyConversation } from './match-snapshot';
import type { LoadedConversation } from './load-snapshot';
import { mapPeople } from './map-people';
import { countPlaces, joinRuns, runsBetween } from './place-runs';
import type { RemovedConversation } from './removed';
import type { ClockTranslation } from './snapshot-clock';
import { findTranslation, sameClock, shiftedClock } from './snapshot-clock';
import type { ReceiptHead } from './snapshot-receipts';

export interface SnapshotDestination {
  readonly conversation: LoadedConversation;
  readonly match: SnapshotMatch;
  /** Where it goes; null where it becomes a new one, or one that was removed. */
  readonly entry: ConversationEntry | null;
  /** Set where a removal is lifted. */
  readonly removed: RemovedConversation | null;
  readonly clock: ClockTranslation;
  /** Found by overlap, so that the owner is asked; null where clocks agree, or an import that both know tells. */
  readonly shift: { readonly minutes: number; readonly isCertain: boolean } | null;
  /** Imports to take in, in this order. */
  readonly wanted: readonly ReceiptHead[];
  /** Places that other imports of the snapshot hold: known here already, or taken back here. */
  readonly blocked: readonly SeqRun[];
  /** Those of them that came in before, but not whole: the snapshot that they came from was damaged. */
  readonly incomplete: ReadonlySet<ReceiptId>;
  /** Places that no import of the snapshot holds; they are kept under a receipt of their own. */
  readonly orphans: readonly SeqRun[];
  /** False where they came in before. */
  readonly takesStrays: boolean;
  /** People of the snapshot who are people of the vault. */
  readonly people: ReadonlyMap<PortableId, PersonId>;
}

export interface ChosenSnapshot {
  readonly matches: readonly SnapshotMatch[];
  /** Of all that is not skipped. */
  readonly destinations: readonly SnapshotDestination[];
}

export interface ChooseInput extends Omit<MatchInput, 'known'> {
  readonly choice: ImportChoice;
  /** The receipt that stands for what no import of the snapshot holds. */
  readonly strayReceipt: ReceiptId;
}

const msPerMinute = 60_000;

export async function chooseSnapshot(input: ChooseInput): Promise<ChosenSnapshot> {
  const { reader, loaded, choice } = input;
  const known = await findKnownImports(reader, loaded);
  const matching = { ...input, known };
  const matches = await matchSnapshot(matching);
  const persons = await reader.people();
  const destinations: SnapshotDestination[] = [];
  for (const match of matches) {
    const chosen = choice.conversations[match.conversation.index];
    const where = await chooseWhere(input, match, chosen);
    if (where === null) continue;
    const { entry, removed } = where;
    const parts = known.common.get(match.conversation.id) ?? [];
    const isProposed = entry !== null && entry.id === match.entry?.id;
    // What lies in another conversation by an earlier import is known, unless the owner says where this one goes.
    const knownHere = parts.filter(({ here }) => removed === null && (isProposed ? true : here.conversation === entry?.id));
    const holding = selectImports(input, match.conversation, knownHere, known.receipts);
    const clock = await readClocks(matching, match, entry, parts);
    const people = mapPeople({
      loaded,
      match,
      entry,
      parts: knownHere,
      notes: known.notes,
      persons,
      overlap: isProposed ? match.overlap : null,
    });
    destinations.push({ conversation: match.conversation, match, entry, removed, ...clock, ...holding, people });
  }
  return { matches, destinations };
}

/** Null where nothing is taken: skipped, or removed here and not asked for by name. */
async function chooseWhere(
  { reader }: ChooseInput,
  match: SnapshotMatch,
  chosen: 'skip' | 'new' | ConversationId | undefined,
): Promise<{ entry: ConversationEntry | null; removed: RemovedConversation | null } | null> {
  if (chosen === 'skip') return null;
  if (chosen === 'new') return { entry: null, removed: null };
  if (chosen === undefined) return match.removed === null ? { entry: match.entry, removed: null } : null;
  if (chosen === match.removed?.conversation) return { entry: null, removed: match.removed };
  return { entry: await reader.conversation(chosen), removed: null };
}

function selectImports(
  { loaded, strayReceipt }: ChooseInput,
  conversation: LoadedConversation,
  known: readonly CommonPart[],
  receipts: ReadonlyMap<ReceiptId, { readonly undoneAtMs: number | null }>,
): Pick<SnapshotDestination, 'wanted' | 'incomplete' | 'blocked' | 'orphans' | 'takesStrays'> {
  const incomplete = new Set(
    known.filter(({ there, here }) => countPlaces(here.held) < countPlaces(there.held)).map(({ receipt }) => receipt),
  );
  const complete = new Set(known.map(({ receipt }) => receipt).filter((id) => !incomplete.has(id)));
  const isUndoneHere = (id: ReceiptId): boolean => (receipts.get(id)?.undoneAtMs ?? null) !== null;
  const heads = loaded.receipts.heads.filter(({ isUndone, parts }) => !isUndone && parts.has(conversation.id));
  const wanted = heads.filter(({ id }) => !complete.has(id) && !isUndoneHere(id));
  const heldBy = (some: readonly ReceiptHead[]): SeqRun[] => joinRuns(some.flatMap(({ parts }) => parts.get(conversation.id)?.held ?? []));
  const takesStrays = !receipts.has(strayReceipt);
  const orphans = takesStrays ? runsBetween(heldBy(heads), conversation.messages) : [];
  return { wanted, incomplete, blocked: heldBy(heads.filter((head) => !wanted.includes(head))), orphans, takesStrays };
}

async function readClocks(
  input: MatchInput,
  { conversation, overlap, entry: proposed }: SnapshotMatch,
  entry: ConversationEntry | null,
  parts: readonly CommonPart[],
): Promise<Pick<SnapshotDestination, 'clock' | 'shift'>> {
  if (entry === null) return { clock: sameClock, shift: null };
  const zones = { zoneThere: conversation.zone ?? null, zoneHere: entry.zone };
  const ticks = parts
    .filter(({ here }) => here.conversation === entry.id)
    .flatMap(({ there, here }) => there.openTicks.map((tick, index) => [tick, here.openTicks[index] ?? tick] as const));
  if (ticks.length > 0) return { clock: findTranslation({ ticks, ...zones }), shift: null };
  if (overlap === null || overlap.shiftMs === 0 || entry.id !== proposed?.id) return { clock: sameClock, shift: null };
  const { firstAtMs } = await surveyConversation(input, conversation);
  const clock = findTranslation({ ticks: [[firstAtMs, firstAtMs + overlap.shiftMs]], ...zones });
  return { clock, shift: { minutes: overlap.shiftMs / msPerMinute, isCertain: overlap.isCertain } };
}

/** With the owner's answer in place of what was found. */
export function answeredClock({ clock, shift, conversation }: SnapshotDestination, choice: ImportChoice): ClockTranslation {
  const answer = shift === null ? undefined : choice.answers[shiftAnswerId(conversation.index)];
  if (answer === undefined || Number(answer) === shift?.minutes || !Number.isFinite(Number(answer))) return clock;
  return shiftedClock(Number(answer) * msPerMinute);
}
