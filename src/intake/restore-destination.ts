// One conversation of a snapshot on its way to where it goes: which files are read, which imports bring what. Used alike for
// the restore itself and for the preview that only counts.

import type { ReceiptId } from '../model/ids';
import type { Message } from '../model/message';
import type { Place, PortableHolding } from '../model/portable';
import type { SeqRun } from '../model/receipt';
import type { SnapshotDestination } from './choose-snapshot';
import type { Holder } from './holder';
import type { SaidOfConversation } from './import-note';
import type { IncomingHolder } from './incoming-holder';
import { makeHolder, makeIncoming } from './incoming-holder';
import type { LoadedMonth, LoadedSnapshot, SnapshotProblems } from './load-snapshot';
import type { MergeEvents } from './merge-incoming';
import type { Edges } from './observation';
import { clipRuns } from './place-runs';
import { readPlaces } from './read-places';
import { restoreConversation } from './restore-conversation';
import type { BroughtPart, OpenConversation, RestoreState } from './restore-state';
import { toMessage } from './restore-state';
import type { SegmentStore } from './segment-cursor';
import type { ClockTranslation } from './snapshot-clock';

export interface RestoreDestination {
  readonly loaded: LoadedSnapshot;
  readonly destination: SnapshotDestination;
  readonly clock: ClockTranslation;
  readonly open: OpenConversation;
  readonly state: RestoreState;
  readonly store: SegmentStore;
  readonly strayReceipt: ReceiptId;
  readonly wantedPlaces: ReadonlySet<Place>;
  readonly problems: SnapshotProblems;
  readonly events: MergeEvents;
  readonly isPreview: boolean;
  readonly personOf: Parameters<typeof toMessage>[3];
  /** Called with the bytes of the snapshot that were read. */
  onBytes(bytes: number): void;
  yieldToEvents(): Promise<void>;
}

/** Places beyond all that are declared. */
const endOfPlaces = Number.MAX_SAFE_INTEGER;

/** Files of months that hold anything that is taken in, or that the owner spoke of. */
export function monthsToRead({ conversation, wanted, orphans }: SnapshotDestination, wantedPlaces: ReadonlySet<Place>): LoadedMonth[] {
  const runs = [orphans, ...wanted.map(({ parts }) => parts.get(conversation.id)?.held ?? [])];
  const places = [...wantedPlaces];
  return conversation.months.filter(({ firstPlace, messages }) => {
    const end = firstPlace + messages;
    return runs.some((held) => clipRuns(held, firstPlace, end).length > 0) || places.some((place) => place >= firstPlace && place < end);
  });
}

/** How many messages were new. */
export async function restoreDestination(input: RestoreDestination): Promise<number> {
  const { loaded, destination, clock, open, state, store, events, isPreview, problems, wantedPlaces } = input;
  const { conversation } = destination;
  const incoming = await openIncoming(input);
  const make = (message: Parameters<typeof toMessage>[0], place: Place): Message =>
    toMessage(message, place, clock, input.personOf, state.media);
  const restore = restoreConversation({
    store,
    segments: open.segments,
    nextSeq: open.nextSeq,
    holders: open.holders,
    incoming: incoming.map(({ places }) => places),
    blocked: destination.blocked,
    wantedPlaces,
    isPreview,
    toMessage: make,
    events,
  });
  for (const month of monthsToRead(destination, wantedPlaces)) {
    for await (const batch of readPlaces(loaded, conversation, month, problems)) {
      for (const { place, message } of batch) {
        const waiting = restore.add(place, message);
        if (waiting !== null) await waiting;
      }
      await input.yieldToEvents();
    }
    input.onBytes(loaded.snapshot.files.entries[month.entry]?.sizeBytes ?? 0);
  }
  const { segments, nextSeq, added, seqs } = await restore.finish();
  open.segments = segments;
  open.nextSeq = nextSeq;
  for (const { part, places } of incoming) part.changed += places.changed;
  if (seqs.size > 0) state.seqs.set(conversation.id, seqs);
  return added;
}

