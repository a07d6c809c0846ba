// Several steps at once whose results are wanted one after the other.

/**
 * Results of `run` in the order of `items`, at most `atOnce` of them begun and not yet taken. Throws what the first that fails
 * throws, in its turn; by then all that were begun have ended. The same where the reader stops early.
 * `bounds`: no more is begun while what was begun is heavier than the limit together.
 */
export async function* readAhead<Item, Result>(
  items: Iterable<Item>,
  atOnce: number,
  run: (item: Item) => Promise<Result>,
  bounds: { readonly limit: number; weightOf(item: Item): number } = { limit: Infinity, weightOf: () => 0 },
): AsyncGenerator<Result, void, void> {
  const begun: { readonly result: Promise<Result>; readonly weight: number }[] = [];
  let weight = 0;
  try {
    for (const item of items) {
      const result = run(item);
      // Waited for below, perhaps much later: until then a failure must not count as one that nobody hears of.
      result.catch(() => {});
      const added = { result, weight: bounds.weightOf(item) };
      begun.push(added);
      weight += added.weight;
      while (begun.length >= atOnce || (begun.length > 0 && weight > bounds.limit)) {
        const next = begun.shift() as (typeof begun)[number];
        weight -= next.weight;
        yield await next.result;
      }
    }
    for (let next = begun.shift(); next !== undefined; next = begun.shift()) yield await next.result;
  } finally {
    await Promise.allSettled(begun.map(({ result }) => result));
  }
}
