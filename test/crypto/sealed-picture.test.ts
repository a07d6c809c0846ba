import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findXorByte, openFirstBlock, readSealed, readSealedHead, sealedHeadBytes } from '../../src/crypto/sealed-picture';
import { hasSharedSamples, sharedSamplePath } from '../importers/samples';
import { inventJpeg, sealPicture } from '../importers/wechat-database/seal-picture';

const key = 'an-invented-key!';
const ownKey = new TextEncoder().encode(key);

async function open(stored: Uint8Array, range?: readonly [number, number], keyBytes = ownKey): Promise<Uint8Array> {
  const readStored = async (from: number, to: number): Promise<Uint8Array> => stored.subarray(from, to);
  const layout = readSealedHead(stored.subarray(0, sealedHeadBytes), stored.length)!;
  const xorByte = (await findXorByte(layout, openFirstBlock(layout, keyBytes), readStored)) ?? 0x37;
  return readSealed(layout, { key: keyBytes, xorByte }, readStored, range ?? [0, layout.sizeBytes]);
}

describe('a sealed picture', () => {
  test.each([17, 31, 32, 33, 1023, 1024, 1026, 1279, 1280, 1281, 5000])('of %i bytes is the one that was sealed', async (size) => {
    const picture = inventJpeg(size);
    expect(await open(sealPicture(picture, { key, xorByte: 0x9c }))).toEqual(picture);
  });

  test('is read in any pieces', async () => {
    const picture = inventJpeg(3000);
    const stored = sealPicture(picture, { key, xorByte: 0x5f });
    for (const from of [0, 1, 15, 16, 1000, 1023, 1024, 2743, 2744, 2999])
      for (const to of [from + 1, from + 40, 3000].filter((end) => end <= 3000))
        expect(await open(stored, [from, to])).toEqual(picture.subarray(from, to));
  });

  test('whose parts are not all there is none', () => {
    const stored = sealPicture(inventJpeg(1280), { key });
    const head = stored.subarray(0, sealedHeadBytes);
    // 15 bytes of head, 1040 of AES, 256 of XOR.
    expect(readSealedHead(head, 1311)).toMatchObject({ aesBytes: 1024, xorBytes: 256, sizeBytes: 1280 });
    for (const size of [0, 30, 1054, 1310]) expect(readSealedHead(head, size)).toBeNull();
    expect(readSealedHead(head.subarray(0, 30), 30)).toBeNull();
    const greedy = stored.slice(0, sealedHeadBytes).fill(0xff, 6, 14);
    expect(readSealedHead(greedy, stored.length)).toBeNull();
  });

  test.skipIf(!hasSharedSamples)('of the shared samples is a whole JPEG', async () => {
    const folder = sharedSamplePath('china/synthetic/wechat-v4/msg/attach/6ea2074e7d35b6d11ccd775039238474/2024-01/Img');
    const sampleKey = new TextEncoder().encode('0123456789abcdef');
    const picture = await open(new Uint8Array(readFileSync(`${folder}/img0001_t.dat`)), undefined, sampleKey);
    // 620 (0x26c) bytes, says its head.
    expect(picture).toHaveLength(620);
    expect([...picture.subarray(0, 3), ...picture.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xff, 0xd9]);
  });
});
