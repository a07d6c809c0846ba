// Which of the encodings from before Unicode a text is in, by what its bytes look like when read as that encoding's
// script: no table of words, only the ranges of letters (indexes of encoding.spec.whatwg.org). Each test must be convinced;
// what convinces none of them is Windows-1252, which takes any byte.

export type LegacyEncoding = 'gb18030' | 'big5' | 'shift_jis' | 'euc-kr' | 'windows-874' | 'windows-1251' | 'windows-1252';

/** Fewer than this cannot tell Korean, Thai and the like from the far more frequent GBK. */
const fewestPairs = 8;
const fewestHigh = 12;
const fewestKana = 3;

/** The encoding of bytes that are no UTF-8. Some hundred bytes that are not ASCII are plenty; with few, GBK is preferred. */
export function detectLegacyEncoding(bytes: Uint8Array): LegacyEncoding {
  if (looksJapanese(bytes)) return 'shift_jis';
  if (looksThai(bytes) && !isInPairs(bytes)) return 'windows-874';
  if (looksCyrillic(bytes)) return 'windows-1251';
  const pairs = countPairs(bytes);
  if (pairs.all >= fewestPairs) {
    if (pairs.hangul >= 0.85 * (pairs.all - pairs.symbols) && pairs.all > 2 * pairs.singles) return 'euc-kr';
    if (pairs.lowTrails >= 0.15 * pairs.all && pairs.frequentBig5 >= 0.6 * (pairs.all - pairs.symbols)) return 'big5';
  }
  return pairs.highTrails > pairs.singles + pairs.lowTrails ? 'gb18030' : 'windows-1252';
}

const isHigh = (byte: number | undefined): boolean => byte !== undefined && byte > 0x7f;

/** Shift_JIS, where at least a quarter of the characters are kana and hardly one is broken: no other text looks so. */
function looksJapanese(bytes: Uint8Array): boolean {
  let characters = 0;
  let kana = 0;
  let broken = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    characters++;
    if (lead >= 0xa1 && lead <= 0xdf) continue;
    const trail = bytes[++at];
    if (trail === undefined) break;
    if (trail < 0x40 || trail === 0x7f || trail > 0xfc) broken++;
    else if ((lead === 0x82 && trail >= 0x9f && trail <= 0xf1) || (lead === 0x83 && trail <= 0x96)) kana++;
  }
  return kana >= fewestKana && kana * 4 >= characters && broken * 50 <= characters;
}

const isThaiConsonant = (byte: number): boolean => byte >= 0xa1 && byte <= 0xce;
/** Vowels above and below, and tones: they stand on a consonant or on each other. */
const isThaiMark = (byte: number): boolean => byte === 0xd1 || (byte >= 0xd4 && byte <= 0xda) || (byte >= 0xe7 && byte <= 0xee);

/** Windows-874, where one high byte in ten or more is a mark, and nearly all marks and leading vowels stand where they must. */
function looksThai(bytes: Uint8Array): boolean {
  let high = 0;
  let marks = 0;
  let astray = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    high++;
    const before = bytes[at - 1] ?? 0;
    if (isThaiMark(byte)) {
      marks++;
      if (!isThaiConsonant(before) && !isThaiMark(before)) astray++;
    } else if (byte >= 0xe0 && byte <= 0xe4) {
      const after = bytes[at + 1];
      if (after !== undefined && !isThaiConsonant(after)) astray++;
    } else if ((byte >= 0xdb && byte <= 0xde) || byte >= 0xfc || (byte > 0x80 && byte < 0x91 && byte !== 0x85)) astray++;
  }
  return high >= fewestHigh && marks * 10 >= high && astray * 30 <= high;
}

/**
 * Chinese text may have the marks of Thai by chance, but comes in pairs of bytes: its runs of high bytes are even in GBK, where
 * every other one of Thai's is odd, and end with a letter of ASCII in Big5, where Thai's end with a space, a digit or a line.
 */
function isInPairs(bytes: Uint8Array): boolean {
  let runs = 0;
  let oddRuns = 0;
  let runsToLetters = 0;
  let runBytes = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (!isHigh(bytes[at])) continue;
    runBytes++;
    const after = bytes[at + 1] ?? 0;
    if (isHigh(after)) continue;
    runs++;
    oddRuns += runBytes & 1;
    if (after >= 0x40) runsToLetters++;
    runBytes = 0;
  }
  return oddRuns * 6 < runs || runsToLetters * 3 > runs;
}

/** оеаинт: near half of what is written in Russian, and as frequent in its neighbours. */
const frequentCyrillic = new Set([0xee, 0xe5, 0xe0, 0xe8, 0xed, 0xf2]);

/** Windows-1251, where words are of high bytes only, nearly all of them letters, most of them small. */
function looksCyrillic(bytes: Uint8Array): boolean {
  let high = 0;
  let letters = 0;
  let small = 0;
  let frequent = 0;
  let alone = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    high++;
    if (byte >= 0xc0 || byte === 0xa8 || byte === 0xb8 || byte === 0xb3 || byte === 0xbf) letters++;
    if (byte >= 0xe0) small++;
    if (frequentCyrillic.has(byte)) frequent++;
    if (!isHigh(bytes[at - 1]) && !isHigh(bytes[at + 1])) alone++;
  }
  return high >= fewestHigh && letters * 10 >= high * 9 && small * 3 >= high * 2 && frequent * 10 >= high * 3 && alone * 5 <= high;
}

interface PairCounts {
  /** Pairs of a high byte and a byte that may end one. */
  all: number;
  /** Of these: punctuation and full-width letters, in the first rows of every East Asian set. */
  symbols: number;
  /** Syllables of KS X 1001. GB2312 has the first half of its pinyin order there: half of all Chinese text at most. */
  hangul: number;
  /** The rows of Big5's frequent characters. */
  frequentBig5: number;
  /** Second bytes that are ASCII: two of five in Big5, none in GB2312. */
  lowTrails: number;
  highTrails: number;
  /** High bytes that no pair explains, or beyond the rows that any of these sets fills. */
  singles: number;
}

function countPairs(bytes: Uint8Array): PairCounts {
  const counts: PairCounts = { all: 0, symbols: 0, hangul: 0, frequentBig5: 0, lowTrails: 0, highTrails: 0, singles: 0 };
  for (let at = 0; at + 1 < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    const trail = bytes[at + 1] ?? 0;
    if (lead < 0x80) continue;
    at++;
    const isLow = trail >= 0x40 && trail <= 0x7e;
    if (lead <= 0xa0 || lead > 0xf9 || (trail <= 0xa0 && !isLow)) {
      counts.singles++;
      continue;
    }
    counts.all++;
    if (isLow) counts.lowTrails++;
    else counts.highTrails++;
    if (lead <= 0xa3) counts.symbols++;
    else if (lead >= 0xb0 && lead <= 0xc8 && !isLow) counts.hangul++;
    if (lead >= 0xa4 && lead <= 0xc6) counts.frequentBig5++;
  }
  return counts;
}
