// Pinyin of names. A module of its own since its dictionary is larger than the rest of search: workers/search loads it by
// `import()` when a query first needs it.

import { pinyin } from 'pinyin-pro';

/** Syllables without tones, surnames read as surnames; what is no Han character stands for itself. */
export function pinyinOf(name: string): readonly string[] {
  return pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true }).map((syllable) => syllable.toLowerCase());
}

let known: ReadonlyMap<string, string> | null = null;

/** Every reading of every common Han character: syllables without tones, each with the characters that are read so. Made once. */
export function allReadings(): ReadonlyMap<string, string> {
  return (known ??= makeReadings());
}

function makeReadings(): ReadonlyMap<string, string> {
  const readings = new Map<string, string>();
  for (let code = 0x4e00; code <= 0x9fff; code++) {
    const character = String.fromCharCode(code);
    const syllables = new Set(pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true }));
    for (const syllable of syllables) {
      if (/^[a-z]{1,6}$/.test(syllable)) readings.set(syllable, (readings.get(syllable) ?? '') + character);
    }
  }
  return readings;
}
