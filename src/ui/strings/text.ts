// How a string is stored and filled in. A text with a count has a form for one and a form for all other numbers.

export type Text = string | { readonly one: string; readonly other: string };
export type Language = 'en' | 'zh-CN';

/** A piece of a filled-in text: words of ours, or the name of a placeholder. */
export type Piece = { readonly words: string } | { readonly slot: string };

/** The form of `text` that `count` asks for. In English and Chinese alike, one is 1 and nothing else. */
export function pluralForm(text: Text, count: number | undefined): string {
  if (typeof text === 'string') return text;
  return count === 1 ? text.one : text.other;
}

/** Splits `Read {count} of {total}` into words and slots, in order. */
export function splitSlots(form: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of form.matchAll(/\{([a-z][A-Za-z]*)\}/g)) {
    if (match.index > from) pieces.push({ words: form.slice(from, match.index) });
    pieces.push({ slot: match[1] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < form.length) pieces.push({ words: form.slice(from) });
  return pieces;
}
