// What the owner keeps on a message stays with it when a commit gives it another number, or takes it away and brings it back.
// Which messages those are is told by the segments that a commit replaces; where nothing is marked, nothing is opened.

import type { ConversationId } from '../model/ids';
import { markKinds, markedMessage } from '../model/marks';
import type { Message } from '../model/message';
import type { Overlay } from '../model/overlay';
import { conversationSubject, isSaid, messageSubject, takenBack } from '../model/overlay-index';
import type { ArchiveReader, ArchiveWriter, ConversationEntry, SegmentEntry } from '../vault/archive';
import { numbersOf } from '../vault/marks-in';
import { loadMovedMarks, type MessageTrace, type MovedMarks, moveMarks, movedMarksNote } from '../vault/moved-marks';
import type { IntakeEnvironment } from './environment';
import { hashText } from './sample';
import { cellMs, startOfCell } from './segment-cursor';

type Left = MovedMarks['left'][number];
type Moved = MovedMarks['moved'][number];

/** Numbers of messages that have a mark, by conversation. */
function markedNumbers(overlays: readonly Overlay[]): Map<ConversationId, Set<number>> {
  const numbers = new Map<ConversationId, Set<number>>();
  for (const overlay of overlays) {
    const address = markKinds.has(overlay.kind) && isSaid(overlay) ? markedMessage(overlay.subject) : null;
    if (address !== null) numbers.set(address.conversation, (numbers.get(address.conversation) ?? new Set()).add(address.seq));
  }
  return numbers;
}

/**
 * Before a commit: remembers where marked messages of `writer.base` are in `writer.next`, or by what they are known again. An undo
 * only takes messages away: none becomes another.
 */
export async function followMarks({ overlays }: Pick<IntakeEnvironment, 'overlays'>, writer: ArchiveWriter, isUndo = false): Promise<void> {
  const marked = markedNumbers((await overlays?.()) ?? []);
  const known = await loadMovedMarks(writer.next);
  if (marked.size === 0 && known.moved.length + known.left.length === 0) return;
  // What was moved needs no second look once nothing is said under the old number.
  const moved: Moved[] = known.moved.filter(([conversation, from]) => marked.get(conversation)?.has(from) === true);
  const left: Left[] = [];
  for (const id of new Set([...marked.keys(), ...known.left.map(({ conversation }) => conversation)])) {
    const waiting = known.left.filter(({ conversation, seq }) => conversation === id && marked.get(id)?.has(seq) === true);
    const [base, next] = await Promise.all([writer.base.conversation(id), writer.next.conversation(id)]);
    const change = changeOf(base, next);
    const lost = change.gone.length === 0 ? [] : await lostMessages(writer, change, marked.get(id) ?? new Set());
    for (const each of [...waiting, ...lost]) {
      const to = change.come.length === 0 ? null : await findLike(writer.next, next?.segments ?? [], each, !isUndo);
      if (to === null) left.push(leftOf(id, each));
      else moved.push([id, each.seq, to]);
    }
  }
  const now: MovedMarks = { moved, left };
  if (JSON.stringify(now) === JSON.stringify(known)) return;
  if (moved.length + left.length === 0) writer.removeNote(movedMarksNote);
  else await writer.putNote(movedMarksNote, now);
}

/** After the commit. What ends the app before it is done at the next opening. */
export async function moveFollowed(environment: IntakeEnvironment): Promise<void> {
  const { overlays, setOverlay, mergeOverlays, vault } = environment;
  if (overlays === undefined || setOverlay === undefined || mergeOverlays === undefined) return;
  const reader = await vault.openReader();
  try {
    await moveMarks(reader, { overlays, setOverlay, mergeOverlays });
  } finally {
    reader.release();
  }
}

/** Marks on messages of a conversation that the owner removes go with it: a note may quote it. */
export async function forgetMarks({ overlays, setOverlay }: IntakeEnvironment, id: ConversationId): Promise<void> {
  for (const overlay of (await overlays?.()) ?? []) {
    if (!markKinds.has(overlay.kind) || !isSaid(overlay) || markedMessage(overlay.subject)?.conversation !== id) continue;
    await setOverlay?.(overlay.kind, overlay.subject, takenBack(overlay));
  }
}

