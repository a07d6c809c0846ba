// Which messages of a conversation are chosen. They stay chosen wherever the reader scrolls, whether they are mounted or not.

import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { PageAnchor, MessagePage, MessageView } from '../../model/view';
import { createLatest } from '../latest';

/** The most that are chosen at a time. */
export const choiceLimit = 10_000;
/** Read at once, where a range goes beyond what is mounted. */
const rangePage = 500;

/** Up to `after` messages behind the anchor, and it. */
export type ReadOn = (anchor: PageAnchor, after: number) => Promise<Pick<MessagePage, 'messages'>>;

export interface Choosing {
  /** True once a message was chosen, until none is. */
  readonly isOn: Accessor<boolean>;
  readonly count: Accessor<number>;
  /** Position of the message that was chosen, let go of or reached last. */
  readonly at: Accessor<number | null>;
  has(seq: number): boolean;
  /** Gives false where there are too many. */
  toggle(message: MessageView): boolean;
  /**
   * All from the message that was toggled last to this one, in place of those that the range had before; gives false where only a
   * part of them is chosen, since they are too many. Throws what reading throws.
   */
  extend(to: MessageView): Promise<boolean>;
  /** Changes one in place, such as its bookmark. */
  amend(seq: number, change: (message: MessageView) => MessageView): void;
  clear(): void;
  /** In order of time. */
  messages(): readonly MessageView[];
}

export function createChoosing(readOn: ReadOn): Choosing {
  const [chosen, setChosen] = createSignal<ReadonlyMap<number, MessageView>>(new Map());
  const [at, setAt] = createSignal<number | null>(null);
  const takeTurn = createLatest();
  let turn = takeTurn();
  let anchor: MessageView | null = null;
  /** Those that only the range chose, which goes when it becomes another one. */
  let ranged: readonly number[] = [];
  const choose = (next: ReadonlyMap<number, MessageView>, from: MessageView | null, position: number | null): void => {
    turn = takeTurn();
    [anchor, ranged] = [from, []];
    setChosen(next);
    setAt(next.size === 0 ? null : position);
  };
  const toggle = (message: MessageView): boolean => {
    const next = new Map(chosen());
    if (!next.delete(message.seq)) next.set(message.seq, message);
    if (next.size > choiceLimit) return false;
    choose(next, message, message.position);
    return true;
  };
  return {
    at,
    isOn: createMemo(() => chosen().size > 0),
    count: () => chosen().size,
    has: (seq) => chosen().has(seq),
    toggle,
    async extend(to) {
      const from = anchor;
      if (from === null) return toggle(to);
      turn = takeTurn();
      const mine = turn;
      const range = await readRange(from, to, readOn);
      if (!mine.isLatest()) return true;
      const next = new Map(chosen());
      for (const seq of ranged) next.delete(seq);
      const fresh = range.filter(({ seq }) => !next.has(seq));
      const added = fresh.slice(0, choiceLimit - next.size);
      for (const message of added) next.set(message.seq, message);
      ranged = added.map(({ seq }) => seq);
      setChosen(next);
      setAt(to.position);
      return added.length === fresh.length && reaches(range, to);
    },
    amend(seq, change) {
      const message = chosen().get(seq);
      if (message !== undefined) setChosen(new Map(chosen()).set(seq, change(message)));
    },
    clear: () => choose(new Map(), null, null),
    messages: () => [...chosen().values()].sort((a, b) => a.position - b.position),
  };
}

const reaches = (range: readonly MessageView[], to: MessageView): boolean => range.some(({ seq }) => seq === to.seq);

/** Those between two messages, both included, from the first one on; not more than can be chosen. */
async function readRange(from: MessageView, to: MessageView, readOn: ReadOn): Promise<readonly MessageView[]> {
  const first = Math.max(Math.min(from.position, to.position), from.position - choiceLimit + 1);
  const last = Math.min(Math.max(from.position, to.position), from.position + choiceLimit - 1);
  const range: MessageView[] = [];
  for (let position = first; position <= last;) {
    const { messages } = await readOn({ at: 'position', position }, Math.min(rangePage, last - position + 1) - 1);
    if (messages.length === 0) break;
    range.push(...messages);
    position += messages.length;
  }
  // Nearest to where the range began, where not all of them can be had.
  return to.position < from.position ? range.reverse() : range;
}
