// Recovery words: 256 random bits as 24 words of BIP-39, whose last bits are a checksum. Lists are loaded when they are needed.

import { CamphorError } from '../model/error';
import type { RandomBytes } from './random';

export const recoveryWordCount = 24;
const entropyBytes = 32;

export type WordLanguage = 'en' | 'zh-CN';

export type WordsFault =
  /** The first word, from 1, that is in no list. */
  | { readonly kind: 'unknown-word'; readonly position: number }
  | { readonly kind: 'count'; readonly found: number }
  /** All are words, but not in this choice and order. */
  | { readonly kind: 'checksum' };

export interface ReadWords {
  /** Lower case, in the order given, without numbers. */
  readonly words: readonly string[];
  readonly language: WordLanguage;
  /** Null where these are words that `makeRecoveryWords` can make. */
  readonly fault: WordsFault | null;
}

async function loadList(language: WordLanguage): Promise<string[]> {
  const list = language === 'en' ? import('@scure/bip39/wordlists/english.js') : import('@scure/bip39/wordlists/simplified-chinese.js');
  return (await list).wordlist;
}

/** 24 new words. Throws CamphorError `no-randomness`. */
export async function makeRecoveryWords(random: RandomBytes, language: WordLanguage): Promise<readonly string[]> {
  const [{ entropyToMnemonic }, list] = await Promise.all([import('@scure/bip39'), loadList(language)]);
  const entropy = random(entropyBytes);
  try {
    return entropyToMnemonic(entropy, list).split(' ');
  } finally {
    entropy.fill(0);
  }
}

const han = /\p{Script=Han}/u;

/** Words as typed or copied from the sheet: numbers, dots, wide spaces and capitals aside. Chinese ones need no spaces. */
function splitWords(text: string): readonly string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{N}\p{P}\p{Z}\p{C}]+/gu, ' ')
    .trim();
  if (plain === '') return [];
  return han.test(plain) ? [...plain.replaceAll(' ', '')] : plain.split(' ');
}

/** What was typed as words, and what is wrong with it; at any length, for a screen to say so meanwhile. */
export async function readRecoveryWords(text: string): Promise<ReadWords> {
  const words = splitWords(text);
  const language: WordLanguage = words.some((word) => han.test(word)) ? 'zh-CN' : 'en';
  const [{ validateMnemonic }, list] = await Promise.all([import('@scure/bip39'), loadList(language)]);
  const known = new Set(list);
  const unknown = words.findIndex((word) => !known.has(word));
  const give = (fault: WordsFault | null): ReadWords => ({ words, language, fault });
  if (unknown >= 0) return give({ kind: 'unknown-word', position: unknown + 1 });
  if (words.length !== recoveryWordCount) return give({ kind: 'count', found: words.length });
  return give(validateMnemonic(words.join(' '), list) ? null : { kind: 'checksum' });
}

/**
 * The words as restic's password: lower case, single spaces. Throws CamphorError `secret-malformed` with `facts.kind`,
 * `facts.word` (position of the first unknown word from 1, or 0) and `facts.words` (how many there are).
 */
export async function recoveryPassword(text: string): Promise<string> {
  const { words, fault } = await readRecoveryWords(text);
  if (fault === null) return words.join(' ');
  const word = fault.kind === 'unknown-word' ? fault.position : 0;
  throw new CamphorError('secret-malformed', { kind: 'recovery-words', word, words: words.length });
}