/** True where the owner has said anything of the conversation or of its messages. */
export function isSpokenOf(overlays: readonly Overlay[], id: ConversationId): boolean {
  const prefix = messageSubject({ conversation: id, seq: 0 }).slice(0, -1);
  return overlays.some((overlay) => isSaid(overlay) && (overlay.subject === conversationSubject(id) || overlay.subject.startsWith(prefix)));
}

interface Change {
  readonly gone: readonly SegmentEntry[];
  readonly come: readonly SegmentEntry[];
}

/** Segments never change: what both states have needs no look. */
function changeOf(base: ConversationEntry | null, next: ConversationEntry | null): Change {
  const before = new Set(base?.segments.map(({ id }) => id));
  const after = new Set(next?.segments.map(({ id }) => id));
  return {
    gone: (base?.segments ?? []).filter(({ id }) => !after.has(id)),
    come: (next?.segments ?? []).filter(({ id }) => !before.has(id)),
  };
}

interface Lost extends MessageTrace {
  readonly seq: number;
  readonly sender?: Message['sender'];
}

function leftOf(conversation: ConversationId, lost: Lost): Left {
  const { sender: _, ...trace } = lost;
  return { conversation, ...trace };
}

async function lostMessages(writer: ArchiveWriter, { gone, come }: Change, marked: ReadonlySet<number>): Promise<Lost[]> {
  const missing = new Set<number>();
  for (const { id } of gone) for (const seq of await numbersOf(writer.base, id)) if (marked.has(seq)) missing.add(seq);
  if (missing.size === 0) return [];
  for (const { id } of come) for (const seq of await numbersOf(writer.next, id)) missing.delete(seq);
  const lost: Lost[] = [];
  for (const { id } of missing.size === 0 ? [] : gone) {
    const messages = await writer.base.readMessages(id);
    for (const message of messages) if (missing.has(message.seq)) lost.push(traceOf(message, messages));
  }
  return lost;
}

const hashOf = ({ text, attachments }: Pick<Message, 'text' | 'attachments'>): number =>
  hashText([text, ...attachments.map(({ sha256, name }) => sha256 ?? name ?? '')].join('\n')) ?? 0;

function traceOf(message: Message, messages: readonly Message[]): Lost {
  const { seq, sentAtMs, sourceId, sender } = message;
  const hash = hashOf(message);
  const startMs = startOfCell(sentAtMs);
  const before = messages.slice(0, messages.indexOf(message)).filter((each) => startOfCell(each.sentAtMs) === startMs);
  return { seq, sentAtMs, sourceId, hash, ordinal: before.filter((each) => hashOf(each) === hash).length, sender };
}

/**
 * The message of the same minute with the same id, else the same words. Where one may have become another (`mayJoin`, and it was
 * here just now), also the last of fewer equals, one that had these words before, or the version that took its place.
 */
async function findLike(reader: ArchiveReader, segments: readonly SegmentEntry[], trace: Lost, mayJoin: boolean): Promise<number | null> {
  const startMs = startOfCell(trace.sentAtMs);
  const cell: Message[] = [];
  for (const { id, firstAtMs, lastAtMs } of segments) {
    if (lastAtMs < startMs || firstAtMs >= startMs + cellMs) continue;
    cell.push(...(await reader.readMessages(id)).filter(({ sentAtMs }) => startOfCell(sentAtMs) === startMs));
  }
  const byId = trace.sourceId === null ? undefined : cell.find(({ sourceId }) => sourceId === trace.sourceId);
  if (byId !== undefined) return byId.seq;
  const alike = cell.filter((message) => hashOf(message) === trace.hash);
  const same = alike[trace.ordinal];
  if (same !== undefined || !mayJoin || trace.sender === undefined) return same?.seq ?? null;
  const hadWords = ({ facts, attachments }: Message): boolean =>
    facts?.olderTexts?.some(({ text }) => hashOf({ text, attachments }) === trace.hash) === true;
  const isVersion = ({ sender, facts }: Message): boolean => sender === trace.sender && (facts?.deleted ?? facts?.edited) !== undefined;
  return (alike.at(-1) ?? cell.find(hadWords) ?? cell.find(isVersion))?.seq ?? null;
}
