// Words and emoji of one segment. Words are what the engine's own segmentation calls so, in any script.

import type { SegmentColumns } from '../../vault/archive';
import { systemKind } from './segment-counts';
import { isStopWord } from './stop-words';

/** Of each segment only the most frequent are kept: at ten million messages all of them would be a hundred MB. */
const keptPerSegment = 400;

/** Words with how often each was found. One text and one array: a map takes eight times as much, and was let go before it was of use. */
export interface CountedWords {
  /** By line. */
  readonly joined: string;
  readonly counts: Uint32Array;
}

export interface SegmentWords {
  readonly words: CountedWords;
  readonly emoji: CountedWords;
}

/** Flags, and pictographs that are shown as emoji, with skin tones and what is joined to them. */
const emojiPattern =
  /\p{Regional_Indicator}{2}|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)\p{Emoji_Modifier}?(?:\u200d\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)*/gu;
/** Addresses are no words. */
const addressPattern = /(?:https?:\/\/|www\.)\S+/gi;
const han = /^\p{Script=Han}/u;
const hasLetter = /\p{L}/u;

/** Single Chinese characters and shortest words of other scripts say little. */
function isTold(word: string): boolean {
  return hasLetter.test(word) && word.length >= (han.test(word) ? 2 : 3) && !isStopWord(word);
}

function most(counts: ReadonlyMap<string, number>): CountedWords {
  const all = [...counts];
  const kept = all.length <= keptPerSegment ? all : all.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, keptPerSegment);
  return { joined: kept.map(([word]) => word).join('\n'), counts: Uint32Array.from(kept, ([, count]) => count) };
}

/** Adds the counts of each word. */
export function addWords(sum: Map<string, number>, { joined, counts }: CountedWords): void {
  if (counts.length === 0) return;
  for (const [at, word] of joined.split('\n').entries()) sum.set(word, (sum.get(word) ?? 0) + (counts[at] ?? 0));
}

const add = (counts: Map<string, number>, word: string): void => void counts.set(word, (counts.get(word) ?? 0) + 1);

/** Texts in which words are letters with at most an apostrophe or a full stop between them, as the engine has it too. */
const plainText = /^[A-Za-z\s,!?;()"'.-]*$/;
const plainWord = /[A-Za-z]+(?:['.][A-Za-z]+)*/g;

/** Texts segmented at once: a call costs as much as many words. No word goes over the end of a line. */
const gatheredLetters = 4096;

/** Hands every word of the texts to `take`: plain ones by a pattern, which is fourteen times as fast, the others by the engine. */
function createWordFinder(segmenter: Intl.Segmenter, take: (word: string) => void): { add(text: string): void; finish(): void } {
  let gathered = '';
  const finish = (): void => {
    for (const { segment, isWordLike } of segmenter.segment(gathered)) if (isWordLike === true) take(segment);
    gathered = '';
  };
  return {
    add: (text) => {
      if (plainText.test(text)) for (const [word] of text.matchAll(plainWord)) take(word);
      else gathered += `${text}\n`;
      if (gathered.length >= gatheredLetters) finish();
    },
    finish,
  };
}

/**
 * Counts the words of a segment's texts, in lower case, and its emoji; where `isWithin` is given, of the messages at which it is
 * true. Lines of the app itself are nobody's words.
 */
export function countWords(
  { text, kinds }: SegmentColumns,
  segmenter: Intl.Segmenter,
  isWithin: (at: number) => boolean = () => true,
): SegmentWords {
  const words = new Map<string, number>();
  const emoji = new Map<string, number>();
  const finder = createWordFinder(segmenter, (found) => {
    const word = found.toLowerCase();
    if (isTold(word)) add(words, word);
  });
  let from = 0;
  for (const [at, end] of (text?.ends ?? []).entries()) {
    const written = kinds?.[at] === systemKind || !isWithin(at) ? '' : (text?.joined ?? '').slice(from, end).replace(addressPattern, ' ');
    from = end;
    for (const [found] of written.matchAll(emojiPattern)) add(emoji, found);
    finder.add(written);
  }
  finder.finish();
  return { words: most(words), emoji: most(emoji) };
}
