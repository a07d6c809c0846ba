// Messages of a shelf as rows ask for them, a step at a time.

import { createSignal } from 'solid-js';
import type { MessageView } from '../../model/view';

const step = 60;
/** More are let go, the ones asked for longest ago first. */
const stepsKept = 40;

export interface GalleryItems {
  /** The messages that are here of `from` to `to`; the others are asked for. */
  range(from: number, to: number): readonly MessageView[];
  /** All that are here around an index, in order: what a lightbox can go through. */
  around(index: number): readonly MessageView[];
}

/** `read` gives messages from and to an index; failures go to `onFail`. */
export function createGalleryItems(
  read: (from: number, to: number) => Promise<readonly MessageView[]>,
  onFail: (cause: unknown) => void,
): GalleryItems {
  const steps = new Map<number, readonly MessageView[] | null>();
  const [edition, setEdition] = createSignal(0);
  const load = (number: number): void => {
    steps.set(number, null);
    read(number * step, (number + 1) * step)
      .then((messages) => {
        steps.set(number, messages);
        for (const oldest of steps.keys()) {
          if (steps.size <= stepsKept) break;
          steps.delete(oldest);
        }
        setEdition((now) => now + 1);
      })
      .catch((cause: unknown) => {
        steps.delete(number);
        onFail(cause);
      });
  };
  return {
    range(from, to) {
      edition();
      const found: MessageView[] = [];
      for (let number = Math.floor(from / step); number * step < to; number += 1) {
        if (!steps.has(number)) load(number);
        const begin = number * step;
        found.push(...(steps.get(number) ?? []).slice(Math.max(0, from - begin), Math.max(0, to - begin)));
      }
      return found;
    },
    around(index) {
      const found: MessageView[] = [];
      let first = Math.floor(index / step);
      while (steps.get(first - 1)) first -= 1;
      for (let number = first; steps.get(number); number += 1) found.push(...(steps.get(number) ?? []));
      return found;
    },
  };
}
