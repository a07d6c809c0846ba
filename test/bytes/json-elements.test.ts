import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJsonPieces, type JsonPiece, type ReadJsonOptions } from '../../src/bytes/json-elements';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { sourceOfRanges } from '../../src/bytes/ranged-source';
import type { ByteSource } from '../../src/bytes/source';

const utf8 = (text: string) => new TextEncoder().encode(text);
const paths = ['messages[*]', 'chats.list[*].messages[*]'];

async function readAll(source: ByteSource | Uint8Array | string, options: Partial<ReadJsonOptions> = {}): Promise<JsonPiece[]> {
  const all: JsonPiece[] = [];
  const opened = typeof source === 'string' ? sourceOfBytes(utf8(source)) : source instanceof Uint8Array ? sourceOfBytes(source) : source;
  for await (const pieces of readJsonPieces(opened, { paths, ...options })) all.push(...pieces);
  return all;
}

const brief = (piece: JsonPiece) => [piece.code ?? piece.kind, [...piece.parent, piece.key].join('/'), piece.text];

function expectTiling(pieces: readonly JsonPiece[], sizeBytes: number): void {
  let at = 0;
  for (const piece of pieces) {
    expect(piece.offsetBytes).toBe(at);
    at += piece.lengthBytes;
  }
  expect(at).toBe(sizeBytes);
}

test('gives wanted elements and the members beside the way to them, in the order of the file', async () => {
  const text =
    ' {"name":"Ann","chats":{"about":{"messages":[0]},"list":[{"id":7,"messages":[{"id":1},[2]],"x":[]},{"messages":[]}]},"n":-1.5e3 } \n';
  const pieces = await readAll(text);
  expect(pieces.map(brief)).toEqual([
    ['member', 'name', '"Ann"'],
    ['member', 'chats/about', '{"messages":[0]}'],
    ['member', 'chats/list/0/id', '7'],
    ['item', 'chats/list/0/messages/0', '{"id":1}'],
    ['item', 'chats/list/0/messages/1', '[2]'],
    ['member', 'chats/list/0/x', '[]'],
    ['member', 'n', '-1.5e3'],
    ['structure', '-1', ''],
  ]);
  expect(pieces[3]!.parent).toBe(pieces[4]!.parent);
  expectTiling(pieces, text.length);
});

const message = fc.oneof(
  fc.jsonValue({ maxDepth: 4, noUnicodeString: false }),
  fc.record({ id: fc.integer(), text: fc.string({ unit: 'binary' }) }),
);
const exported = fc.record({
  name: fc.string({ unit: 'binary' }),
  messages: fc.oneof(fc.array(message), message),
  chats: fc.record({ about: message, list: fc.array(fc.record({ name: fc.string(), messages: fc.array(message) }, { requiredKeys: [] })) }),
});

/** What the pieces of `value` must be, by walking the parsed whole. */
function expectedItems(value: { messages?: unknown; chats: { list: { messages?: unknown[] }[] } }): unknown[] {
  const own = Array.isArray(value.messages) ? value.messages : [];
  return [...own, ...value.chats.list.flatMap((chat) => chat.messages ?? [])];
}

test('gives the same elements as JSON.parse of the whole, however it is indented and cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      exported,
      fc.constantFrom('', ' ', '\t', '\n'),
      fc.integer({ min: 1, max: 50 }),
      fc.boolean(),
      async (value, indent, chunkBytes, hasMark) => {
        // A lone surrogate has no UTF-8; JSON.stringify escapes it, so that nothing is lost here.
        const bytes = utf8((hasMark ? '\ufeff' : '') + JSON.stringify(value, null, indent));
        const pieces = await readAll(sourceOfBytes(bytes, chunkBytes));
        expectTiling(pieces, bytes.length);
        const items = pieces.filter((piece) => piece.kind === 'item');
        const parsed = JSON.parse(JSON.stringify(value)) as Parameters<typeof expectedItems>[0];
        expect(items.map((piece) => JSON.parse(piece.text) as unknown)).toEqual(expectedItems(parsed));
        expect(pieces.some((piece) => piece.kind === 'problem')).toBe(false);
        expect(await readAll(bytes)).toEqual(pieces);
      },
    ),
    { numRuns: 300 },
  );
});

test('any bytes at all: the pieces tile them, and the cut into chunks changes nothing', async () => {
  const soup = fc
    .array(fc.constantFrom(...'{}[]",:\\ \n\x0b1ax', '"messages":', '"chats":', '"list":', '\\"', 'é', '{"messages":['))
    .map((parts) => utf8(parts.join('')));
  await fc.assert(
    fc.asyncProperty(fc.oneof(soup, fc.uint8Array()), fc.integer({ min: 1, max: 9 }), async (bytes, chunkBytes) => {
      const whole = await readAll(bytes);
      expectTiling(whole, bytes.length);
      expect(await readAll(sourceOfBytes(bytes, chunkBytes))).toEqual(whole);
    }),
    { numRuns: 2000 },
  );
});

