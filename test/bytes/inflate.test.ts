import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inflate, InflateError } from '../../src/bytes/inflate';
import { inflateCut } from '../../src/bytes/inflate-cut';
import { joinAll, utf8 } from '../hostile/zip-builder';

async function* cutIntoPieces(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return joinAll(...all);
}

/** Contents that deflate stores, codes with the fixed and with own tables, and with near and far matches. */
const anyContent = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  fc.array(fc.constantFrom('hello ', '你好', 'a', '\n', '0123456789'), { maxLength: 5000 }).map((words) => utf8(words.join(''))),
  fc
    .tuple(fc.uint8Array({ minLength: 50, maxLength: 300 }), fc.integer({ min: 1, max: 1500 }))
    .map(([piece, times]) => joinAll(...Array.from({ length: times }, () => piece))),
);

test('both inflate what zlib deflated, at every level and cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyContent,
      fc.integer({ min: 0, max: 9 }),
      fc.constantFrom(0, 4),
      fc.integer({ min: 1, max: 3000 }),
      async (content, level, strategy, pieceBytes) => {
        const deflated = new Uint8Array(deflateRawSync(content, { level, strategy }));
        expect(Buffer.compare(await gather(inflateCut(cutIntoPieces(deflated, pieceBytes))), content)).toBe(0);
        expect(Buffer.compare(await gather(inflate(cutIntoPieces(deflated, 30_000))), content)).toBe(0);
      },
    ),
    { numRuns: 150 },
  );
});

test('a cut stream gives a beginning of the content, more the later it is cut, whatever the pieces', async () => {
  const content = utf8(Array.from({ length: 400 }, (_, index) => `${(index * 7919) % 997} `).join(''));
  for (const level of [0, 1, 9]) {
    const deflated = new Uint8Array(deflateRawSync(content, { level }));
    let before = 0;
    for (let end = 0; end <= deflated.length; end++) {
      const given = await gather(inflateCut(cutIntoPieces(deflated.subarray(0, end), 1 + (end % 50))));
      expect(Buffer.compare(given, content.subarray(0, given.length))).toBe(0);
      expect(given.length).toBeGreaterThanOrEqual(before);
      before = given.length;
    }
    expect(before).toBe(content.length);
  }
});

test('any bytes at all are inflated to something or nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.integer({ min: 1, max: 500 }), async (bytes, pieceBytes) => {
      const whole = await gather(inflateCut(cutIntoPieces(bytes, 5000)));
      expect(Buffer.compare(await gather(inflateCut(cutIntoPieces(bytes, pieceBytes))), whole)).toBe(0);
    }),
    { numRuns: 500 },
  );
});

test('damage is an InflateError; an error of the input is thrown as it is', async () => {
  await expect(gather(inflate(cutIntoPieces(Uint8Array.of(0xff, 0xff, 0xff), 10)))).rejects.toBeInstanceOf(InflateError);
  const deflated = new Uint8Array(deflateRawSync(new Uint8Array(90_000).map((_, index) => index * index)));
  await expect(gather(inflate(cutIntoPieces(deflated.subarray(0, 100), 10)))).rejects.toBeInstanceOf(InflateError);
  const failing = async function* () {
    yield deflated.subarray(0, 50);
    throw new RangeError('gone');
  };
  await expect(gather(inflate(failing()))).rejects.toBeInstanceOf(RangeError);
  await expect(gather(inflateCut(failing()))).rejects.toBeInstanceOf(RangeError);
});
