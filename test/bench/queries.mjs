// 200 fixed queries: rare, common, absent and one-character, in both scripts; 25 of each of the eight classes.
import { createRandom, personName } from './corpus.mjs';
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

/** What peers and a plain scan are asked: `{query, words, isPhrase, from, beforeMs, regex}` by class, 25 of each of eight. */
export function peerQueries() {
  const own = fixedQueries();
  const [common, rare] = [own['common en'], own['rare en']];
  const word = (words) => ({ query: words, words });
  const plain = (words) => words.map(word);
  const pairs = pick(englishWords().words, 0, 40, 7).map((first, at) => `${first} ${pick(englishWords().words, 0, 40, 8)[at]}`);
  const names = Array.from({ length: each }, (_, index) => personName(index));
  return {
    'rare en': plain(rare),
    'common en': plain(common),
    absent: plain([...own['absent en'].slice(0, 12), ...own['absent zh'].slice(0, 13)]),
    'two characters zh': plain(own['rare zh']),
    'one character zh': plain(own['one character zh']),
    phrase: pairs.map((words) => ({ query: `"${words}"`, words, isPhrase: true })),
    filter: common.map((words, at) =>
      at % 2 === 0
        ? { query: `${words} from:${names[at]}`, words, from: names[at] }
        : { query: `${words} before:2017`, words, beforeMs: Date.UTC(2017, 0, 1) },
    ),
    regex: common.map((words, at) => {
      const regex = at % 2 === 0 ? `${words}.{1,9}${common[(at + 1) % each]}` : `[0-9]{3}${at % 10}$`;
      return { query: `/${regex}/`, words: '', regex };
    }),
  };
}
