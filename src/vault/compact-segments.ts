// Compaction of segments: small neighbours, as many imports leave them, become one. Messages, their order and their numbers stay;
// the old rows go with the sweep of the states that reach them.

import { CamphorError } from '../model/error';
import type { ConversationId } from '../model/ids';
import type { Message } from '../model/message';
import type { ConversationEntry, SegmentEntry } from './archive';
import { commitState } from './commit';
import type { VaultContext } from './context';
import type { WriterOptions } from './environment';
import type { Release } from './locks';
import { madeOfParts } from './made-of';
import { holdCurrentState } from './open-reader';
import { readMessages } from './read-segment';
import { allValues, type ArchiveState, findValue } from './reader';
import { type SegmentGroup, smallGroups } from './small-segments';
import { putSegment } from './writer';
import { endWriter, startState, type WriterState } from './writer-state';

/** Messages joined in one step, so that a step ends soon: about half a second. */
const stepMessages = 65_536;

/** Whether there is anything to join; opens pages of the catalogue only, and needs no turn. */
export async function hasSmallSegments(context: VaultContext): Promise<boolean> {
  const { state, release } = await holdCurrentState(context);
  try {
    for await (const { segments } of allValues(state, 'conversations')) if (!smallGroups(segments).next().done) return true;
    return false;
  } finally {
    release();
  }
}

interface Compaction {
  readonly state: WriterState;
  /** What conversations that are joined share with their parts is written once. */
  readonly joined: Map<string, SegmentEntry | null>;
  messages: number;
}

const damage: ReadonlySet<string> = new Set(['damaged', 'tampered']);

/** Null where one of them cannot be read: then they stay as they are. */
async function readGroup(state: ArchiveState, group: SegmentGroup): Promise<readonly Message[] | null> {
  const messages: Message[] = [];
  try {
    for (const { id } of group) messages.push(...(await readMessages(state, id)));
    return messages;
  } catch (error) {
    if (error instanceof CamphorError && damage.has(error.code)) return null;
    throw error;
  }
}

async function joinGroup(compaction: Compaction, group: SegmentGroup): Promise<SegmentEntry | null> {
  const name = group.map(({ id }) => id).join();
  const known = compaction.joined.get(name);
  if (known !== undefined) return known;
  const messages = await readGroup(compaction.state.base.state, group);
  const entry = messages && (await putSegment(compaction.state, messages));
  compaction.joined.set(name, entry);
  compaction.messages += entry?.messageCount ?? 0;
  return entry;
}

async function compactConversation(compaction: Compaction, entry: ConversationEntry): Promise<void> {
  const segments = [...entry.segments];
  let isChanged = false;
  for (const group of smallGroups(entry.segments)) {
    if (compaction.messages >= stepMessages) break;
    const joined = await joinGroup(compaction, group);
    if (joined === null) continue;
    segments.splice(segments.indexOf(group[0]), group.length, joined);
    isChanged = true;
  }
  if (isChanged) compaction.state.edits.conversations.set(entry.id, { ...entry, segments });
}

async function partsHere(state: ArchiveState, parts: readonly ConversationId[]): Promise<ConversationEntry[]> {
  const entries = await Promise.all(parts.map((id) => findValue(state, 'conversations', id)));
  return entries.filter((entry) => entry !== null);
}

/** What was made of parts as they were is made of them as they are: nothing needs to be made anew. */
export async function followParts({ base, next, edits }: WriterState): Promise<void> {
  const { conversations } = edits;
  for await (const { id, parts, madeOf } of allValues(base.state, 'conversations')) {
    if (parts === undefined || !parts.some((part) => conversations.has(part))) continue;
    if ((await madeOfParts(await partsHere(base.state, parts), parts)) !== madeOf) continue;
    const entry = await findValue(next, 'conversations', id);
    if (entry) conversations.set(id, { ...entry, madeOf: await madeOfParts(await partsHere(next, parts), parts) });
  }
}

/** One step, in a commit of its own. False when there was nothing to join. `release` lets the next writer in. */
export async function compactSegmentsStep(context: VaultContext, options: WriterOptions, release: Release): Promise<boolean> {
  let state: WriterState | null = null;
  try {
    state = startState(context, await holdCurrentState(context), options, release);
    const compaction: Compaction = { state, joined: new Map(), messages: 0 };
    for await (const entry of allValues(state.base.state, 'conversations')) {
      if (compaction.messages >= stepMessages) break;
      await compactConversation(compaction, entry);
    }
    if (compaction.messages === 0) return false;
    await followParts(state);
    (await commitState(state, { keepPrevious: true, keepsContent: true })).release();
    return true;
  } finally {
    if (state) await endWriter(state);
    else release();
  }
}
