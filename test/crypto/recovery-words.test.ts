import { describe, expect, it } from 'vitest';
import { watchedRandom } from '../../src/crypto/random';
import { makeRecoveryWords, readRecoveryWords, recoveryPassword, type WordLanguage } from '../../src/crypto/recovery-words';

const random = watchedRandom();
const filled = (byte: number) => (sizeBytes: number) => new Uint8Array(sizeBytes).fill(byte);
const languages: readonly WordLanguage[] = ['en', 'zh-CN'];
const cycle = 'legal winner thank year wave sausage worth useful';

describe('recovery words', () => {
  it('are those of BIP-39’s published vectors', async () => {
    for (const [byte, sentence] of [
      [0x00, `${'abandon '.repeat(23)}art`],
      [0x7f, `${cycle} ${cycle} legal winner thank year wave sausage worth title`],
      [0xff, `${'zoo '.repeat(23)}vote`],
    ] as const) {
      expect((await makeRecoveryWords(filled(byte), 'en')).join(' ')).toBe(sentence);
      expect(await recoveryPassword(sentence)).toBe(sentence);
    }
    expect((await makeRecoveryWords(filled(0), 'zh-CN')).join(' ')).toBe(`${'的 '.repeat(23)}性`);
  });

  it.each(languages)('are made new each time, and read however they are typed: %s', async (language) => {
    const words = await makeRecoveryWords(random, language);
    expect(words).toHaveLength(24);
    expect(await makeRecoveryWords(random, language)).not.toEqual(words);
    const password = words.join(' ');
    const numbered = words.map((word, at) => `${at + 1}. ${word}`);
    const typed = [
      password,
      `  ${words.join('\n')}\r\n`,
      password.toUpperCase(),
      words.join('\u3000'),
      numbered.join('\t'),
      words.join(', '),
      words.map((word, at) => `${at + 1}、${word}`).join(''),
      password.replaceAll(/[a-z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
    ];
    if (language === 'zh-CN') typed.push(words.join(''));
    for (const text of typed) {
      expect(await readRecoveryWords(text), text).toEqual({ words, language, fault: null });
      expect(await recoveryPassword(text)).toBe(password);
    }
  });

  it.each(languages)('say which word is wrong, how many there are, or that they do not belong together: %s', async (language) => {
    const words = await makeRecoveryWords(random, language);
    const odd = language === 'en' ? 'camphor' : '樟';
    for (const at of [0, 11, 23]) {
      const typed = words.with(at, odd).join(' ');
      expect((await readRecoveryWords(typed)).fault).toEqual({ kind: 'unknown-word', position: at + 1 });
      await expect(recoveryPassword(typed)).rejects.toMatchObject({
        code: 'secret-malformed',
        facts: { kind: 'recovery-words', word: at + 1, words: 24 },
      });
    }
    for (const count of [0, 1, 12, 23]) {
      const fault = { kind: 'count', found: count };
      expect((await readRecoveryWords(words.slice(0, count).join(' '))).fault).toEqual(fault);
    }
    expect((await readRecoveryWords([...words, ...words].join(' '))).fault).toEqual({ kind: 'count', found: 48 });
    await expect(recoveryPassword('')).rejects.toMatchObject({ code: 'secret-malformed', facts: { word: 0, words: 0 } });
    const known = language === 'en' ? 'abandon' : '的';
    const slips = await Promise.all(
      words.map(async (word, at) => (word === known ? null : (await readRecoveryWords(words.with(at, known).join(' '))).fault)),
    );
    // A checksum of 8 bits lets one slip in 256 pass.
    expect(slips.filter((fault) => fault?.kind === 'checksum').length).toBeGreaterThan(18);
  });

  it('are not made without chance', async () => {
    await expect(
      makeRecoveryWords(
        watchedRandom(() => {}),
        'en',
      ),
    ).rejects.toMatchObject({ code: 'no-randomness' });
  });
});
