// What is read from the vault for a screen. Unlike a resource it suspends nothing: what is shown stays while more is read.

import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import { createLatest } from '../latest';

/**
 * The last answer of `read` for the newest `source`; undefined until the first one is here. An answer that a newer
 * source overtook is dropped. Failures go to `onFail`, and the former answer stays.
 */
export function createLoaded<Source, Value>(
  source: Accessor<Source | undefined>,
  read: (source: Source) => Promise<Value>,
  onFail: (cause: unknown) => void,
): Accessor<Value | undefined> {
  const [value, setValue] = createSignal<Value>();
  const takeTurn = createLatest();
  createEffect(
    on(source, (wanted) => {
      const turn = takeTurn();
      if (wanted === undefined) return;
      read(wanted)
        .then((answer) => turn.isLatest() && setValue(() => answer))
        .catch((cause: unknown) => turn.isLatest() && onFail(cause));
    }),
  );
  return value;
}
