// A parsed regular expression as a list of steps (Thompson's construction).

import { CamphorError } from '../model/error';
import type { Assertion, RegexNode } from './regex-syntax';

export type Step =
  | { readonly do: 'accept' }
  | { readonly do: 'take'; readonly set: number; readonly next: number }
  | { readonly do: 'assert'; readonly kind: Assertion; readonly next: number }
  | { readonly do: 'fork'; readonly next: readonly number[] };

export interface Program {
  readonly steps: readonly Step[];
  readonly start: number;
  /** Sources of the sets that `take` steps refer to. */
  readonly sets: readonly string[];
}

/** Counted repeats are written out; this bounds what `(x{99}){99}` may become. */
const stepLimit = 5000;

/** Throws CamphorError `query-too-slow` where counted repeats make it too large. */
export function compileRegex(node: RegexNode): Program {
  const steps: Step[] = [{ do: 'accept' }];
  const sets = new Map<string, number>();
  const add = (step: Step): number => {
    if (steps.length >= stepLimit) throw new CamphorError('query-too-slow', { steps: stepLimit });
    return steps.push(step) - 1;
  };
  /** Writes the steps of `item` before step `next`; gives the first of them. */
  const write = (item: RegexNode, next: number): number => {
    switch (item.is) {
      case 'set': {
        const set = sets.get(item.source) ?? sets.size;
        sets.set(item.source, set);
        return add({ do: 'take', set, next });
      }
      case 'assertion':
        return add({ do: 'assert', kind: item.kind, next });
      case 'sequence':
        return item.items.reduceRight((after, part) => write(part, after), next);
      case 'choice':
        return add({ do: 'fork', next: item.items.map((part) => write(part, next)) });
      case 'repeat':
        return writeRepeat(item, next);
    }
  };
  const writeRepeat = (item: RegexNode & { readonly is: 'repeat' }, next: number): number => {
    let first = next;
    if (item.most === Infinity) {
      const again: number[] = [];
      first = add({ do: 'fork', next: again });
      again.push(write(item.item, first), next);
    } else {
      for (let count = item.least; count < item.most; count++) first = add({ do: 'fork', next: [write(item.item, first), next] });
    }
    for (let count = 0; count < item.least; count++) first = write(item.item, first);
    return first;
  };
  const start = write(node, 0);
  return { steps, start, sets: [...sets.keys()] };
}
