import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseObjectLiteral, readLiteralPieces, type LiteralPiece } from '../../src/bytes/js-literals';
import type { ByteSource } from '../../src/bytes/source';

const source = (text: string, chunkBytes: number): ByteSource => {
  const bytes = new TextEncoder().encode(text);
  return {
    sizeBytes: bytes.length,
    read: async (from, to) => bytes.slice(from, to),
    async *stream(from = 0) {
      for (let at = from; at < bytes.length; at += chunkBytes) yield bytes.slice(at, at + chunkBytes);
    },
  };
};

async function pieces(text: string, chunkBytes = 4096): Promise<LiteralPiece[]> {
  const found: LiteralPiece[] = [];
  for await (const batch of readLiteralPieces(source(text, chunkBytes))) found.push(...batch);
  return found;
}

describe('elements of an array', () => {
  const script = `[\n{a:'}]', b:"\\"{"}, {c:[1,{d:'中'}]},\n]; const x = [{}];`;

  it('are cut at their brackets, not at those in strings', async () => {
    expect((await pieces(script)).map(({ kind, text }) => [kind, text])).toEqual([
      ['item', `{a:'}]', b:"\\"{"}`],
      ['item', `{c:[1,{d:'中'}]}`],
      ['rest', ''],
    ]);
  });

  it('tile the source, however it is cut into chunks', async () => {
    const whole = await pieces(script);
    let at = 0;
    for (const piece of whole) {
      expect(piece.offsetBytes).toBe(at);
      at += piece.lengthBytes;
    }
    expect(at).toBe(new TextEncoder().encode(script).length);
    for (const size of [1, 2, 7]) expect(await pieces(script, size)).toEqual(whole);
  });

  it('without an end are a problem; a string that is not closed too', async () => {
    expect((await pieces('[{a:1},{b:')).map(({ kind, text }) => [kind, text])).toEqual([
      ['item', '{a:1}'],
      ['problem', '{b:'],
    ]);
    expect((await pieces("[{a:'}]")).map(({ kind }) => kind)).toEqual(['problem']);
  });

  it('that are too large are a problem, and the next one is read', async () => {
    const found = await pieces(`[{a:'${'x'.repeat(5 << 20)}'},{b:1}]`, 1 << 20);
    expect(found.map(({ kind }) => kind)).toEqual(['problem', 'item', 'rest']);
    expect(found[0]!.text.length).toBeLessThan(65_536);
  });
});

describe('parseObjectLiteral', () => {
  it.each([
    [`{ type:1, text: 'it\\'s',}`, { type: 1, text: "it's" }],
    [
      `{"a":"\\u4e2d\\x41\\n","b":[1,-2.5,1e3,],c:{d:null,e:undefined,f:True}}`,
      { a: '中A\n', b: [1, -2.5, 1000], c: { d: null, e: null, f: true } },
    ],
    ['{a:`x`}', { a: 'x' }],
    ['{id:9000000000000000123}', { id: '9000000000000000123' }],
    ['{}', {}],
  ])('%s', (text, value) => {
    expect(parseObjectLiteral(text)).toEqual(value);
  });

  it.each([
    '[1]',
    '{a:f()}',
    '{a:b}',
    '{a:`${x}`}',
    "{a:'",
    '{a:1}x',
    '{a}',
    '{:1}',
    '{a:1+1}',
    '',
    "{a:'b'+'c'}",
    `{a:${'['.repeat(100)}`,
  ])('%s is no data', (text) => {
    expect(parseObjectLiteral(text)).toBeNull();
  });

  it('reads back whatever JSON says, and knows names such as __proto__', () => {
    // Integers beyond 2^53 stay text, which JSON.parse would round.
    const plain = fc.jsonValue({ maxDepth: 3 }).filter((value) => !/\d{16}/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), plain), (value) => {
        const text = JSON.stringify(value);
        expect(parseObjectLiteral(text)).toEqual(JSON.parse(text));
      }),
    );
    expect(Object.keys(parseObjectLiteral('{__proto__:{x:1}}') ?? {})).toEqual(['__proto__']);
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});
