// Joining conversations and separating them again (docs/merging.md, "Joined conversations"). The overlay says what is joined;
// what the parts show together is made beside them, and made anew whenever one of them has changed.

import { CamphorError } from '../model/error';
import type { ConversationId } from '../model/ids';
import { groupsOf } from '../model/joined';
import type { Overlay } from '../model/overlay';
import { conversationSubject } from '../model/overlay-index';
import type { ReportProgress } from '../model/progress';
import type { JoinPreview } from '../model/view';
import type { ArchiveReader, ArchiveWriter, ConversationEntry, SegmentEntry } from '../vault/archive';
import { madeOfParts } from '../vault/made-of';
import type { IntakeEnvironment } from './environment';
import { readLast } from './import-note';
import { mergeParts } from './merge-parts';
import type { SegmentStore } from './segment-cursor';
import { segmentStore } from './target';

const kind = 'joined-conversations';

/** What joining would give: how many messages are the same, and how many only one of them has. Throws `not-found`. */
export async function previewJoin(
  { vault, yieldToEvents, overlays }: IntakeEnvironment,
  into: ConversationId,
  from: ConversationId,
  report: ReportProgress,
): Promise<JoinPreview> {
  const reader = await vault.openReader();
  try {
    const groups = groupsOf((await overlays?.()) ?? []);
    const whole = await shownOf(reader, groups, into);
    const part = { ...(await shownOf(reader, groups, from)), nextSeq: 0 };
    const onMessages = (messages: number): void =>
      report({ stage: 'matching', doneBytes: messages, totalBytes: part.messageCount, messages, media: 0 });
    const nowhere: SegmentStore = { read: ({ id }) => reader.readMessages(id), put: putNowhere };
    const merged = await mergeParts({
      reader,
      store: nowhere,
      people: await reader.people(),
      whole,
      parts: whole.parts?.length ?? 1,
      part,
      onMessages,
      yieldToEvents,
    });
    const { same, added, shiftMs } = merged;
    return { same, onlyThere: added, onlyHere: Math.max(0, whole.messageCount - same), shiftMinutes: shiftMs / 60_000 };
  } finally {
    reader.release();
  }
}

async function putNowhere(messages: readonly unknown[]): Promise<SegmentEntry> {
  return { id: '' as SegmentEntry['id'], messageCount: messages.length, firstAtMs: 0, lastAtMs: 0 };
}

/** The conversation, or what it shows together with those that are joined to it. */
async function shownOf(
  reader: ArchiveReader,
  groups: ReadonlyMap<ConversationId, readonly ConversationId[]>,
  id: ConversationId,
): Promise<ConversationEntry> {
  const joined = groups.has(id) ? (await reader.joined()).find(({ parts }) => parts?.[0] === id) : undefined;
  const entry = joined ?? (await reader.conversation(id));
  if (entry === null) throw new CamphorError('not-found', { what: 'conversation' });
  return entry;
}

/**
 * Joins `from`, and what is joined with it, to `into`. Said before it is made, so that whoever shows the new state of the archive
 * shows it joined; until then the parts are on the screen as they were. Where it cannot be made, it is taken back.
 */
export async function joinConversations(
  environment: IntakeEnvironment,
  into: ConversationId,
  from: ConversationId,
  report: ReportProgress,
): Promise<void> {
  const say = (value: string | null): Promise<void> | undefined =>
    environment.setOverlay?.(kind, conversationSubject(from), { into: value });
  await say(conversationSubject(into));
  try {
    await remake(environment, (await environment.overlays?.()) ?? [], report);
  } catch (error) {
    await say(null);
    throw error;
  }
}

/** Takes apart what is joined with `id`: each part is again as it was. */
export async function separateConversations(environment: IntakeEnvironment, id: ConversationId, report: ReportProgress): Promise<void> {
  for (const part of await partsWith(environment, id)) {
    if (part !== id) await environment.setOverlay?.(kind, conversationSubject(part), { into: null });
  }
  await environment.setOverlay?.(kind, conversationSubject(id), { into: null });
  await remake(environment, (await environment.overlays?.()) ?? [], report);
}

/** All that is joined with `id`, itself among them. */
export async function partsWith({ overlays }: IntakeEnvironment, id: ConversationId): Promise<readonly ConversationId[]> {
  const groups = groupsOf((await overlays?.()) ?? []);
  return [...groups.values()].find((parts) => parts.includes(id)) ?? [id];
}