interface Incoming {
  readonly part: BroughtPart;
  readonly places: IncomingHolder;
}

async function openIncoming(input: RestoreDestination): Promise<Incoming[]> {
  const { loaded, destination, strayReceipt, open } = input;
  const { conversation, wanted, incomplete, orphans, takesStrays } = destination;
  const incoming: Incoming[] = [];
  // What they held so far is its own witness until they show it again.
  for (const id of incomplete) forget(open.holders, id);
  for (const { id } of wanted) {
    const holding = (await loaded.receipts.load(id)).conversations.find((each) => each.conversation === conversation.id);
    if (holding === undefined) continue;
    const part = partOf(open, id, edgesOf(holding, input.clock));
    part.name ??= holding.said.name ?? null;
    part.read += holding.read;
    part.said.push(sayOf(input, holding));
    incoming.push({ part, places: makeIncoming(part.holder, holding) });
  }
  if (!takesStrays) return incoming;
  const part = partOf(open, strayReceipt, null);
  const held: SeqRun[] = [...orphans, [conversation.messages, endOfPlaces]];
  part.name ??= conversation.names[0] ?? null;
  part.said.push(...strayNames(input));
  incoming.push({ part, places: makeIncoming(part.holder, { held }) });
  return incoming;
}

function forget(holders: Holder[], id: ReceiptId): void {
  const index = holders.findIndex(({ receipt }) => receipt === id);
  if (index >= 0) holders.splice(index, 1);
}

/** The import's part in the conversation: one, also where two conversations of the snapshot go into it. */
function partOf(open: OpenConversation, id: ReceiptId, edges: Edges | null): BroughtPart {
  const known = open.parts.get(id);
  if (known !== undefined) {
    widen(known.holder, edges);
    return known;
  }
  let holder = open.holders.find(({ receipt }) => receipt === id);
  if (holder === undefined) open.holders.push((holder = makeHolder(id, edges)));
  else widen(holder, edges);
  const part: BroughtPart = { holder, name: null, read: 0, changed: 0, said: [] };
  open.parts.set(id, part);
  return part;
}

function widen(holder: Holder, edges: Edges | null): void {
  if (edges === null) return;
  const { firstTickMs, lastTickMs } = holder.edges ?? edges;
  holder.edges = {
    tickMs: edges.tickMs,
    firstTickMs: Math.min(firstTickMs, edges.firstTickMs),
    lastTickMs: Math.max(lastTickMs, edges.lastTickMs),
  };
  holder.asOfMs = holder.edges.lastTickMs;
}

function edgesOf({ openTicks, tickMs }: PortableHolding, clock: ClockTranslation): Edges | null {
  const [first, last] = openTicks;
  return first === undefined || last === undefined ? null : { tickMs, firstTickMs: clock.tick(first), lastTickMs: clock.tick(last) };
}

function sayOf({ open, clock, personOf }: RestoreDestination, { said }: PortableHolding): SaidOfConversation {
  const { asOfMs, sourceId, name, shape, zone, people } = said;
  return {
    conversation: open.id,
    asOfMs: asOfMs === null ? -Infinity : clock.tick(asOfMs),
    sourceId: sourceId ?? null,
    name: name ?? null,
    shape,
    zone: zone === undefined ? null : (clock.zone ?? zone),
    people: people.map(personOf),
  };
}

/** What the snapshot itself says, for messages whose imports are lost. */
function strayNames({ open, destination, clock, personOf }: RestoreDestination): SaidOfConversation[] {
  const { names, sourceId, shape, zone, people } = destination.conversation;
  const said = { conversation: open.id, asOfMs: -Infinity, sourceId: sourceId ?? null, shape, people: people.map(personOf) };
  return (names.length === 0 ? [null] : names).map((name) => ({ ...said, name, zone: zone === undefined ? null : (clock.zone ?? zone) }));
}
