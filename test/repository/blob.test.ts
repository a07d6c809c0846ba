import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ZstdCodec } from '../../src/bytes/zstd';
import { hashBytes } from '../../src/crypto/hashes';
import { joinBytes } from '../../src/bytes/join-bytes';
import { blobLimitBytes, openBlob, sealBlob, type SealedBlob } from '../../src/repository/blob';
import { makeMasterKey, type MasterKey } from '../../src/repository/master-key';
import { seal } from '../../src/repository/seal';
import { random, realCodec, utf8, withEachFlip } from './codec';

let codec: ZstdCodec;
let key: MasterKey;
beforeAll(async () => {
  codec = await realCodec();
  key = await makeMasterKey(random);
});

const damaged = { code: 'damaged' };
const joined = ({ pieces, sealedBytes }: SealedBlob) => joinBytes(pieces, sealedBytes) as Uint8Array<ArrayBuffer>;

describe('a blob', () => {
  it('opens as it was, compressed or not', async () => {
    const anyPlain = fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), fc.string({ minLength: 1, maxLength: 2_000 }).map(utf8));
    await fc.assert(
      fc.asyncProperty(anyPlain, fc.boolean(), async (bytes, compresses) => {
        const plain = new Uint8Array(bytes);
        const sealedBlob = await sealBlob(key, 'data', plain, compresses ? codec : null, random);
        const { id, uncompressedLength } = sealedBlob;
        expect(id).toBe(await hashBytes(plain));
        expect(await openBlob(key, joined(sealedBlob), uncompressedLength, id, codec)).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });

  it('is compressed where that is shorter: text of any length, but neither noise nor a noisy file with a plain head', async () => {
    const text = utf8('{"sentAtMs":1700000000000,"text":"good morning 早上好"}\n'.repeat(10_000));
    const sealedText = await sealBlob(key, 'data', text, codec, random);
    expect(sealedText.uncompressedLength).toBe(text.length);
    expect(sealedText.sealedBytes).toBeLessThan(text.length / 20);
    expect((await sealBlob(key, 'tree', utf8('{"nodes":[]}\n'), codec, random)).uncompressedLength).toBeNull();
    const noise = new Uint8Array(Buffer.concat(Array.from({ length: 5 }, () => random(60_000))));
    expect((await sealBlob(key, 'data', noise, codec, random)).uncompressedLength).toBeNull();
    const picture = new Uint8Array(300_000);
    picture.set(noise.subarray(0, 290_000), 10_000);
    expect((await sealBlob(key, 'data', picture, codec, random)).uncompressedLength).toBeNull();
    expect((await sealBlob(key, 'data', text, null, random)).uncompressedLength).toBeNull();
  });

  it('is opened again before it is handed on: a codec that garbles reaches nobody', async () => {
    const text = utf8('some text '.repeat(100));
    const compress = (plain: Uint8Array, level?: number) => codec.compress(plain.with(50, 0), level);
    await expect(sealBlob(key, 'data', text, { ...codec, compress }, random)).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('detects each flipped bit, another blob in its place, another length, another key', async () => {
    const one = await sealBlob(key, 'data', utf8('one, one, one, one, one, one, one, one, one, one, one'), codec, random);
    const other = await sealBlob(key, 'data', utf8('two, two, two, two, two, two, two, two, two, two, two'), codec, random);
    expect(one.uncompressedLength).not.toBeNull();
    await withEachFlip(joined(one), (flipped) =>
      expect(openBlob(key, flipped, one.uncompressedLength, one.id, codec)).rejects.toMatchObject(damaged),
    );
    await expect(openBlob(key, joined(other), other.uncompressedLength, one.id, codec)).rejects.toMatchObject(damaged);
    for (const length of [null, 1, 52, 54, 2 ** 32 - 1]) {
      await expect(openBlob(key, joined(one), length, one.id, codec)).rejects.toMatchObject(damaged);
    }
    await expect(openBlob(key, joined(one), one.uncompressedLength, one.id, null)).rejects.toMatchObject(damaged);
    await expect(openBlob(await makeMasterKey(random), joined(one), 53, one.id, codec)).rejects.toMatchObject(damaged);
  });

  it('has 1 byte to 64 MiB, also unfolded', async () => {
    await expect(sealBlob(key, 'data', new Uint8Array(), codec, random)).rejects.toThrow(RangeError);
    await expect(sealBlob(key, 'data', new Uint8Array(blobLimitBytes + 1), codec, random)).rejects.toThrow(RangeError);
    const bomb = await seal(key, new Uint8Array(codec.compress(new Uint8Array(blobLimitBytes + 1))), random);
    await expect(openBlob(key, bomb, blobLimitBytes + 1, '0'.repeat(64), codec)).rejects.toMatchObject(damaged);
    await expect(openBlob(key, bomb, blobLimitBytes, '0'.repeat(64), codec)).rejects.toMatchObject(damaged);
  });
});
