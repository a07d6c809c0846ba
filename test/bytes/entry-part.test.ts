import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBase64Decoder } from '../../src/bytes/base64';
import { countReads } from '../../src/bytes/counted-source';
import { readForward, sourceOfPart } from '../../src/bytes/entry-part';
import { joinBytes } from '../../src/bytes/join-bytes';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import type { ByteSource } from '../../src/bytes/source';

const utf8 = (text: string) => new TextEncoder().encode(text);

async function readStream(source: ByteSource, fromByte?: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of source.stream(fromByte)) parts.push(part);
  return joinBytes(
    parts,
    parts.reduce((sum, { length }) => sum + length, 0),
  );
}

describe('base64 in pieces', () => {
  it('gives what was encoded, wherever the text is cut, with line ends and references between', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (bytes, pieceBytes) => {
        const lines = Buffer.from(bytes).toString('base64').replace(/.{10}/g, '$&\r\n&#10;');
        const decoder = createBase64Decoder();
        const text = utf8(lines);
        const given: number[] = [];
        for (let at = 0; at < text.length; at += pieceBytes) given.push(...decoder.push(text.subarray(at, at + pieceBytes)));
        expect(given).toEqual([...bytes]);
      }),
    );
  });
});

describe('a part of an entry', () => {
  const content = new Uint8Array(randomBytes(1_000_000));
  const before = utf8('<part data="');
  const text = utf8(Buffer.from(content).toString('base64'));
  const whole = joinBytes([before, text, utf8('"/>')], before.length + text.length + 3);
  const part = { offsetBytes: before.length, lengthBytes: text.length, encoding: 'base64' } as const;

  it('is a source of the bytes inside', async () => {
    const source = sourceOfPart(sourceOfBytes(whole), part, content.length);
    expect(
      createHash('sha256')
        .update(await readStream(source))
        .digest('hex'),
    ).toBe(createHash('sha256').update(content).digest('hex'));
    expect(Buffer.compare(await readStream(source, 777_777), content.subarray(777_777))).toBe(0);
    expect(await source.read(500_000, 500_010)).toEqual(content.subarray(500_000, 500_010));
    expect(await source.read(999_999, 2_000_000)).toEqual(content.subarray(999_999));
    expect(await source.read(5, 5)).toEqual(new Uint8Array(0));
  });
});

describe('reading forward', () => {
  it('reads rising ranges from one stream, and begins anew for an earlier one', async () => {
    const bytes = new Uint8Array(randomBytes(10_000));
    const count = { bytes: 0, reads: 0 };
    const forward = readForward(countReads(sourceOfBytes(bytes, 100), count).source);
    for (let from = 0; from < 9_000; from += 901) expect(await forward.read(from, from + 500)).toEqual(bytes.subarray(from, from + 500));
    expect(count.bytes).toBeLessThanOrEqual(10_000);
    expect(await forward.read(10, 300)).toEqual(bytes.subarray(10, 300));
    expect(count.bytes).toBeLessThanOrEqual(10_400);
    const [one, other] = await Promise.all([forward.read(400, 450), forward.read(9_990, 20_000)]);
    expect(one).toEqual(bytes.subarray(400, 450));
    expect(other).toEqual(bytes.subarray(9_990));
  });
});
