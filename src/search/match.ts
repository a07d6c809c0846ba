// Which messages of a segment a settled plan hits: one byte a message, 1 for a hit. Columns are opened only where they are
// needed, the cheapest conditions first, and nothing more once no message is left.

import type { PersonId } from '../model/ids';
import { CamphorError } from '../model/error';
import type { JoinedTexts } from './normalise';
import type { PlanNode } from './plan';
import { byteAfter, textFromByte } from './raw-texts';
import type { RawTexts } from './raw-texts';
import type { SafeRegex } from './regex';
import { matched } from './regex-automaton';
import type { Columns } from './segment-cache';

export interface MatchContext {
  readonly segment: Columns;
  readonly messageCount: number;
  /** Who "me" is in this segment's conversation. */
  readonly owners: ReadonlySet<PersonId>;
}

const cost: Readonly<Record<PlanNode['is'], number>> = {
  conversations: 0, apps: 0, marked: 0, text: 1, time: 2, numbers: 2, people: 3, kind: 3, larger: 6, not: 4, any: 4, all: 4, regex: 5, feature: 6,
}; // prettier-ignore

export async function matchSegment(node: PlanNode, context: MatchContext): Promise<Uint8Array> {
  switch (node.is) {
    case 'all': {
      const hits = new Uint8Array(context.messageCount).fill(1);
      for (const part of node.nodes.toSorted((a, b) => cost[a.is] - cost[b.is])) {
        if (!hits.includes(1)) break;
        const partHits = part.is === 'regex' ? await matchRegex(part, context, hits) : await matchSegment(part, context);
        for (let index = 0; index < hits.length; index++) hits[index] = (hits[index] ?? 0) & (partHits[index] ?? 0);
      }
      return hits;
    }
    case 'any': {
      const hits = new Uint8Array(context.messageCount);
      for (const part of node.nodes) {
        const partHits = await matchSegment(part, context);
        for (let index = 0; index < hits.length; index++) hits[index] = (hits[index] ?? 0) | (partHits[index] ?? 0);
      }
      return hits;
    }
    case 'not': {
      const hits = await matchSegment(node.node, context);
      return hitsWhere(hits.length, (index) => hits[index] === 0);
    }
    case 'text':
      return matchText(await context.segment.normalised(), node.text);
    case 'regex':
      return matchRegex(node, context, null);
    default:
      return matchFilter(node, context);
  }
}

/** A term is found inside one message, never across two; a message is a hit once. */
function matchText({ joined, ends }: JoinedTexts, term: string): Uint8Array {
  const hits = new Uint8Array(ends.length);
  let message = 0;
  for (let at = joined.indexOf(term); at >= 0;) {
    while ((ends[message] ?? joined.length) <= at) message++;
    const end = ends[message] ?? joined.length;
    const isInside = at + term.length <= end;
    if (isInside) hits[message] = 1;
    at = joined.indexOf(term, isInside ? end : at + 1);
  }
  return hits;
}

async function matchRegex(
  { regex, over }: PlanNode & { readonly is: 'regex' },
  context: MatchContext,
  within: Uint8Array | null, // prettier-ignore
): Promise<Uint8Array> {
  if (over === 'raw') return matchStored(regex, await context.segment.raw(), within);
  const { joined, ends } = await context.segment.normalised();
  const hits = new Uint8Array(ends.length);
  let from = 0;
  for (let message = 0; message < ends.length; message++) {
    const to = ends[message] ?? from;
    if ((within === null || within[message] === 1) && regex.matches(joined, from, to)) hits[message] = 1;
    from = to;
  }
  return hits;
}

/** Texts are decoded only where they have to be. Throws CamphorError `damaged`. */
function matchStored(regex: SafeRegex, { utf8, ends }: RawTexts, within: Uint8Array | null): Uint8Array {
  const hits = new Uint8Array(ends.length);
  let at = 0;
  let before = 0;
  for (let message = 0; message < ends.length; message++) {
    const unitCount = (ends[message] ?? before) - before;
    before += unitCount;
    const isAsked = within === null || within[message] === 1;
    const end = isAsked ? regex.runStored(utf8, at, unitCount) : byteAfter(utf8, at, unitCount);
    if (end >= 0) {
      at = end;
    } else if (end === matched) {
      hits[message] = 1;
      at = byteAfter(utf8, at, unitCount);
    } else {
      const whole = textFromByte(utf8, at, unitCount);
      if (regex.matches(whole.text, 0, whole.text.length)) hits[message] = 1;
      at = whole.end;
    }
  }
  if (at !== utf8.length) throw new CamphorError('damaged');
  return hits;
}

type Filter = Exclude<PlanNode, { readonly is: 'all' | 'any' | 'not' | 'text' | 'regex' }>;

async function matchFilter(node: Filter, { segment, messageCount, owners }: MatchContext): Promise<Uint8Array> {
  switch (node.is) {
    case 'time': {
      const { sentAtMs } = await segment.times();
      return hitsWhere(messageCount, (index) => {
        const atMs = sentAtMs[index] ?? 0;
        return atMs >= node.fromMs && atMs < node.toMs;
      });
    }
    case 'people': {
      const { ids, index: people } = await segment.people();
      const wanted = ids.map((id) => node.people.has(id) || (node.owner && owners.has(id)));
      return hitsWhere(messageCount, (index) => wanted[people[index] ?? -1] === true);
    }
    case 'kind': {
      const kinds = await segment.kinds();
      return hitsWhere(messageCount, (index) => node.kinds.has(kinds[index] ?? -1));
    }
    case 'larger': {
      const sizes = await segment.sizes();
      return hitsWhere(messageCount, (index) => (sizes[index] ?? 0) > node.sizeBytes);
    }
    case 'feature': {
      const features = await segment.features();
      return hitsWhere(messageCount, (index) => ((features[index] ?? 0) & node.bit) !== 0);
    }
    case 'numbers': {
      const { seq } = await segment.times();
      return hitsWhere(messageCount, (index) => node.numbers.has(seq[index] ?? -1));
    }
    case 'conversations':
    case 'marked':
    case 'apps':
      // `settle` leaves none of these.
      return new Uint8Array(messageCount);
  }
}

/** A loop, since `Uint8Array.from` with a function takes ten times as long. */
function hitsWhere(messageCount: number, isHit: (index: number) => boolean): Uint8Array {
  const hits = new Uint8Array(messageCount);
  for (let index = 0; index < messageCount; index++) if (isHit(index)) hits[index] = 1;
  return hits;
}
