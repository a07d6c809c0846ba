import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/crypto/hashes';
import { deriveSignalBackupKeys, signalFirstCounter, signalFrameOpener } from '../../src/crypto/signal-backup';
import { signalPayloadReader } from '../../src/crypto/signal-payload';
import { end, writeBackup } from './signal-backup-writer';

const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

describe('keys of Signal backups', () => {
  // The first pair is published in an independent reader's tests (mossblaser/signal_for_android_decryption), the second computed by Python.
  test.each([
    [
      '949543591444534240555456749437',
      '5e89ecd8f399685b9ba68bd83bb77d8fe56a2a03bb2cc0b9f6a10ebcbfba1a25',
      '516c0fc102ef6d2e6e45757fa0c6c33b06c8d7de8678c0bcbc70da4834a8198e',
      'd0a8c47190918e865ba977c0c9739343f028db94aa658d51f9bdd49dae2bac50',
    ],
    [
      '123451234512345123451234512345',
      '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
      '5016d446413ec17b105134227e199980264ccc9a88f7a34d7f31c808d36583a7',
      'c3fd297c30e23bdca281717ab844eabbc90bee9ba84cdddf58395ecd6946ac03',
    ],
  ])('of %s', (digits, salt, cipher, mac) => {
    const told: number[] = [];
    const keys = deriveSignalBackupKeys(digits, fromHex(salt), (rounds) => told.push(rounds));
    expect([toHex(keys.cipher), toHex(keys.mac)]).toEqual([cipher, mac]);
    expect(told.length).toBeGreaterThan(50);
    expect(told).toEqual([...told].sort((one, other) => one - other));
  });
});

describe('a frame', () => {
  const keys = { cipher: new Uint8Array(randomBytes(32)), mac: new Uint8Array(randomBytes(32)) };
  const iv = fromHex('ffffffff1112131415161718191a1b1c');

  test.each([0, 1])('of version %d opens only whole, and only under its counter', (version) => {
    const opener = signalFrameOpener(keys, { iv, salt: null, version });
    const content = new TextEncoder().encode('a frame of some length');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length + 10);
    const sealed = createCipheriv('aes-256-ctr', keys.cipher, iv).update(version === 0 ? content : Buffer.concat([length, content]));
    const head = version === 0 ? length : sealed.subarray(0, 4);
    const inside = version === 0 ? sealed : sealed.subarray(4);
    const hash = createHmac('sha256', keys.mac).update(version === 0 ? inside : sealed);
    const body = Uint8Array.from(Buffer.concat([inside, hash.digest().subarray(0, 10)]));
    const counter = signalFirstCounter(iv);
    expect(counter).toBe(0xffffffff);
    expect(opener.lengthOf(head, counter)).toBe(content.length + 10);
    expect(opener.open(head, body, counter)).toEqual(content);
    expect(opener.open(head, body.subarray(0, 9), counter)).toBeNull();
    for (let bit = 0; bit < body.length * 8; bit++) {
      const flipped = body.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(opener.open(head, flipped, counter)).toBeNull();
    }
  });
});

describe('a file', () => {
  const keys = { cipher: new Uint8Array(randomBytes(32)), mac: new Uint8Array(randomBytes(32)) };
  const iv = new Uint8Array(16).fill(0xff);
  const content = new Uint8Array(randomBytes(1000));
  const sealed = createCipheriv('aes-256-ctr', keys.cipher, iv).update(content);
  const mac = createHmac('sha256', keys.mac).update(iv).update(sealed).digest().subarray(0, 10);
  const whole = Uint8Array.from(Buffer.concat([sealed, mac]));
  const readerOf = (bytes: Uint8Array) =>
    signalPayloadReader(keys, { iv, sizeBytes: content.length, read: async (from, to) => bytes.subarray(from, to) });

  test('is read at any place, also where the counter of its blocks wraps', async () => {
    const read = readerOf(whole);
    for (const [from, to] of [
      [0, 1000],
      [0, 1],
      [15, 17],
      [16, 32],
      [33, 999],
      [999, 1000],
    ] as const)
      // prettier-ignore
      expect(await read(from, to)).toEqual(content.subarray(from, to));
  });

  test('gives nothing once a bit differs, or the end is not there', async () => {
    for (const at of [0, 500, 999, 1000, 1009]) {
      const flipped = whole.slice();
      flipped[at]! ^= 1;
      await expect(readerOf(flipped)(0, 10)).rejects.toMatchObject({ code: 'damaged' });
    }
    await expect(readerOf(whole.subarray(0, -1))(0, 10)).rejects.toMatchObject({ code: 'damaged' });
  });
});

test('what the tests write begins as Signal writes it', () => {
  const secrets = { digits: '1'.repeat(30), salt: new Uint8Array(32), iv: new Uint8Array(16) };
  const { bytes, offsets } = writeBackup([end], 0, secrets);
  expect(toHex(bytes.subarray(0, 10))).toBe('000000360a340a100000');
  expect(offsets).toEqual([0, 58, 74]);
});
