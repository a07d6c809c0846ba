// How a string is stored and filled in.

import type { Language } from '../../model/language';

export type { Language } from '../../model/language';

/** A text, or one by a count: a form for each kind of number that the language knows (CLDR), and where it reads so, one for 1 alone. */
export type Text =
  | string
  | ({ readonly [Form in Exclude<Intl.LDMLPluralRule, 'other'>]?: string } & { readonly other: string; readonly 1?: string });

/** A piece of a filled-in text: words of ours, or the name of a placeholder. */
export type Piece = { readonly words: string } | { readonly slot: string };

const rules = new Map<Language, Intl.PluralRules>();

/** The form of `text` that `count` asks for in this language. */
export function pluralForm(text: Text, count: number | undefined, language: Language): string {
  if (typeof text === 'string') return text;
  if (count === undefined) return text.other;
  if (count === 1 && text[1] !== undefined) return text[1];
  if (!rules.has(language)) rules.set(language, new Intl.PluralRules(language));
  return text[rules.get(language)?.select(count) ?? 'other'] ?? text.other;
}

/** The language of ours for a tag of the browser such as `zh-HK`. */
export function languageOf(tag: string): Language | undefined {
  if (/^en\b/i.test(tag)) return 'en';
  if (!/^zh\b/i.test(tag)) return undefined;
  return /-(?:hant|tw|hk|mo)\b/i.test(tag) && !/-hans\b/i.test(tag) ? 'zh-TW' : 'zh-CN';
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
