// Two conversations as one: what each shows is merged by the rules of docs/merging.md, as if each were one archive. Nothing of
// the two is changed; segments of the first in which nothing is new are shared with it.

import { CamphorError } from '../model/error';
import type { ReceiptId, PersonId } from '../model/ids';
import { seqsOfPart } from '../model/joined';
import type { Message } from '../model/message';
import { messageKinds } from '../model/record';
import type { ArchiveReader, ConversationEntry, PersonEntry, SegmentEntry } from '../vault/archive';
import { makeEdges } from './clock';
import type { Holder, ImageSet } from './holder';
import { matchParts } from './match-parts';
import { mergeConversation } from './merge-conversation';
import type { Overlap } from './overlap';
import { findOverlap } from './overlap';
import { makeSample } from './sample';
import type { SegmentStore } from './segment-cursor';
import { makeSeqSet } from './seq-set';

export interface PartsInput {
  readonly reader: ArchiveReader;
  readonly store: SegmentStore;
  readonly people: ReadonlyMap<PersonId, PersonEntry>;
  /** What is joined so far, and the number of parts that it has. */
  readonly whole: ConversationEntry;
  readonly parts: number;
  readonly part: ConversationEntry;
  onMessages(messages: number): void;
  yieldToEvents(): Promise<void>;
}

export interface MergedParts {
  readonly segments: readonly SegmentEntry[];
  /** People of the part who are people of the whole. */
  readonly people: ReadonlyMap<PersonId, PersonId>;
  /** Messages of the part that the whole has too, and those that it has not. */
  readonly same: number;
  readonly added: number;
  /** What the part's clocks lack of the whole's. */
  readonly shiftMs: number;
}

const sampleSize = 2048;
const comparedSegments = 32;

/** Throws `archive-limit` for a part that has more numbers than a part may have. */
export async function mergeParts(input: PartsInput): Promise<MergedParts> {
  const { reader, store, whole, parts, part, yieldToEvents } = input;
  if (part.nextSeq > seqsOfPart) throw new CamphorError('archive-limit', { limit: 'seqsOfPart', found: part.nextSeq, allowed: seqsOfPart });
  const overlap = await compare(input);
  const shiftMs = overlap?.isCertain === true ? overlap.shiftMs : 0;
  const people = matchParts(part, whole, input.people, overlap);
  const hasSameIds = whole.source === part.source && (await shareIds(reader, whole, part));
  const first = holderOf(
    whole,
    'whole',
    [...Array(parts).keys()].map((index) => index * seqsOfPart),
  );
  const importing = holderOf(part, 'part', []);
  const ignore = (): void => {};
  const merge = mergeConversation({
    store,
    segments: whole.segments,
    nextSeq: parts * seqsOfPart + part.nextSeq,
    holders: [first, importing],
    importing,
    keepsNumbers: true,
    onCut: ignore,
    onAmbiguous: ignore,
  });
  let read = 0;
  for (const segment of part.segments) {
    for (const message of await reader.readMessages(segment.id)) {
      const waiting = merge.add(renumber(message, { people, shiftMs, offset: parts * seqsOfPart, hasSameIds }));
      if (waiting !== null) await waiting;
    }
    input.onMessages((read += segment.messageCount));
    await yieldToEvents();
  }
  const { segments, added } = await merge.finish();
  return { segments, people, same: part.messageCount - added, added, shiftMs };
}

interface Renumbering {
  readonly people: ReadonlyMap<PersonId, PersonId>;
  readonly shiftMs: number;
  readonly offset: number;
  readonly hasSameIds: boolean;
}

/** Ids of another tool for the same messages would keep them apart, so they are left out. */
function renumber(message: Message, { people, shiftMs, offset, hasSameIds }: Renumbering): Message {
  const { sender, seq, sentAtMs, sourceId } = message;
  return {
    ...message,
    seq: offset + seq,
    sender: sender === null ? null : (people.get(sender) ?? sender),
    sentAtMs: sentAtMs + shiftMs,
    sourceId: hasSameIds ? sourceId : null,
  };
}

/** Nothing of what it is told: each minute is merged once, and images are of use while a minute is merged only. */
class Forgetful<Value> extends Map<number, Value> {
  override set(): this {
    return this;
  }
}

function holderOf(entry: ConversationEntry, name: string, offsets: readonly number[]): Holder {
  const images: ImageSet = { coarse: makeSeqSet(), other: new Forgetful(), places: new Forgetful() };
  const held = makeSeqSet(offsets.map((offset) => [offset, offset + entry.nextSeq] as const));
  const { firstAtMs, lastAtMs } = entry;
  const edges = firstAtMs === null || lastAtMs === null ? null : makeEdges(firstAtMs, lastAtMs, false);
  return { receipt: name as ReceiptId, asOfMs: lastAtMs ?? -Infinity, edges, held, images, changed: false };
}

/** Texts of the part that the whole has at the same ticks, or all shifted by one constant. */
async function compare({ reader, whole, part, yieldToEvents }: PartsInput): Promise<Overlap | null> {
  const { firstAtMs, lastAtMs } = part;
  if (firstAtMs === null || lastAtMs === null) return null;
  const sample = makeSample(sampleSize);
  const places = new Map(part.people.map((person, index) => [person, index]));
  for (const segment of part.segments) {
    const { times, people, kinds, text } = await reader.readColumns(segment.id, ['times', 'people', 'kinds', 'text']);
    if (times === undefined || people === undefined || kinds === undefined || text === undefined) continue;
    for (let index = 0; index < times.sentAtMs.length; index++) {
      const sender = people.ids[people.index[index] ?? -1];
      const kind = messageKinds[kinds[index] ?? -1];
      if (sender === undefined || (kind !== 'text' && kind !== 'link')) continue;
      const words = text.joined.slice(index === 0 ? 0 : text.ends[index - 1], text.ends[index]);
      sample.add(words, times.sentAtMs[index] ?? 0, places.get(sender) ?? -1);
    }
    await yieldToEvents();
  }
  const common = { reader, conversation: whole, sample, firstAtMs, lastAtMs, segmentLimit: comparedSegments };
  return findOverlap({ ...common, toInstant: (atMs) => atMs });
}

const idsCompared = 100_000;

/** True unless both have ids of their source and none in common: then two tools have numbered the same messages. */
async function shareIds(reader: ArchiveReader, whole: ConversationEntry, part: ConversationEntry): Promise<boolean> {
  const here = await collectIds(reader, whole);
  if (here.size === 0) return true;
  const there = await collectIds(reader, part);
  return there.size === 0 || [...there].some((id) => here.has(id));
}

async function collectIds(reader: ArchiveReader, { segments }: ConversationEntry): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const { id } of segments) {
    if (ids.size > idsCompared) break;
    for (const { sourceId } of (await reader.readColumns(id, ['rest'])).rest ?? []) if (sourceId !== null) ids.add(sourceId);
  }
  return ids;
}
