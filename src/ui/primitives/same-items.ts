// A list that was read again, with the former items where they say the same: rows that did not change stay, and the focus in them.

/** With sorted keys: what was put together in another order says the same. */
function textOf(item: unknown): string {
  return JSON.stringify(item, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** `next` with the items of `former` in place of equal ones of the same key. Items are plain data. */
export function sameItems<Item>(former: readonly Item[], next: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  const known = new Map(former.map((item) => [keyOf(item), item]));
  return next.map((item) => {
    const before = known.get(keyOf(item));
    return before !== undefined && textOf(before) === textOf(item) ? before : item;
  });
}
