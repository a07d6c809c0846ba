// What a text may mean as the key of a database.

import { expect, test } from 'vitest';
import { readSqlcipherKeys } from '../../src/crypto/sqlcipher-key';

const key = '00112233445566778899aabbccddeeff'.repeat(2);
const salt = '0f'.repeat(16);
const meanings = (text: string) =>
  readSqlcipherKeys(text).map((each) =>
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
