import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { sourceOfRanges } from '../../src/bytes/ranged-source';
import type { ByteSource } from '../../src/bytes/source';
import { readLines, type LineProblem, type ReadLinesOptions } from '../../src/bytes/text-lines';

interface AllLines {
  readonly encoding: string;
  readonly lines: readonly string[];
  readonly spans: readonly (readonly [offsetBytes: number, lengthBytes: number])[];
  readonly problems: readonly LineProblem[];
}

async function readAll(source: ByteSource, options?: ReadLinesOptions): Promise<AllLines> {
  const lines: string[] = [];
  const spans: [number, number][] = [];
  const problems: LineProblem[] = [];
  let encoding = '';
  for await (const batch of readLines(source, options)) {
    encoding = batch.encoding;
    for (const problem of batch.problems) problems.push({ ...problem, line: problem.line + lines.length });
    for (const [index, line] of batch.lines.entries()) {
      lines.push(line);
      spans.push([batch.offsets[index]!, batch.lengths[index]!]);
    }
  }
  return { encoding, lines, spans, problems };
}

/** Lines and long lines' rests must follow each other without gap or overlap, from 0 to the size. */
function expectTiling(all: AllLines, sizeBytes: number): void {
  const rests = all.problems.map((problem) => [problem.offsetBytes, problem.lengthBytes] as const).filter(([, length]) => length > 0);
  let at = 0;
  for (const [offset, length] of [...all.spans, ...rests].sort((a, b) => a[0] - b[0])) {
    expect(offset).toBe(at);
    at += length;
  }
  expect(at).toBe(sizeBytes);
}

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2 + 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, isLittle);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2 + 2, text.charCodeAt(at), isLittle);
  return bytes;
}

const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('\n', '\r\n', '\r', '今天', '👨‍👩‍👧', '\u2028', '\0', '\u202e', 'e\u0301'),
    ),
  )
  .map((parts) => parts.join('').replaceAll('\ufeff', ''));

/** What lines are, said in the plainest way. */
function splitPlainly(text: string): string[] {
  const lines = text.split('\n').map((line, index, all) => (index < all.length - 1 ? line.replace(/\r$/, '') : line));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

test('gives the lines of any text, and spans that tile it, however it is cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, fc.integer({ min: 1, max: 9 }), async (text, chunkBytes) => {
      const bytes = utf8(text);
      const all = await readAll(sourceOfBytes(bytes, chunkBytes));
      expect(all.lines).toEqual(splitPlainly(text));
      expect(all.problems).toEqual([]);
      expectTiling(all, bytes.length);
      for (const [index, [offset, length]] of all.spans.entries()) {
        const own = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(offset, offset + length));
        expect(own.replace(/\r?\n$/, '')).toBe(all.lines[index]);
      }
    }),
    { numRuns: 500 },
  );
});

test('reads UTF-16 of both byte orders by their mark, byte by byte as well', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, fc.boolean(), fc.integer({ min: 1, max: 7 }), async (text, isLittle, chunkBytes) => {
      const bytes = utf16(text, isLittle);
      const all = await readAll(sourceOfBytes(bytes, chunkBytes));
      expect(all.encoding).toBe(isLittle ? 'utf-16le' : 'utf-16be');
      expect(all.lines).toEqual(text === '' ? [''] : splitPlainly(text));
      expectTiling(all, bytes.length);
    }),
  );
});

test('any bytes at all: the spans tile them, and the cut into chunks changes nothing', async () => {
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .array(fc.constantFrom(10, 13, 65, 0x30, 0x81, 0x84, 0xd6, 0xd0, 0xe4, 0xbb, 0x8a, 0xff, 0xfe, 0xef, 0xbf), { maxLength: 200 })
      .map((all) => Uint8Array.from(all)),
  );
  await fc.assert(
    fc.asyncProperty(
      anyBytes,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 40 }),
      async (bytes, chunkBytes, lineLimitBytes) => {
        const whole = await readAll(sourceOfBytes(bytes), { lineLimitBytes });
        const pieces = await readAll(sourceOfBytes(bytes, chunkBytes), { lineLimitBytes });
        expect(pieces).toEqual(whole);
        expectTiling(whole, bytes.length);
        const lineFeeds = whole.encoding.startsWith('utf-16') ? null : bytes.filter((byte) => byte === 10).length;
        if (lineFeeds !== null) expect(whole.lines.length).toBe(lineFeeds + (bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0));
      },
    ),
    { numRuns: 1000 },
  );
});

