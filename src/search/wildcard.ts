// `wine*`, `w?ne`: words with wildcards, as the same automaton that runs regular expressions, over the normalised text.

import { normaliseText } from './normalise';
import { createRegexOf } from './regex';
import type { SafeRegex } from './regex';
import type { RegexNode } from './regex-syntax';

/** What a word is made of; also what a wildcard stands for. */
const wordCharacter = '[\\p{L}\\p{N}\\p{M}_]';
const pattern = /^[\p{L}\p{N}\p{M}_*?]{2,100}$/u;
/** A question mark at the end of a word ends a question. */
const isWild = /\*|[^?]\?+[^?]/u;

export const set = (source: string): RegexNode => ({ is: 'set', source });
export const edge: RegexNode = { is: 'assertion', kind: 'run-edge' };

/** Null where the word holds no wildcard, or nothing else. */
export function parseWildcard(word: string): SafeRegex | null {
  if (!pattern.test(word) || !isWild.test(word) || word.endsWith('?') || !/[^*?]/u.test(word)) return null;
  const items = (word.match(/\*+|\?|[^*?]+/gu) ?? []).flatMap((piece): readonly RegexNode[] => {
    if (piece === '?') return [set(wordCharacter)];
    if (piece.startsWith('*')) return [{ is: 'repeat', item: set(wordCharacter), least: 0, most: Infinity }];
    return literal(piece);
  });
  return createRegexOf(word, { is: 'sequence', items: [edge, ...items, edge] });
}

/** The normalised characters of a text as sets of one. */
export function literal(text: string): readonly RegexNode[] {
  return [...normaliseText(text)].map((character) => set(/[\^$\\.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character));
}
