// A rough word on how hard a passphrase is to guess. It advises; the vault decides.

export type Strength = 'short' | 'weak' | 'fair' | 'strong';

/** The least number of characters that the vault takes. */
export const passphraseMinLength = 10;

/** By length, variety and repetition; a run of one letter or a sequence counts little. */
export function passphraseStrength(passphrase: string): Strength {
  const letters = [...passphrase];
  if (letters.length < passphraseMinLength) return 'short';
  const distinct = new Set(letters).size;
  let steps = 0;
  for (let at = 1; at < letters.length; at++) {
    const gap = (letters[at]?.codePointAt(0) ?? 0) - (letters[at - 1]?.codePointAt(0) ?? 0);
    if (Math.abs(gap) > 1) steps += 1;
  }
  const wide = letters.some((letter) => (letter.codePointAt(0) ?? 0) > 0x2e80) ? 9 : 4;
  const bits = Math.min(distinct, steps + 1, letters.length) * wide;
  return bits < 36 ? 'weak' : bits < 60 ? 'fair' : 'strong';
}