test('a byte order mark belongs to the first line and is not its text', async () => {
  const all = await readAll(sourceOfBytes(utf8('\ufeffHello\r\n你好\n')));
  expect(all.lines).toEqual(['Hello', '你好']);
  expect(all.spans).toEqual([[0, 10], [10, 7]]); // prettier-ignore
});

test('GB18030 is found even where the first 64 KiB are ASCII', async () => {
  const gb = Uint8Array.of(0xbd, 0xf1, 0xcc, 0xec, 0xcc, 0xec, 0xc6, 0xf8, 0x0a, 0xba, 0xc3); // 今天天气 LF 好
  for (const headLines of [0, 3, 9000]) {
    const bytes = new Uint8Array([...utf8('12/03/2021 - Ann: ok\n'.repeat(headLines)), ...gb]);
    const all = await readAll(sourceOfBytes(bytes, 1000));
    expect(all.encoding).toBe('gb18030');
    expect(all.lines.slice(-2)).toEqual(['今天天气', '好']);
    expectTiling(all, bytes.length);
  }
});

test('a few damaged bytes leave a UTF-8 file UTF-8, and each damaged line is reported with its bytes', async () => {
  const bytes = new Uint8Array([...utf8('今天天气很好\n坏'), 0xff, 0x41, 0xe4, 0xbb, ...utf8('\n好\ufffd\n')]);
  const all = await readAll(sourceOfBytes(bytes));
  expect(all.lines).toEqual(['今天天气很好', '坏\ufffdA\ufffd', '好\ufffd']);
  expect(all.problems).toEqual([
    {
      code: 'bad-encoding',
      line: 1,
      offsetBytes: all.spans[1]![0],
      lengthBytes: 0,
      raw: `base64:${btoa('\u00e5\u009d\u008f\u00ffA\u00e4\u00bb\n')}`,
    },
  ]);
});

test('Latin text in the Windows code page is not taken for Chinese', async () => {
  const all = await readAll(
    sourceOfBytes(Uint8Array.from('Ol\u00e1, at\u00e9 amanh\u00e3!\nJo\u00e3o\n', (letter) => letter.charCodeAt(0))),
  );
  expect(all.lines).toEqual(['Olá, até amanhã!', 'João']);
});

test('a line of 500 MB without a line feed is cut and reported; what is held stays small; the reader goes on', async () => {
  const sizeBytes = 500 << 20;
  const tail = utf8('\nafter\n');
  const chunk = new Uint8Array(1 << 20).fill(0x61);
  let held = 0;
  const source = sourceOfRanges(sizeBytes + tail.length, async (from, to) => {
    held = Math.max(held, process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed);
    if (to <= sizeBytes) return chunk.subarray(0, to - from);
    const bytes = new Uint8Array(to - from).fill(0x61);
    bytes.set(tail.subarray(Math.max(0, from - sizeBytes)), Math.max(0, sizeBytes - from));
    return bytes;
  });
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  const all = await readAll(source);
  expect(all.lines.map((line) => line.length)).toEqual([1 << 20, 5]);
  expect(all.lines[1]).toBe('after');
  expect(all.problems).toHaveLength(1);
  expect(all.problems[0]).toMatchObject({ code: 'line-too-long', line: 0, offsetBytes: 1 << 20, lengthBytes: sizeBytes - (1 << 20) + 1 });
  expect(all.problems[0]!.raw).toHaveLength(65_536);
  expectTiling(all, source.sizeBytes);
  expect(held - before).toBeLessThan(150 << 20);
});
