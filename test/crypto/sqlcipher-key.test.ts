// What a text may mean as the key of a database.

import { expect, test } from 'vitest';
import { readSqlcipherKeyFile, readSqlcipherKeys } from '../../src/crypto/sqlcipher-key';

const key = '00112233445566778899aabbccddeeff'.repeat(2);
const salt = '0f'.repeat(16);
const meanings = (given: string | Uint8Array<ArrayBuffer>) =>
  (typeof given === 'string' ? readSqlcipherKeys(given) : readSqlcipherKeyFile(given)).map((each) =>
    [each.kind, Buffer.from(each.bytes).toString('hex'), each.kind === 'raw' && each.salt && Buffer.from(each.salt).toString('hex')].filter(
      Boolean,
    ),
  );
const asTyped = (text: string) => ['passphrase', Buffer.from(text).toString('hex')];

test.each([key, key.toUpperCase(), `0x${key}`, `x'${key}'`, `X'${key}'`, key.replaceAll(/(..)/g, '$1 ').trim()])(
  '%s is a raw key, the bytes of a passphrase, or a passphrase',
  (text) => {
    expect(meanings(text)).toEqual([['raw', key], ['passphrase', key], asTyped(text)]);
  },
);

test.each([`x'${key}${salt}'`, `${key}${salt}`])('%s is a raw key with its salt, or a passphrase', (text) => {
  expect(meanings(text)).toEqual([['raw', key, salt], asTyped(text)]);
});

test.each(['', 'k', '密 码 ', key.slice(1), `${key}00`, `x'${key}`, 'g'.repeat(64), '0'.repeat(32), 'ab'.repeat(5000)])(
  '%s is a passphrase and nothing else',
  (text) => {
    expect(meanings(text)).toEqual([asTyped(text)].map((each) => each.filter(Boolean)));
  },
);

test('a key file holds the bytes of a key, with a salt or without, or a key as it is typed', () => {
  const bytes = new Uint8Array(32).fill(0xe1);
  const asHex = 'e1'.repeat(32);
  expect(meanings(bytes).slice(0, 2)).toEqual([
    ['raw', asHex],
    ['passphrase', asHex],
  ]);
  expect(meanings(new Uint8Array(48).fill(0xe1))[0]).toEqual(['raw', asHex, 'e1'.repeat(16)]);
  expect(meanings(new TextEncoder().encode(`${key}\n`))).toEqual(meanings(key));
  // 32 letters may be a passphrase as well.
  expect(meanings(new TextEncoder().encode('f'.repeat(32)))).toContainEqual(asTyped('f'.repeat(32)));
});