test('cut at every byte: all pieces before the cut are there, and the end is reported', async () => {
  const text = JSON.stringify({ name: 'Ann', messages: [{ id: 1, text: 'a"\\b' }, 22, 'x', [true]], n: 7 }, null, 1);
  const whole = await readAll(text);
  for (let end = 0; end < text.length; end++) {
    const pieces = await readAll(text.slice(0, end));
    expect(pieces.at(-1)).toMatchObject({ kind: 'problem', code: 'ends-early' });
    expect(pieces.slice(0, -1)).toEqual(whole.slice(0, pieces.length - 1));
    expectTiling(pieces, end);
  }
});

test('bytes out of place are a problem, and what follows is read', async () => {
  expect((await readAll('{"messages":[{"id":1},}{"id":2}],"a" "x":1,"b":2} {}')).map(brief)).toEqual([
    ['item', 'messages/0', '{"id":1}'],
    ['bad-json', 'messages/1', '}'],
    ['item', 'messages/1', '{"id":2}'],
    ['bad-json', 'a', '"x"'],
    ['member', 'a', '1'],
    ['member', 'b', '2'],
    ['bad-json', '-1', '{}'],
  ]);
});

test('control bytes where a value should be are values, each of one byte at least', async () => {
  const text = '{"messages":[\u0001,\u0000 \u0002]}';
  const pieces = await readAll(text);
  expect(pieces.map(brief)).toEqual([
    ['item', 'messages/0', '\u0001'],
    ['item', 'messages/1', '\u0000'],
    ['item', 'messages/2', '\u0002'],
    ['structure', '-1', ''],
  ]);
  expectTiling(pieces, text.length);
});

test('one lost quotation mark in an indented file spoils one element', async () => {
  const text = JSON.stringify({ messages: [{ id: 1 }, { id: 2, text: 'lost' }, { id: 3 }] }, null, 1).replace('lost"', 'lost');
  const items = (await readAll(text)).filter((piece) => piece.kind === 'item');
  expect(items.map((piece) => piece.text.includes('lost'))).toEqual([false, true, false]);
  expect(JSON.parse(items[2]!.text)).toEqual({ id: 3 });
});

test('names of the prototype are keys like any other', async () => {
  const pieces = await readAll('{"__proto__":{"polluted":1},"constructor":[1],"messages":[{"__proto__":1}]}');
  expect(pieces.map((piece) => piece.key)).toEqual(['__proto__', 'constructor', 0, -1]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('bytes that are no UTF-8 are marked', async () => {
  const pieces = await readAll(Uint8Array.of(...utf8('{"messages":["a'), 0xff, ...utf8('","b"]}')));
  expect(pieces.map((piece) => [piece.text, piece.isDamaged])).toEqual([['"a\ufffd"', true], ['"b"', false], ['', false]]); // prettier-ignore
});

test('a value 100,000 deep, in a wanted element or beside it, is a problem, and the rest is read', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const pieces = await readAll(`{"messages":[1,${deep},2],"x":${deep.replaceAll('[', '{').replaceAll(']', '}')},"y":3}`);
  expect(pieces.map((piece) => piece.code ?? piece.text)).toEqual(['1', 'depth-limit', '2', 'depth-limit', '3', '']);
  expect(pieces[1]!.text).toHaveLength(65_536);
  const atLimit = (levels: number) => `{"messages":[${'['.repeat(levels)}${']'.repeat(levels)}]}`;
  expect((await readAll(atLimit(198)))[0]!.kind).toBe('item');
  expect((await readAll(atLimit(199)))[0]!.code).toBe('depth-limit');
});

test.each([
  ['string', '"', 0x61, '"'],
  ['number', '1', 0x31, '1'],
  ['array', '[', 0x20, ']'],
])('a %s of 300 MB is passed over with little memory, and the rest is read', async (_name, head, fill, tail) => {
  const start = utf8(`{"messages":[{"id":1},${head}`);
  const end = utf8(`${tail},{"id":2}]}`);
  const middleBytes = 300 << 20;
  let held = 0;
  const memory = () => process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  const before = memory();
  const source = sourceOfRanges(start.length + middleBytes + end.length, async (from, to) => {
    held = Math.max(held, memory() - before);
    const bytes = new Uint8Array(to - from).fill(fill);
    if (from < start.length) bytes.set(start.subarray(from));
    const endAt = start.length + middleBytes;
    if (to > endAt) bytes.set(end.subarray(Math.max(0, from - endAt)), Math.max(0, endAt - from));
    return bytes;
  });
  const pieces = await readAll(source);
  expect(pieces.map((piece) => piece.code ?? piece.kind)).toEqual(['item', 'piece-too-large', 'item', 'structure']);
  expect(pieces[2]!.text).toBe('{"id":2}');
  expectTiling(pieces, source.sizeBytes);
  expect(held).toBeLessThan(200 << 20);
});

test('the key * stands for every key', async () => {
  const pieces = await readAll('{"ann":[1,{"a":[2]}],"n":3,"bob":[4],"deep":{"x":[5]}}', { paths: ['*[*]'] });
  expect(pieces.map(brief)).toEqual([
    ['item', 'ann/0', '1'],
    ['item', 'ann/1', '{"a":[2]}'],
    ['member', 'n', '3'],
    ['item', 'bob/0', '4'],
    ['member', 'deep', '{"x":[5]}'],
    ['structure', '-1', ''],
  ]);
});
