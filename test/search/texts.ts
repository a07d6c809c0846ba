// Texts in which everything that normalisation and grams treat apart comes up often and next to each other.

import fc from 'fast-check';

const pieces = [
  '我', '们', '火', '锅', '鍋', '發', '发', '后', '後', '的', '𠮷', 'a', 'b', 'c', 'e', 'E', 'cat', 'noon', 'é', 'e\u0301', 'ß', 'Ａ', '１', '2024',
  ' ', ' ', '\n', '.', ',', '-', '’', "'", '😂', '👍🏽', '❤️', '👨‍👩‍👧', '\u200b', '\u202e', 'カ', 'ｶ', 'ﾞ', '\u3099', 'ガ', 'は', 'ㅋ', '한', '\u1112\u1161\u11ab',
  'и', 'й', 'ё', 'ا', 'أ', 'مُ', '\u0301', '\ud800', '\udc00', '…', '㎏', 'https://x.org/a', 'สวัสดี', '\0',
]; // prettier-ignore

/** Short texts over a small alphabet, so that terms are found often. */
export const chatText = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
export const anyText = fc.oneof({ arbitrary: chatText, weight: 3 }, { arbitrary: fc.string({ unit: 'binary', maxLength: 30 }), weight: 1 });

/** A corpus and a text cut from it, or another. */
export const corpusAndTerm = fc.array(chatText, { minLength: 1, maxLength: 40 }).chain((texts) =>
  fc.record({
    texts: fc.constant(texts),
    term: fc.oneof(
      fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 6 })).map(([which, from, length]) => {
        const text = texts[which % texts.length] ?? '';
        const start = from % Math.max(1, text.length);
        return text.slice(start, start + length);
      }),
      chatText,
    ),
  }),
);

export function join(texts: readonly string[]): { joined: string; ends: Uint32Array } {
  let end = 0;
  return { joined: texts.join(''), ends: Uint32Array.from(texts, (text) => (end += text.length)) };
}
