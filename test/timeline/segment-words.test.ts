// Words of many texts at once are the words of each text alone, as the engine segments it.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addWords, countWords } from '../../src/timeline/statistics/segment-words';
import { isStopWord } from '../../src/timeline/statistics/stop-words';
import { join } from '../search/texts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
const pieces = ['kitchen', 'Kitchen', "don't", 'e.g.', 'end.', 'a.b', "'tis", 'rock-n-roll', 'x:y', 'snake_case', '3pm', '火锅', '今天吃火锅', 'カレー', 'สวัสดี', 'ночь', '한국어', 'Straße', ' ', ' ', '\n', ', ', '! ', '(', ')', '"', ';', '\t', '.', "'", '-', '\u2028', '\u00a0', '😂', 'é', 'e\u0301']; // prettier-ignore
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));

function plainCount(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of texts) {
    for (const { segment, isWordLike } of segmenter.segment(each)) {
      const word = segment.toLowerCase();
      const isTold = /\p{L}/u.test(word) && word.length >= (/^\p{Script=Han}/u.test(word) ? 2 : 3) && !isStopWord(word);
      if (isWordLike === true && isTold) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

test('are counted as one by one', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
      const { words } = countWords({ text: join(texts), kinds: new Uint8Array(texts.length) }, segmenter);
      const counted = new Map<string, number>();
      addWords(counted, words);
      expect(new Map([...counted].toSorted())).toEqual(new Map([...plainCount(texts)].toSorted()));
    }),
    { numRuns: 300 },
  );
});
