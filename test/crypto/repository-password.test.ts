import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toBase64Url } from '../../src/crypto/base64url';
import { makeKeyFileText, readKeyFileText } from '../../src/crypto/key-file-text';
import { watchedRandom } from '../../src/crypto/random';
import { repositoryPassword } from '../../src/crypto/repository-password';
import type { RepositorySecret } from '../../src/model/backup-view';

const random = watchedRandom();
const passphrase = (text: string): RepositorySecret => ({ kind: 'passphrase', text });
const weak = { code: 'secret-too-weak' };

describe('the password of a passphrase', () => {
  it('is what was typed, in NFC and without white space at its ends', async () => {
    for (const [typed, password] of [
      ['correct horse battery', 'correct horse battery'],
      ['  correct  horse battery\t', 'correct  horse battery'],
      ['\u0085\u3000\uFEFFcorrect horse\u00a0\u2028', 'correct horse'],
      ['cafe\u0301 au lait, s\u2019il', 'caf\u00e9 au lait, s\u2019il'],
      ['ＡＢＣ 樟木箱里的旧信 ①', 'ＡＢＣ 樟木箱里的旧信 ①'],
    ] as const) {
      expect(await repositoryPassword(passphrase(typed), 'new')).toBe(password);
      expect(await repositoryPassword(passphrase(typed), 'open')).toBe(password);
    }
  });

  it('is refused as a new one where it is easy to guess, but may open what another program made', async () => {
    for (const typed of ['', 'short', 'x          ', 'aaaaaaaaaaaa', '1234567890', '樟木箱樟木箱樟木箱']) {
      await expect(repositoryPassword(passphrase(typed), 'new'), typed).rejects.toMatchObject(weak);
    }
    expect(await repositoryPassword(passphrase('short'), 'open')).toBe('short');
    for (const typed of ['', ' \n '])
      await expect(repositoryPassword(passphrase(typed), 'open')).rejects.toMatchObject({ code: 'wrong-secret' });
  });

  it('has nothing that restic’s prompt could not take', async () => {
    for (const typed of ['first line\nsecond line', 'a null \0 in between', 'half a letter \ud83d']) {
      await expect(repositoryPassword(passphrase(typed), 'open')).rejects.toMatchObject({
        code: 'secret-malformed',
        facts: { kind: 'passphrase' },
      });
    }
  });
});

describe('the password of a key file', () => {
  it('is the passphrase, a colon, and the 52 letters in the file', async () => {
    const keyFile = makeKeyFileText(random);
    const letters = readKeyFileText(keyFile);
    expect(letters).toMatch(/^[A-Z2-7]{52}$/);
    expect(keyFile.split('\n')).toContain(letters);
    const secret: RepositorySecret = { kind: 'key-file', text: ' correct horse battery ', keyFile };
    expect(await repositoryPassword(secret, 'new')).toBe(`correct horse battery:${letters}`);
    await expect(repositoryPassword({ ...secret, text: 'short' }, 'new')).rejects.toMatchObject(weak);
    expect(makeKeyFileText(random)).not.toBe(keyFile);
  });

  it('is found in a file that an editor or a hand has changed around it', () => {
    const keyFile = makeKeyFileText(random);
    const letters = readKeyFileText(keyFile);
    const spaced = letters.replaceAll(/(.{4})/g, '$1 ').toLowerCase();
    for (const text of [letters, `\uFEFF${letters}`, keyFile.replaceAll('\n', '\r\n'), `  ${spaced}\n`, `more\n${letters}\rmore`]) {
      expect(readKeyFileText(text)).toBe(letters);
    }
  });

  it('is refused where there is none, or more than one', async () => {
    const malformed = { code: 'secret-malformed', facts: { kind: 'key-file' } };
    const letters = readKeyFileText(makeKeyFileText(random));
    // The last of 52 letters holds one bit only: B is none that can stand there.
    const texts = [
      '',
      'text',
      letters.slice(1),
      `${letters}A`,
      `${letters.slice(0, 51)}B`,
      `${letters}\n${letters}`,
      `${letters}\n${' '.repeat(5_000)}`,
    ];
    for (const text of texts) expect(() => readKeyFileText(text), text.slice(0, 60)).toThrow(expect.objectContaining(malformed));
    await expect(repositoryPassword({ kind: 'key-file', text: 'correct horse battery' }, 'open')).rejects.toMatchObject(malformed);
  });

  it('is not made without chance', () => {
    expect(() => makeKeyFileText(watchedRandom((bytes) => bytes.fill(1)))).toThrow(expect.objectContaining({ code: 'no-randomness' }));
  });
});

describe('the password of a passkey', () => {
  it('is what OpenSSL’s HKDF gives for its output', async () => {
    const output = random(32);
    const expected = Buffer.from(hkdfSync('sha256', output, '', 'camphor repository password', 32)).toString('base64url');
    const secret: RepositorySecret = { kind: 'passkey', text: toBase64Url(output) };
    expect(await repositoryPassword(secret, 'new')).toBe(expected);
    expect(await repositoryPassword(secret, 'open')).toBe(expected);
  });

  it('needs 32 bytes', async () => {
    for (const text of ['', 'x', toBase64Url(random(31)), toBase64Url(random(33)), `${toBase64Url(random(32))}=`]) {
      await expect(repositoryPassword({ kind: 'passkey', text }, 'open')).rejects.toMatchObject({ code: 'secret-malformed' });
    }
  });
});

describe('the password of recovery words', () => {
  it('is the words in lower case with single spaces', async () => {
    const words = `${'zoo '.repeat(23)}vote`;
    expect(await repositoryPassword({ kind: 'recovery-words', text: `\n${words.toUpperCase().replaceAll(' ', '  ')}` }, 'new')).toBe(words);
    await expect(repositoryPassword({ kind: 'recovery-words', text: 'zoo zoo' }, 'open')).rejects.toMatchObject({
      code: 'secret-malformed',
    });
  });
});
