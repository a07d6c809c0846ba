import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsvRows, type CsvBatch, type CsvProblem, type CsvRow, type ReadCsvOptions } from '../../src/bytes/csv-rows';
import { sourceOfBytes } from '../../src/bytes/memory-source';

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string): Uint8Array {
  return new Uint8Array([
    0xff,
    0xfe,
    ...new Uint8Array(Uint16Array.from([...Array(text.length).keys()], (at) => text.charCodeAt(at)).buffer),
  ]);
}

async function readAll(bytes: Uint8Array | string, options?: ReadCsvOptions, chunkBytes?: number): Promise<CsvBatch> {
  const all: (CsvRow | CsvProblem)[] = [];
  const source = sourceOfBytes(typeof bytes === 'string' ? utf8(bytes) : bytes, chunkBytes);
  for await (const batch of readCsvRows(source, options)) all.push(...batch);
  return all;
}

function expectTiling(batch: CsvBatch, sizeBytes: number): void {
  let at = 0;
  for (const piece of batch) {
    if (piece.offsetBytes !== at) expect(piece.offsetBytes).toBe(at);
    at += piece.lengthBytes;
  }
  expect(at).toBe(sizeBytes);
}

const brief = (batch: CsvBatch) => batch.map((piece) => (piece.kind === 'row' ? piece.fields : `${piece.code}: ${piece.raw}`));

const anyField = fc
  .array(
    fc.oneof(fc.string({ unit: 'binary', maxLength: 5 }), fc.constantFrom('"', '""', ',', ';', '\t', '\n', '\r\n', '\r', '今天', '👨‍👩‍👧')),
  )
  .map((parts) => parts.join('').replaceAll('\ufeff', '').toWellFormed());

test('gives back any table that was written by the rules, in rows that tile it, however it is encoded and cut', async () => {
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(anyField, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
  const delimiters = fc.constantFrom(',', ';', '\t');
  const options = fc.record({
    delimiter: delimiters,
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    isWide: fc.boolean(),
    chunkBytes: fc.integer({ min: 1, max: 9 }),
    hasEnd: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(table, options, async (rows, { delimiter, lineEnd, isWide, chunkBytes, hasEnd }) => {
      const write = (field: string) => (/[",;\t\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
      const lines = rows.map((fields) => fields.map(write).join(delimiter));
      const text = lines.join(lineEnd) + (hasEnd ? lineEnd : '');
      const bytes = isWide ? utf16(text) : utf8(text);
      const all = await readAll(bytes, { delimiter, ...(isWide ? {} : { encoding: 'utf-8' }) }, chunkBytes);
      expect(brief(all)).toEqual(rows);
      expect(all.map(({ raw }) => raw)).toEqual(lines);
      expectTiling(all, bytes.length);
    }),
    { numRuns: 500 },
  );
});

test('any bytes at all: rows and problems tile them, and the cut into chunks changes nothing', async () => {
  const nasty = fc
    .array(fc.constantFrom('"', '""', ',', '\n', '\r', 'a', '"x', '""x', ',"', '\ufeff', '好'), { maxLength: 120 })
    .map((parts) => utf8(parts.join('')));
  const anyBytes = fc.oneof(nasty, fc.uint8Array({ maxLength: 200 }));
  await fc.assert(
    fc.asyncProperty(
      anyBytes,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 60 }),
      async (bytes, chunkBytes, rowLimitBytes) => {
        const whole = await readAll(bytes, { rowLimitBytes });
        expect(await readAll(bytes, { rowLimitBytes }, chunkBytes)).toEqual(whole);
        expectTiling(whole, bytes.length);
      },
    ),
    { numRuns: 2000 },
  );
});

test('reads the quotation marks of RFC 4180, and those that it forbids but writers make', async () => {
  const text = 'a,b,c\r\n"aaa","b CRLF\r\nbb","c""c"\r\n5" disk,"He said "hi" to me",\r\n\r\n"",x,"y"';
  expect(brief(await readAll(text))).toEqual([
    ['a', 'b', 'c'],
    ['aaa', 'b CRLF\r\nbb', 'c"c'],
    ['5" disk', 'He said "hi" to me', ''],
    [],
    ['', 'x', 'y'],
  ]);
});

test('finds the delimiter, and takes a byte order mark and sep= as no field', async () => {
  expect(brief(await readAll('\ufeff"a;b";c,d;e\n'))).toEqual([['a;b', 'c,d', 'e']]);
  expect(brief(await readAll('sep=;\na,b;c\n'))).toEqual([[], ['a,b', 'c']]);
  expect(brief(await readAll('a\tb, c\n'))).toEqual([['a', 'b, c']]);
});

test('a lost quotation mark costs its own line', async () => {
  const text = 'id,text,by\n1,"lost,Ann\n2,plain,Ben\n3,"two\nlines",Ann\n4,"x",Ben\n';
  expect(brief(await readAll(text))).toEqual([
    ['id', 'text', 'by'],
    'not-understood: 1,"lost,Ann\n',
    ['2', 'plain', 'Ben'],
    ['3', 'two\nlines', 'Ann'],
    ['4', 'x', 'Ben'],
  ]);
});

test('a file cut inside a quoted field ends early, from the row on, but rows behind a mark that is never closed are kept', async () => {
  expect(brief(await readAll('id,text\n1,"x"\n2,"first line\nsecond line, with a comma, or two'))).toEqual([
    ['id', 'text'],
    ['1', 'x'],
    'ends-early: 2,"first line\nsecond line, with a comma, or two',
  ]);
  expect(brief(await readAll('id,text\n1,"x\n2,y\n3,z\n'))).toEqual([['id', 'text'], 'ends-early: 1,"x\n', ['2', 'y'], ['3', 'z']]);
});

test('a row above the limit is a problem, quoted or not, and the next row is read', async () => {
  const long = 'x'.repeat(3000);
  for (const field of [long, `"${long}"`, `"${'xx\n'.repeat(1000)}"`]) {
    const all = await readAll(`id,text\n1,${field}\n2,"a\nb"\n3,c\n`, { rowLimitBytes: 1000 }, 700);
    const rows = all.filter((piece) => piece.kind === 'row').map(({ fields }) => fields);
    expect(rows.at(0)).toEqual(['id', 'text']);
    expect(rows.at(-1)).toEqual(['3', 'c']);
    expect(all.filter((piece) => piece.kind === 'problem').map(({ code }) => code)[0]).toBe('piece-too-large');
  }
});

test('undecodable bytes are U+FFFD, and the row keeps them as they are', async () => {
  const [head, row] = await readAll(new Uint8Array([...utf8('今天,天气\n好'), 0xff, ...utf8(',x\n')]));
  expect(head).toMatchObject({ fields: ['今天', '天气'], damagedRaw: null });
  expect(row).toMatchObject({ fields: ['好\ufffd', 'x'], damagedRaw: `base64:${btoa('\u00e5\u00a5\u00bd\u00ff,x')}` });
});

test.each(['"', '""', '"x\n', '""x\n', 'a,b\n""x\n', ',"\n', '\n', '\r', ',', '"\n"x'])(
  'a megabyte of %j takes no time that explodes',
  async (evil) => {
    const bytes = utf8(evil.repeat(Math.ceil(1e6 / evil.length)));
    const all = await readAll(bytes, { rowLimitBytes: 1 << 16 }, 4099);
    expectTiling(all, bytes.length);
  },
  30_000,
);
