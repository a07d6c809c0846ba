// Several steps at once whose results are wanted one after the other.

/**
 * Results of `run` in the order of `items`, at most `atOnce` of them begun and not yet taken. Throws what the first that fails
 * throws, in its turn; by then all that were begun have ended. The same where the reader stops early.
 */
export async function* readAhead<Item, Result>(
  items: Iterable<Item>,
  atOnce: number,
  run: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, void> {
  const begun: Promise<Result>[] = [];
  try {
    for (const item of items) {
      const result = run(item);
      // Waited for below, perhaps much later: until then a failure must not count as one that nobody hears of.
      result.catch(() => {});
      begun.push(result);
      if (begun.length >= atOnce) yield await (begun.shift() as Promise<Result>);
    }
    for (let next = begun.shift(); next !== undefined; next = begun.shift()) yield await next;
  } finally {
    await Promise.allSettled(begun);
  }
}
