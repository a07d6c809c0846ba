// Pinyin of names. A module of its own since its dictionary is larger than the rest of search: workers/search loads it by
// `import()` when a query first needs it.

import { pinyin } from 'pinyin-pro';

/** Syllables without tones, surnames read as surnames; what is no Han character stands for itself. */
export function pinyinOf(name: string): readonly string[] {
  return pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true }).map((syllable) => syllable.toLowerCase());
}