async function remake(environment: IntakeEnvironment, overlays: readonly Overlay[], report: ReportProgress): Promise<void> {
  const writer = await environment.vault.openWriter();
  try {
    const changed = await makeJoined(environment, writer, overlays, report);
    if (changed === 0) await writer.abandon();
    else (await writer.commit()).release();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** Before a commit: what is joined shows what its parts will hold. */
export async function keepJoined(environment: IntakeEnvironment, writer: ArchiveWriter, report: ReportProgress = () => {}): Promise<void> {
  if (environment.overlays !== undefined) await makeJoined(environment, writer, await environment.overlays(), report);
}

/** After overlays have come in from elsewhere. */
export async function followJoinings(environment: IntakeEnvironment, report: ReportProgress = () => {}): Promise<void> {
  if (environment.overlays !== undefined) await remake(environment, await environment.overlays(), report);
}

/** Gives how many were made, or put away. */
async function makeJoined(
  environment: IntakeEnvironment,
  writer: ArchiveWriter,
  overlays: readonly Overlay[],
  report: ReportProgress,
): Promise<number> {
  const groups = groupsOf(overlays);
  const known = await writer.base.joined();
  if (groups.size === 0 && known.length === 0) return 0;
  const byFirst = new Map(known.map((entry) => [entry.parts?.[0], entry]));
  let changed = 0;
  for (const parts of groups.values()) {
    const entries = await Promise.all(parts.map((id) => writer.next.conversation(id)));
    const here = entries.filter((entry) => entry !== null);
    // A part that is not here (removed, or on another device only) makes no difference to the others but in their numbers.
    const [first, ...others] = here;
    if (first === undefined || entries[0] === null || others.length === 0) continue;
    const before = byFirst.get(first.id);
    byFirst.delete(first.id);
    const madeOf = await madeOfParts(here, parts);
    if (before?.madeOf === madeOf) continue;
    writer.setConversation(await makeEntry(environment, writer, parts, entries, madeOf, report));
    changed++;
  }
  for (const stale of byFirst.values()) writer.removeConversation(stale.id);
  return changed + byFirst.size;
}

async function makeEntry(
  environment: IntakeEnvironment,
  writer: ArchiveWriter,
  parts: readonly ConversationId[],
  entries: readonly (ConversationEntry | null)[],
  madeOf: string,
  report: ReportProgress,
): Promise<ConversationEntry> {
  const people = await writer.next.people();
  const [first] = entries;
  if (first === null || first === undefined) throw new CamphorError('not-found', { what: 'conversation' });
  let whole: ConversationEntry = first;
  for (const [index, part] of entries.entries()) {
    if (index === 0 || part === null) continue;
    const merged = await mergeParts({
      reader: writer.next,
      store: segmentStore(writer),
      people,
      whole,
      parts: index,
      part,
      onMessages: (messages) => report({ stage: 'matching', doneBytes: messages, totalBytes: part.messageCount, messages, media: 0 }),
      yieldToEvents: environment.yieldToEvents,
    });
    whole = unite(whole, part, merged.people, merged.segments);
  }
  const { segments } = whole;
  return {
    ...whole,
    id: `joined/${first.id}` as ConversationId,
    messageCount: segments.reduce((sum, { messageCount }) => sum + messageCount, 0),
    firstAtMs: segments[0]?.firstAtMs ?? null,
    lastAtMs: segments.reduce<number | null>((last, { lastAtMs }) => Math.max(last ?? lastAtMs, lastAtMs), null),
    last: await readLast(writer.next, segments),
    parts,
    madeOf,
  };
}

/** The first one's name stands; the other's is known too. */
function unite(
  whole: ConversationEntry,
  part: ConversationEntry,
  same: ReadonlyMap<string, ConversationEntry['people'][number]>,
  segments: readonly SegmentEntry[],
): ConversationEntry {
  const inWhole = (ids: ConversationEntry['people']): ConversationEntry['people'] => ids.map((id) => same.get(id) ?? id);
  return {
    ...whole,
    name: whole.name ?? part.name,
    names: [...new Set([...whole.names, ...part.names])],
    shape: whole.shape === 'unknown' ? part.shape : whole.shape,
    people: [...new Set([...whole.people, ...inWhole(part.people)])],
    ownerPeople: [...new Set([...whole.ownerPeople, ...inWhole(part.ownerPeople)])],
    zone: whole.zone ?? part.zone,
    nextSeq: Math.max(whole.nextSeq, part.nextSeq),
    segments,
  };
}
