// 200 fixed queries: rare, common, absent and one-character, in both scripts; 25 of each of the eight classes.
import { createRandom } from './corpus.mjs';
import { chineseWords, englishWords } from './words.mjs';

const each = 25;

function pick(words, from, to, seed) {
  const random = createRandom(seed);
  return Array.from({ length: each }, () => words[from + Math.floor(random() * (to - from))]);
}

/** Query strings by class. */
export function fixedQueries() {
  const english = englishWords().words;
  const chinese = chineseWords().words;
  const pairs = chinese.filter((word) => word.length === 2);
  const long = english.filter((word) => word.length >= 5);
  const single = chinese.filter((word) => word.length === 1);
  const random = createRandom(5);
  const nonsense = () => Array.from({ length: 9 }, () => 'qxzjvkwb'[Math.floor(random() * 8)]).join('');
  return {
    'rare en': pick(long, 20_000, 40_000, 1),
    'common en': pick(long, 0, 300, 2),
    'absent en': Array.from({ length: each }, nonsense),
    'letter en': Array.from({ length: each }, (_, index) => String.fromCharCode(97 + index)),
    'rare zh': pick(pairs, 20_000, 40_000, 3),
    'common zh': pick(pairs, 0, 300, 4),
    'absent zh': Array.from({ length: each }, (_, index) => `龘${String.fromCodePoint(0x9f98 - index)}`),
    'one character zh': pick(single, 0, 2_000, 6),
  };
}
