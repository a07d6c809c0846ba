// What a screen waits for, so that nothing of it moves once it has come up.

import { type Accessor, createResource } from 'solid-js';

/**
 * The last answer of `read` for the newest `source`. Suspends until the first one is here, and never again. Failures go to
 * `onFail`, and the former answer stays: undefined where there was none.
 */
export function createAwaited<Source, Value>(
  source: Accessor<Source>,
  read: (source: Source) => Promise<Value>,
  onFail: (cause: unknown) => void,
): Accessor<Value | undefined> {
  const [answer] = createResource<Value | undefined, { readonly wanted: Source }>(
    () => ({ wanted: source() }),
    async ({ wanted }, { value }) => {
      try {
        return await read(wanted);
      } catch (cause) {
        onFail(cause);
        return value;
      }
    },
  );
  return () => answer.latest;
}
