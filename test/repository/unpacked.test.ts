import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ZstdCodec } from '../../src/bytes/zstd';
import { hashBytes } from '../../src/crypto/hashes';
import { makeMasterKey, type MasterKey } from '../../src/repository/master-key';
import { seal } from '../../src/repository/seal';
import { openJson, sealJson, unpackedLimitBytes } from '../../src/repository/unpacked';
import { random, realCodec, utf8, withEachFlip } from './codec';

let codec: ZstdCodec;
let key: MasterKey;
beforeAll(async () => {
  codec = await realCodec();
  key = await makeMasterKey(random);
});

const damaged = { code: 'damaged' };

async function sealBytes(plain: Uint8Array<ArrayBuffer>) {
  const bytes = await seal(key, plain, random);
  return { id: await hashBytes(bytes), bytes };
}

describe('a file of JSON', () => {
  it('opens as it was sealed, in either version', async () => {
    const anyJson = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(anyJson, fc.boolean(), async (json, compresses) => {
        const value: unknown = JSON.parse(JSON.stringify(json));
        const file = await sealJson(key, value, compresses ? codec : null, random);
        expect(await openJson(key, file, 'index', codec)).toEqual(value);
      }),
      { numRuns: 40 },
    );
  });

  it('opens in every form that restic and others write: raw, or folded behind a 2', async () => {
    const text = utf8(JSON.stringify({ packs: Array.from({ length: 50 }, (_, at) => at) }));
    const folded = Uint8Array.of(2, ...codec.compress(text));
    const expected: unknown = JSON.parse(new TextDecoder().decode(text));
    expect(await openJson(key, await sealBytes(text), 'index', null)).toEqual(expected);
    expect(await openJson(key, await sealBytes(text), 'index', codec)).toEqual(expected);
    expect(await openJson(key, await sealBytes(folded), 'index', codec)).toEqual(expected);
    await expect(openJson(key, await sealBytes(folded), 'index', null)).rejects.toMatchObject(damaged);
  });

  it('is damaged by any flipped bit, under another name, and by content that is none', async () => {
    const file = await sealJson(key, { packs: [] }, codec, random);
    await withEachFlip(file.bytes, async (bytes) => {
      await expect(openJson(key, { id: file.id, bytes }, 'index', codec)).rejects.toMatchObject(damaged);
      // Whoever renames it too meets the seal.
      await expect(openJson(key, { id: await hashBytes(bytes), bytes }, 'index', codec)).rejects.toMatchObject(damaged);
    });
    const other = await sealJson(key, { packs: [] }, codec, random);
    await expect(openJson(key, { id: file.id, bytes: other.bytes }, 'index', codec)).rejects.toMatchObject(damaged);
    for (const bad of ['', ' {}', '"x"', '1', '{', '{}x', '\u0003{}', '\u0002', '\u0002{}']) {
      await expect(openJson(key, await sealBytes(utf8(bad)), 'index', codec), bad).rejects.toMatchObject(damaged);
    }
    await expect(openJson(key, await sealBytes(Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d)), 'index', codec)).rejects.toMatchObject(
      damaged,
    );
  });

  it('unfolds within the limit of its kind only', async () => {
    const long = utf8(JSON.stringify('x'.repeat(unpackedLimitBytes.lock)));
    const bomb = await sealBytes(Uint8Array.of(2, ...codec.compress(utf8(`[${new TextDecoder().decode(long)}]`))));
    await expect(openJson(key, bomb, 'lock', codec)).rejects.toMatchObject(damaged);
    expect(await openJson(key, bomb, 'snapshot', codec)).toHaveLength(1);
    const raw = await sealBytes(utf8(`[${new TextDecoder().decode(long)}]`));
    await expect(openJson(key, raw, 'lock', codec)).rejects.toMatchObject(damaged);
  });
});
