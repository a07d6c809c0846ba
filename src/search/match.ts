// Which messages of a segment a settled plan hits: one byte a message, 1 for a hit. Columns are opened only where they are
// needed, the cheapest conditions first, and nothing more once no message is left.

import type { PersonId } from '../model/ids';
import type { JoinedTexts } from './normalise';
import type { PlanNode } from './plan';
import type { OpenSegment } from './segment-cache';

export interface MatchContext {
  readonly segment: OpenSegment;
  readonly messageCount: number;
  /** Who "me" is in this segment's conversation. */
  readonly owners: ReadonlySet<PersonId>;
}

const cost: Readonly<Record<PlanNode['is'], number>> = {
  conversations: 0, apps: 0, text: 1, time: 2, people: 3, kind: 3, not: 4, any: 4, all: 4, regex: 5, feature: 6,
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
      return hits.map((hit) => 1 - hit);
    }
    case 'text':
      return matchText((await context.segment.texts()).normalised, node.text);
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
  { regex }: PlanNode & { readonly is: 'regex' },
  context: MatchContext,
  within: Uint8Array | null, // prettier-ignore
): Promise<Uint8Array> {
  const { joined, ends } = (await context.segment.texts()).raw;
  const hits = new Uint8Array(ends.length);
  let from = 0;
  for (let message = 0; message < ends.length; message++) {
    const to = ends[message] ?? from;
    if ((within === null || within[message] === 1) && regex.matches(joined, from, to)) hits[message] = 1;
    from = to;
  }
  return hits;
}

type Filter = Exclude<PlanNode, { readonly is: 'all' | 'any' | 'not' | 'text' | 'regex' }>;

async function matchFilter(node: Filter, { segment, messageCount, owners }: MatchContext): Promise<Uint8Array> {
  switch (node.is) {
    case 'time': {
      const { sentAtMs } = await segment.times();
      return Uint8Array.from(sentAtMs, (atMs) => Number(atMs >= node.fromMs && atMs < node.toMs));
    }
    case 'people': {
      const { ids, index } = await segment.people();
      const wanted = ids.map((id) => Number(node.people.has(id) || (node.owner && owners.has(id))));
      return Uint8Array.from(index, (person) => wanted[person] ?? 0);
    }
    case 'kind': {
      const kinds = await segment.kinds();
      return kinds.map((kind) => Number(node.kinds.has(kind)));
    }
    case 'feature': {
      const features = await segment.features();
      return features.map((bits) => Number((bits & node.bit) !== 0));
    }
    case 'conversations':
    case 'apps':
      // `settle` leaves none of these.
      return new Uint8Array(messageCount);
  }
}
