// A list that was read again, with the former items where they say the same: rows that did not change stay, and the focus in them.

/** `next` with the items of `former` in place of equal ones of the same key. Items are plain data. */
export function sameItems<Item>(former: readonly Item[], next: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  const known = new Map(former.map((item) => [keyOf(item), item]));
  return next.map((item) => {
    const before = known.get(keyOf(item));
    return before !== undefined && JSON.stringify(before) === JSON.stringify(item) ? before : item;
  });
}
