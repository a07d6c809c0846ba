// Pages of a conversation around an anchor. Opens the segments that the page lies in and no more than the anchor needs.

import { personName } from '../model/display-names';
import { CamphorError } from '../model/error';
import type { PersonId } from '../model/ids';
import { type Mark, marksOf } from '../model/marks';
import type { Message } from '../model/message';
import type { Overlay } from '../model/overlay';
import type { OverlayIndex } from '../model/overlay-index';
import type { MessagePage, MessageView, PageAnchor, PersonView } from '../model/view';
import type { ArchiveReader, ConversationEntry, PersonEntry } from '../vault/archive';
import { marksIn } from '../vault/marks-in';
import { personView } from './person-views';
import { huesAmong } from './hues';
import { findBySourceId } from './replies';
import type { FoundMessage } from './replies';
import { firstPositions, positionOfSeq, positionOfTime, segmentAt } from './segments';
import type { OpenSegments } from './segments';

export interface PageContext {
  readonly reader: ArchiveReader;
  readonly open: OpenSegments;
  readonly people: ReadonlyMap<PersonId, PersonEntry>;
  readonly overlays: OverlayIndex;
  /** What `overlays` is an index of. */
  readonly given: readonly Overlay[];
}

export const pageLimit = 1000;
const excerptLimit = 120;

/**
 * The message that the anchor stands for, up to `before` messages before it and up to `after` behind it. For a time the
 * anchor is the first message that is not earlier, or the last of all. Throws `not-found` for a number that no message has.
 */
export async function pageAround(
  context: PageContext,
  entry: ConversationEntry,
  anchor: PageAnchor,
  before: number,
  after: number, // prettier-ignore
): Promise<MessagePage> {
  const messageCount = entry.messageCount;
  const head = { conversation: entry.id, messageCount };
  if (messageCount === 0) return { ...head, fromPosition: 0, messages: [], anchorPosition: 0 };
  const wanted = await anchorPosition(context, entry, anchor);
  const anchored = Math.max(0, Math.min(messageCount - 1, wanted));
  const from = Math.max(0, anchored - clampLength(before));
  const to = Math.min(messageCount, anchored + 1 + clampLength(after));
  return { ...head, fromPosition: from, messages: await readViews(context, entry, from, to), anchorPosition: anchored };
}

const clampLength = (length: number): number => Math.max(0, Math.min(pageLimit, Math.trunc(length)));

async function anchorPosition({ reader, open }: PageContext, entry: ConversationEntry, anchor: PageAnchor): Promise<number> {
  switch (anchor.at) {
    case 'start':
      return 0;
    case 'end':
      return entry.messageCount - 1;
    case 'position':
      return Math.trunc(anchor.position);
    case 'time':
      return positionOfTime(reader, open, entry, anchor.sentAtMs);
    case 'seq': {
      const position = await positionOfSeq(reader, open, entry, anchor.seq);
      if (position === null) throw new CamphorError('not-found', { what: 'message' });
      return position;
    }
  }
}

/** The messages at positions [from, to). */
async function readViews(context: PageContext, entry: ConversationEntry, from: number, to: number): Promise<readonly MessageView[]> {
  const first = firstPositions(entry.segments);
  const firstPlace = segmentAt(first, from);
  const lastPlace = segmentAt(first, to - 1);
  const segments = entry.segments.slice(firstPlace, lastPlace + 1);
  const opened = await Promise.all(segments.map(({ id }) => context.open.messages(context.reader, id)));
  const begin = first[firstPlace] ?? 0;
  const messages = opened.flat().slice(from - begin, to - begin);
  const replied = new Set(messages.map(repliedId).filter((id) => id !== null));
  const found = await findBySourceId(context.reader, context.open, entry, replied, firstPlace, lastPlace);
  const viewing: Viewing = {
    context,
    entry,
    people: new Map(),
    hues: huesAmong(entry.people, context.people),
    found,
    marks: await marksIn(context.reader, entry, marksOf(context.given)),
  };
  return messages.map((message, index) => messageView(viewing, message, from + index));
}

/** The messages at `positions`, which are in order; segment by segment, so that no more are open than one answer needs. */
export async function viewsAt(context: PageContext, entry: ConversationEntry, positions: Uint32Array): Promise<readonly MessageView[]> {
  const first = firstPositions(entry.segments);
  const marks = await marksIn(context.reader, entry, marksOf(context.given));
  const viewing: Viewing = { context, entry, people: new Map(), hues: huesAmong(entry.people, context.people), found: new Map(), marks };
  const views: MessageView[] = [];
  for (const position of positions) {
    const place = segmentAt(first, position);
    const segment = entry.segments[place];
    const message = segment && (await context.open.messages(context.reader, segment.id))[position - (first[place] ?? 0)];
    if (message !== undefined) views.push(messageView(viewing, message, position));
  }
  return views;
}

/** Only replies inside the conversation are followed. */
function repliedId({ facts }: Message): string | null {
  return facts?.replyTo && facts.replyTo.conversationSourceId === undefined ? facts.replyTo.sourceId : null;
}

interface Viewing {
  readonly context: PageContext;
  readonly entry: ConversationEntry;
  readonly people: Map<PersonId, PersonView>;
  readonly hues: ReadonlyMap<PersonId, number>;
  readonly found: ReadonlyMap<string, FoundMessage>;
  readonly marks: ReadonlyMap<number, Mark>;
}

function messageView(viewing: Viewing, message: Message, position: number): MessageView {
  const { context, entry, found, marks } = viewing;
  const senderView = viewOf(viewing, message.sender);
  const { bookmarked = false, note = null, tags = [] }: Partial<Mark> = marks.get(message.seq) ?? {};
  const own = senderView?.isOwner ?? false;
  const said = { ...(note !== null && { note }), ...(tags.length > 0 && { tags }) };
  return { ...message, conversation: entry.id, position, senderView, own, bookmarked, ...said, reply: replyOf(context, message, found) };
}

function viewOf({ context, entry, people, hues }: Viewing, id: PersonId | null): PersonView | null {
  const person = id === null ? undefined : context.people.get(id);
  if (!person) return null;
  const view = people.get(person.id) ?? personView(person, entry, context.overlays, hues);
  people.set(person.id, view);
  return view;
}

function replyOf({ people, overlays }: PageContext, message: Message, found: ReadonlyMap<string, FoundMessage>): MessageView['reply'] {
  const reply = message.facts?.replyTo;
  if (!reply) return null;
  const target = found.get(repliedId(message) ?? '');
  if (!target) return { position: null, senderName: null, excerpt: reply.excerpt ?? '' };
  const sender = target.message.sender === null ? undefined : people.get(target.message.sender);
  const excerpt = cutAtPoint(target.message.text, excerptLimit) || (reply.excerpt ?? '');
  return { position: target.position, senderName: sender ? personName(sender, overlays) : null, excerpt };
}

/** Never cuts a surrogate pair. */
function cutAtPoint(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, (text.codePointAt(limit - 1) ?? 0) > 0xffff ? limit - 1 : limit);
}
