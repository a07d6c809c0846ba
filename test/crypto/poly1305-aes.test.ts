import { describe, expect, it } from 'vitest';
import { importPoly1305AesKey, poly1305Aes, sameTag } from '../../src/crypto/poly1305-aes';

const bytes = (hex: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

/** Appendix B of the paper that defines Poly1305-AES (cr.yp.to/mac/poly1305-20050329.pdf): m, r, k, n, tag. */
const published = [
  [
    'f3f6',
    '851fc40c3467ac0be05cc20404f3f700',
    'ec074c835580741701425b623235add6',
    'fb447350c4e868c52ac3275cf9d4327e',
    'f4c633c3044fc145f84f335cb81953de',
  ],
  [
    '',
    'a0f3080000f46400d0c7e9076c834403',
    '75deaa25c09f208e1dc4ce6b5cad3fbf',
    '61ee09218d29b0aaed7e154a2c5509cc',
    'dd3fab2251f11ac759f0887129cc2ee7',
  ],
  [
    '663cea190ffb83d89593f3f476b6bc24d7e679107ea26adb8caf6652d0656136',
    '48443d0bb0d21109c89a100b5ce2c208',
    '6acb5f61a7176dd320c5c1eb2edcdc74',
    'ae212a55399729595dea458bc621ff0e',
    '0ee1c16bb73f0f4fd19881753c01cdbe',
  ],
  [
    'ab0812724a7f1e342742cbed374d94d136c6b8795d45b3819830f2c04491faf0990c62e48b8018b2c3e4a0fa3134cb67fa83e158c994d961c4cb21095c1bf9',
    '12976a08c4426d0ce8a82407c4f48207',
    'e1a5668a4d5b66a5f68cc5424ed5982d',
    '9ae831e743978d3a23527c7128149e3a',
    '5154ad0d2cb26e01274fc51148491f1b',
  ],
] as const;

describe('Poly1305-AES', () => {
  it('gives the tags of the paper', async () => {
    for (const [message, r, k, nonce, tag] of published) {
      const key = await importPoly1305AesKey(bytes(k), bytes(r));
      expect(await poly1305Aes(key, bytes(nonce), bytes(message))).toEqual(bytes(tag));
    }
  });

  it('takes keys of 16 and 16 bytes only, and cannot give k back', async () => {
    await expect(importPoly1305AesKey(new Uint8Array(15), new Uint8Array(16))).rejects.toThrow(RangeError);
    await expect(importPoly1305AesKey(new Uint8Array(16), new Uint8Array(17))).rejects.toThrow(RangeError);
    const { k } = await importPoly1305AesKey(new Uint8Array(16), new Uint8Array(16));
    expect(k.extractable).toBe(false);
  });

  it('compares whole tags', () => {
    const tag = Uint8Array.from({ length: 16 }, (_, at) => at);
    expect(sameTag(tag, tag.slice())).toBe(true);
    for (let at = 0; at < 16; at += 1) expect(sameTag(tag, tag.with(at, 99))).toBe(false);
    expect(sameTag(tag, tag.subarray(0, 15))).toBe(false);
    expect(sameTag(new Uint8Array(), tag)).toBe(false);
  });
});
