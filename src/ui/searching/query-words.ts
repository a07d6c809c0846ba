// The query as text: which word the cursor is in, and filters that chips switch on and off.

/** Bounds of the word around the cursor; a quoted part counts as one word. */
export function wordAt(query: string, cursor: number): { readonly from: number; readonly to: number } {
  let from = 0;
  let quoted = false;
  for (let at = 0; at < query.length; at++) {
    const letter = query.charAt(at);
    if (letter === '"') quoted = !quoted;
    if (quoted || !/\s/u.test(letter)) continue;
    if (at >= cursor) return { from, to: at };
    from = at + 1;
  }
  return { from, to: query.length };
}

/** True where there is nothing to look for yet: no words, or an operator such as `from:` that still waits for its value. */
export function isUnfinished(query: string): boolean {
  return query.trim() === '' || /(?:^|\s)-?\p{L}+[:：]$/u.test(query);
}

/** The query with the word under the cursor replaced, and where the cursor goes. */
export function replaceWord(query: string, cursor: number, insert: string): { readonly query: string; readonly cursor: number } {
  const { from, to } = wordAt(query, cursor);
  const spaced = insert.endsWith(':') || query.charAt(to) === ' ' ? insert : `${insert} `;
  return { query: query.slice(0, from) + spaced + query.slice(to), cursor: from + spaced.length };
}

/** True where the query holds this filter as a word of its own. */
export function hasFilter(query: string, filter: string): boolean {
  return query.split(/\s+/u).includes(filter);
}

/** Adds a filter, or takes it away where it is. */
export function toggleFilter(query: string, filter: string): string {
  const words = query.split(/\s+/u).filter(Boolean);
  return (words.includes(filter) ? words.filter((word) => word !== filter) : [...words, filter]).join(' ');
}
