// Reads an archive into its targets: records become messages, in the vault's people, times and media. Used alike for the
// import itself and for the preview that only counts.

import type { PersonId } from '../model/ids';
import type { Attachment, Message } from '../model/message';
import type { MessageRecord, NeutralRecord, PersonRecord } from '../model/record';
import { isPlausibleTime } from '../model/time';
import type { ImportChoice } from '../model/view';
import type { ArchiveJob } from './archive-job';
import { readTime } from './clock';
import type { SegmentStore } from './segment-cursor';
import type { MergeEvents, Target } from './target';
import { addMessage, passMessage, settleTarget } from './target';

export interface ReadInto {
  readonly job: ArchiveJob;
  readonly choice: ImportChoice;
  /** By the number of the conversation in the archive; those that are skipped are missing. */
  readonly targets: ReadonlyMap<number, Target>;
  readonly store: SegmentStore;
  readonly events: MergeEvents;
  /** The vault's person for one of the archive; called for those who appear in what is kept. */
  personOf(person: PersonRecord, target: Target): PersonId;
  /** The attachments of a message as they are to be kept. */
  keepAttachments(record: MessageRecord): Promise<readonly Attachment[]>;
  /** Every record as it was read, before anything is done with it. */
  onRecord(record: NeutralRecord): void;
  onMessage(record: MessageRecord): void;
  /** A message of the target has attachments. */
  onAttached?(target: Target, sentAtMs: number): void;
  /** Whether all messages of that minute are here already, as an import of the same archive has left them. */
  isAsLeft?(target: Target, sentAtMs: number): boolean;
  onImplausibleTime(record: MessageRecord): void;
  onBytes(doneBytes: number): void;
  /** All records were read; what is held back is merged next. */
  onRead?(): void;
  yieldToEvents(): Promise<void>;
}

const noAttachments: readonly Attachment[] = [];
/** Messages that all open conversations together may hold back, and how many of one are held back at most. */
const openMessagesLimit = 32_768;
const openMessagesOfOne = 8192;

interface State {
  readonly input: ReadInto;
  readonly people: Map<number, PersonRecord>;
  /** The vault's people by the archive's numbers, for each conversation, since a person may be known by name only. */
  readonly persons: Map<Target, Map<number, PersonId>>;
  /** Conversations that hold messages back, each with the number of the turn in which it was last used. */
  readonly open: Map<Target, number>;
  turns: number;
  current: Target | null;
  /** Messages that may still be taken before it is looked how many are held back. */
  room: number;
}

export async function readInto(input: ReadInto): Promise<void> {
  const { job, choice } = input;
  const state: State = { input, people: new Map(), persons: new Map(), open: new Map(), turns: 0, current: null, room: 0 };
  const options = { answers: choice.answers, onBytes: input.onBytes };
  for await (const batch of job.importer.read(job.hashed.files, job.detection, options)) {
    for (const record of batch) {
      input.onRecord(record);
      if (record.type === 'person') state.people.set(record.index, record);
      if (record.type !== 'message') continue;
      const waiting = takeMessage(state, record);
      if (waiting !== null) await waiting;
    }
    await input.yieldToEvents();
  }
  input.onRead?.();
  for (const target of oldestFirst(state)) await settleTarget(target);
}

/** Null where there is nothing to wait for, which is nearly always. */
function takeMessage(state: State, record: MessageRecord): Promise<void> | null {
  const { input } = state;
  const target = input.targets.get(record.conversation);
  if (target === undefined) return null;
  const time = readTime(record.sentAtMs, record.clock, target.reading);
  if (input.choice.fromMs !== null && time.sentAtMs < input.choice.fromMs) return null;
  if (input.choice.toMs !== null && time.sentAtMs >= input.choice.toMs) return null;
  if (!isPlausibleTime(time.sentAtMs)) input.onImplausibleTime(record);
  input.onMessage(record);
  if (record.attachments.length > 0) input.onAttached?.(target, time.sentAtMs);
  if (input.isAsLeft?.(target, time.sentAtMs) === true) {
    takeTurn(state, target);
    passMessage(target, input.store, input.events, { sentAtMs: time.sentAtMs, sender: senderOf(state, target, record.sender) });
    return null;
  }
  if (useTarget(state, target)) return settleOldest(state).then(() => addSlowly(state, target, record, time));
  if (record.attachments.length > 0) return addSlowly(state, target, record, time);
  return addMessage(target, input.store, input.events, makeMessage(state, target, record, time, noAttachments));
}

/** True where so many messages may be held back that some have to be settled. */
function useTarget(state: State, target: Target): boolean {
  state.room--;
  return takeTurn(state, target) && state.room < 0;
}

/** False where it is still the turn of the same target. */
function takeTurn(state: State, target: Target): boolean {
  if (target === state.current) return false;
  state.open.set(target, ++state.turns);
  state.current = target;
  return true;
}

async function addSlowly(state: State, target: Target, record: MessageRecord, time: ReturnType<typeof readTime>): Promise<void> {
  const { input } = state;
  const attachments = record.attachments.length === 0 ? noAttachments : await input.keepAttachments(record);
  await addMessage(target, input.store, input.events, makeMessage(state, target, record, time, attachments));
}

const oldestFirst = ({ open }: State): Target[] => [...open].sort(([, a], [, b]) => a - b).map(([target]) => target);

/** Sources give one conversation after the other; those that mix them are settled in large portions, not one by one. */
async function settleOldest(state: State): Promise<void> {
  const heldBack = (target: Target): number => Math.min(target.open, openMessagesOfOne);
  let held = 0;
  for (const target of state.open.keys()) held += heldBack(target);
  for (const target of held > openMessagesLimit ? oldestFirst(state) : []) {
    if (held <= openMessagesLimit / 2) break;
    held -= heldBack(target);
    await settleTarget(target);
    state.open.delete(target);
  }
  state.room = openMessagesLimit - held;
}

function makeMessage(
  state: State,
  target: Target,
  record: MessageRecord,
  time: ReturnType<typeof readTime>,
  attachments: readonly Attachment[],
): Message {
  return {
    seq: -1,
    sender: senderOf(state, target, record.sender),
    sourceId: record.sourceId,
    sentAtMs: time.sentAtMs,
    clock: record.clock,
    zoneOffsetMin: time.zoneOffsetMin,
    kind: record.kind,
    text: record.text,
    attachments,
    facts: record.facts,
  };
}

function senderOf(state: State, target: Target, index: number): PersonId | null {
  if (index < 0) return null;
  let persons = state.persons.get(target);
  if (persons === undefined) state.persons.set(target, (persons = new Map()));
  const known = persons.get(index);
  if (known !== undefined) return known;
  const person = state.people.get(index);
  if (person === undefined) return null;
  const id = state.input.personOf(person, target);
  persons.set(index, id);
  return id;
}
