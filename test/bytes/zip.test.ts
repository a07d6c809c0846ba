import { randomBytes } from 'node:crypto';
import { makeZip } from 'client-zip';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countReads } from '../../src/bytes/counted-source';
import { archiveLimits } from '../../src/bytes/limits';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import type { ByteSource } from '../../src/bytes/source';
import { openZip, type OpenedZip } from '../../src/bytes/zip';
import { CamphorError } from '../../src/model/error';
import { sourceOfSegments, type Segment } from '../hostile/sparse-source';
import {
  buildZip,
  deflatedZeros,
  directoryOf,
  endRecords,
  extraField,
  joinAll,
  littleEndian,
  utf8,
  type ZipPart,
} from '../hostile/zip-builder';

async function readWhole(source: ByteSource, fromByte = 0): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of source.stream(fromByte)) {
    expect(chunk.length).toBeLessThanOrEqual(1 << 20);
    pieces.push(chunk);
  }
  return joinAll(...pieces);
}

/** What can be read: content by path; and what was reported. */
async function readZip(bytes: Uint8Array): Promise<{ files: Record<string, string>; codes: string[]; zip: OpenedZip }> {
  const zip = await openZip(sourceOfBytes(bytes));
  const contents: [string, string][] = [];
  for (const entry of zip.entries) contents.push([entry.path, Buffer.from(await readWhole(entry.open())).toString('latin1')]);
  return { files: Object.fromEntries(contents), codes: zip.problems.map((problem) => problem.code), zip };
}

/** The error's code and the limit that it names. */
async function refusalOf(bytes: Uint8Array | ByteSource): Promise<string> {
  try {
    await openZip(bytes instanceof Uint8Array ? sourceOfBytes(bytes) : bytes);
  } catch (error) {
    if (error instanceof CamphorError) return `${error.code} ${error.facts['limit'] ?? ''}`.trim();
    throw error;
  }
  return 'opened';
}

const memory = () => process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
const letter = (text: string): ZipPart => ({ name: 'a.txt', content: utf8(text) });

const partArbitrary = fc.record(
  {
    content: fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array(70_000).fill(7))),
    isDeflated: fc.boolean(),
    descriptor: fc.constantFrom('signed' as const, 'bare' as const, 'zip64' as const),
    isZip64: fc.boolean(),
  },
  { requiredKeys: ['content'] },
);
const partsArbitrary = fc
  .array(partArbitrary, { maxLength: 5 })
  .map((parts) => parts.map((part, index): ZipPart => ({ ...part, name: `f${index}/媒体 ${index}.bin` })));

test('gives back what any mix of stored, deflated, described and Zip64 entries holds', async () => {
  const options = fc.record(
    { comment: fc.uint8Array({ maxLength: 50 }), prefix: fc.uint8Array({ maxLength: 50 }), isZip64: fc.boolean() },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(partsArbitrary, options, fc.nat(400), async (parts, zipOptions, from) => {
      const zip = await openZip(sourceOfBytes(buildZip(parts, zipOptions), 7));
      expect(zip.problems).toEqual([]);
      expect(zip.entries.map((entry) => entry.path)).toEqual(parts.map((part) => part.name));
      for (const [index, entry] of zip.entries.entries()) {
        const content = parts[index]!.content!;
        expect(entry.sizeBytes).toBe(content.length);
        expect(Buffer.compare(await readWhole(entry.open()), content)).toBe(0);
        expect(Buffer.compare(await readWhole(entry.open(), from), content.subarray(from))).toBe(0);
        expect(Buffer.compare(await entry.open().read(from, from + 90), content.subarray(from, from + 90))).toBe(0);
      }
      expect(zip.problems).toEqual([]);
    }),
  );
});

test('reads what client-zip writes', async () => {
  const files = fc.dictionary(
    fc.string({ minLength: 1, unit: 'grapheme' }).filter((name) => !/[/\\\p{Cc}\p{Cs}:]|^\.+$/u.test(name)),
    fc.uint8Array(),
    { maxKeys: 6, noNullPrototype: true },
  );
  await fc.assert(
    fc.asyncProperty(files, async (contents) => {
      const written = makeZip(
        Object.entries(contents).map(([name, bytes]) => ({ name, input: bytes, lastModified: new Date('2023-11-14T22:13:20Z') })),
      );
      const bytes = new Uint8Array(await new Response(written).arrayBuffer());
      const zip = await openZip(sourceOfBytes(bytes));
      expect(zip.entries.map((entry) => entry.path).sort()).toEqual(Object.keys(contents).sort());
      for (const entry of zip.entries) expect(Buffer.compare(await readWhole(entry.open()), contents[entry.path]!)).toBe(0);
      expect(zip.problems).toEqual([]);
    }),
  );
});

test('names: UTF-8 with and without the flag, GBK, the Unicode field; back slashes; folders are no files', async () => {
  const gbk = Uint8Array.of(0xc1, 0xc4, 0xcc, 0xec, 0x2e, 0x74, 0x78, 0x74); // 聊天.txt
  const unicodeField = extraField(0x7075, joinAll(Uint8Array.of(1), littleEndian([0x8c736521, 4]), utf8('ü.txt')));
  const parts: ZipPart[] = [
    { name: '照片/一.jpg' },
    { name: utf8('照片/二.jpg') },
    { name: gbk },
    { name: Uint8Array.of(0xff), extra: unicodeField },
    { name: Uint8Array.from('Jo\u00e3o.txt', (char) => char.charCodeAt(0)) },
    { name: 'media\\x.jpg' },
    { name: 'folder/' },
  ];
  const zip = await openZip(sourceOfBytes(buildZip(parts)));
  expect(zip.entries.map((entry) => entry.path)).toEqual(['照片/一.jpg', '照片/二.jpg', '聊天.txt', 'ÿ', 'João.txt', 'media/x.jpg']);
  expect(zip.problems).toEqual([]);
});

test('times: the DOS clock as if it were UTC, or the instant where the archive has it', async () => {
  const time = extraField(0x5455, joinAll(Uint8Array.of(1), littleEndian([1_700_000_000, 4])));
  const zip = await openZip(sourceOfBytes(buildZip([letter('x'), { name: 'b', extra: time }])));
  expect(zip.entries.map((entry) => entry.modifiedAtMs)).toEqual([Date.UTC(2023, 6, 1), 1_700_000_000_000]);
});

test.each<[string, readonly ZipPart[], Record<string, string>, readonly string[]]>([
  ['a wrong checksum', [{ ...letter('text'), central: { crc32: 1 } }], { 'a.txt': 'text' }, ['entry-damaged']],
  ['a wrong checksum, deflated', [{ ...letter('text'), isDeflated: true, central: { crc32: 1 } }], { 'a.txt': 'text' }, ['entry-damaged']],
  [
    'data that are no deflate stream',
    [{ ...letter('text'), isDeflated: true, data: utf8('\xff\xff\xff\xff') }],
    { 'a.txt': '' },
    ['entry-damaged'],
  ],
  [
    'content longer than it says',
    [{ ...letter('long text'), isDeflated: true, central: { sizeBytes: 4 } }],
    { 'a.txt': 'long' },
    ['entry-damaged'],
  ],
  [
    'content shorter than it says',
    [{ ...letter('text'), isDeflated: true, central: { sizeBytes: 9 } }],
    { 'a.txt': 'text' },
    ['entry-damaged'],
  ],
  ['stored with two sizes', [{ ...letter('text'), central: { sizeBytes: 9 } }], { 'a.txt': 'text' }, ['entry-damaged']],
  [
    'data that reach beyond the directory',
    [{ ...letter('text'), central: { compressedBytes: 9000, sizeBytes: 9000 } }],
    { 'a.txt': 'text' },
    ['entry-damaged', 'entry-damaged'],
  ],
  [
    'no header where the directory says',
    [{ ...letter('text'), local: { signature: 7 } }],
    { 'a.txt': '' },
    ['entry-damaged', 'entry-damaged'],
  ],
  [
    'a header beyond the file',
    [letter('text'), { name: 'b', central: { headerOffset: 4_000_000 } }],
    { 'a.txt': 'text' },
    ['entry-damaged'],
  ],
  ['another method in the header', [{ ...letter('text'), local: { method: 8 } }], { 'a.txt': 'text' }, ['entry-damaged']],
  [
    'sizes in the header that lie',
    [{ ...letter('text'), local: { sizeBytes: 1, compressedBytes: 99, crc32: 3 } }],
    { 'a.txt': 'text' },
    [],
  ],
  ['two files of one name', [letter('first'), letter('second')], { 'a.txt': 'first' }, ['duplicate-id']],
  [
    'an encrypted file among others',
    [
      { ...letter('secret'), flags: 0x801 },
      { name: 'b', content: utf8('open') },
    ],
    { b: 'open' },
    ['entry-encrypted'],
  ],
  [
    'an unknown method',
    [
      { ...letter('x'), central: { method: 14 } },
      { name: 'b', content: utf8('open') },
    ],
    { b: 'open' },
    ['not-understood'],
  ],
  ['a path that climbs', [{ name: '../../x', content: utf8('1') }], { x: '1' }, ['entry-unsafe']],
  ['a drive', [{ name: 'C:\\x\\y', content: utf8('1') }], { 'C_/x/y': '1' }, ['entry-unsafe']],
  ['a root', [{ name: '/etc/passwd', content: utf8('1') }], { 'etc/passwd': '1' }, ['entry-unsafe']],
  ['a NUL', [{ name: 'a\0b', content: utf8('1') }], { a_b: '1' }, ['entry-unsafe']],
  ['names of the prototype', [{ name: '__proto__', content: utf8('1') }, { name: 'constructor', content: utf8('2') }], Object.fromEntries([['__proto__', '1'], ['constructor', '2']]), []], // prettier-ignore
])('%s', async (_case, parts, files, codes) => {
  const read = await readZip(buildZip(parts));
  expect(Object.entries(read.files)).toEqual(Object.entries(files));
  expect(read.codes).toEqual(codes);
  expect(read.zip.problems.every((problem) => problem.entry === undefined || read.zip.entries[problem.entry])).toBe(true);
});

test.each<[string, () => Uint8Array | ByteSource, string]>([
  [
    'overlapping entries',
    () => buildZip([letter('x'.repeat(100)), { name: 'b', content: utf8('y'), central: { headerOffset: 20 } }]),
    'zip-bomb overlap',
  ],
  [
    'one header for many names',
    () => buildZip([letter('x'), { name: 'b', content: utf8('x'), central: { headerOffset: 0 } }]),
    'zip-bomb overlap',
  ],
  [
    '10 MB that say 10 GB',
    () => buildZip([{ name: 'b', isDeflated: true, data: new Uint8Array(10 << 20), central: { sizeBytes: 4e9 } }]),
    'zip-bomb ratio',
  ],
  ['many that are a bomb together', () => buildZip(Array.from({ length: 30 }, (_, index) => ({ name: `${index}`, isDeflated: true, data: new Uint8Array(1000), central: { sizeBytes: 60 << 20 } }))), 'zip-bomb ratio'], // prettier-ignore
  ['an entry of 200 GiB', () => buildZip([{ name: 'b', isZip64: true, isDeflated: true, central: { sizeBytes: 200 * 2 ** 30, compressedBytes: 2 ** 35 } }]), 'archive-limit entryBytes'], // prettier-ignore
  [
    '100,001 entries',
    () =>
      buildZip(
        Array.from({ length: 100_001 }, (_, index) => ({ name: `${index}` })),
        { isZip64: true },
      ),
    'archive-limit entryCount',
  ],
  ['an end record that says more', () => buildZip([letter('x')], { isZip64: true, count: 2 ** 40 }), 'archive-limit entryCount'],
  [
    'a directory of 100 MiB',
    () => sourceOfSegments(200 << 20, [{ offsetBytes: (200 << 20) - 22, bytes: endRecords(1, 100 << 20, 0, false) }]),
    'archive-limit directoryBytes',
  ],
  ['nothing that is a ZIP', () => new Uint8Array(100_000), 'zip-damaged'],
  ['an empty file', () => new Uint8Array(0), 'zip-damaged'],
])('refused: %s', async (_case, build, refusal) => {
  const before = memory();
  const archive = build();
  const counted = countReads(archive instanceof Uint8Array ? sourceOfBytes(archive) : archive);
  const built = memory();
  expect(await refusalOf(counted.source)).toBe(refusal);
  expect(memory() - Math.max(before, built)).toBeLessThan(200 << 20);
  if (!refusal.startsWith('zip-damaged')) expect(counted.count.bytes).toBeLessThan(archiveLimits.directoryBytes);
});

test('an empty ZIP has no entries', async () => {
  expect((await openZip(sourceOfBytes(buildZip([])))).entries).toEqual([]);
});

test('a bomb whose header lies is inflated no further than the header says, in bounded memory', async () => {
  const data = deflatedZeros(256 << 20);
  const zip = await openZip(sourceOfBytes(buildZip([{ name: 'b', isDeflated: true, data, central: { sizeBytes: 40 << 20 } }])));
  const before = memory();
  let given = 0;
  let peak = 0;
  for await (const chunk of zip.entries[0]!.open().stream()) {
    given += chunk.length;
    peak = Math.max(peak, memory() - before);
  }
  expect(given).toBe(40 << 20);
  expect(zip.problems.map((problem) => problem.code)).toEqual(['entry-damaged']);
  expect(peak).toBeLessThan(200 << 20);
});

test('a cut bomb without a directory is not inflated beyond the ratio', async () => {
  const data = deflatedZeros(256 << 20);
  const bytes = buildZip([letter('kept'), { name: 'b', isDeflated: true, data, descriptor: 'signed' }], { hasDirectory: false }).subarray(
    0,
    -40,
  );
  const { files, codes } = await readZip(bytes);
  expect(files).toEqual({ 'a.txt': 'kept', b: '' });
  expect(codes).toContain('zip-salvaged');
});

test('cut at every byte: entries before the cut are whole, the cut one gives what is there, nothing else is thrown', async () => {
  const noise = new Uint8Array(40).map((_, index) => (index * 97) % 251);
  const parts: ZipPart[] = [
    { name: 'a', content: utf8('first file, first file'), isDeflated: true, descriptor: 'signed' },
    { name: 'b', content: noise, isDeflated: true },
    { name: 'c', content: utf8('third file, third file'), isDeflated: true, descriptor: 'bare' },
    { name: 'd', content: utf8('fourth'), isDeflated: true, descriptor: 'zip64' },
    { name: 'e', content: utf8('fifth') },
  ];
  const whole = await readZip(buildZip(parts));
  const bytes = buildZip(parts);
  const ends = parts.map((_, index) => buildZip(parts.slice(0, index + 1), { hasDirectory: false }).length);
  const cuts = Array.from({ length: bytes.length }, (_, end) => end);
  // A cut entry waits a moment for what the inflater may still give, so the cuts are tried side by side.
  await Promise.all(
    cuts.map(async (end) => {
      const cut = bytes.subarray(0, end);
      // The shortest file with an entry: a header and its name.
      if (end < 31) return expect(await refusalOf(cut)).toBe('zip-damaged');
      const { files, codes } = await readZip(cut);
      expect(codes[0]).toBe('zip-salvaged');
      for (const [path, content] of Object.entries(files)) expect(whole.files[path]!.startsWith(content)).toBe(true);
      const complete = parts.filter((_, index) => ends[index]! <= end);
      for (const { name } of complete) expect(files[name as string]).toBe(whole.files[name as string]);
      return undefined;
    }),
  );
});

test('a deflated text in a broken-off archive is given up to the last whole block', async () => {
  const lines = Array.from({ length: 50_000 }, (_, index) => `${index} ${((index * 7919) % 65_537).toString(36)}\n`).join('');
  const bytes = buildZip([{ name: '_chat.txt', content: utf8(lines), isDeflated: true, descriptor: 'signed' }]);
  const { files, codes } = await readZip(bytes.subarray(0, bytes.length >> 1));
  expect(lines.startsWith(files['_chat.txt']!)).toBe(true);
  expect(files['_chat.txt']!.length).toBeGreaterThan(lines.length * 0.45);
  expect(codes).toEqual(['zip-salvaged', 'entry-damaged']);
});

test('any change of bytes: opens or refuses with a code, and never gives more than the file says', async () => {
  const bytes = buildZip([letter('some text'), { name: 'b', content: utf8('more '.repeat(50)), isDeflated: true, descriptor: 'signed' }], {
    isZip64: true,
  });
  const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(flips, async (changes) => {
      const changed = Uint8Array.from(bytes);
      for (const [at, value] of changes) changed[at] = value;
      const counted = countReads(sourceOfBytes(changed));
      try {
        const zip = await openZip(counted.source);
        for (const entry of zip.entries) expect((await readWhole(entry.open())).length).toBeLessThanOrEqual(entry.sizeBytes);
      } catch (error) {
        expect(error).toBeInstanceOf(CamphorError);
      }
    }),
    { numRuns: 400 },
  );
});

test('an error of the file itself is thrown, not taken for damage', async () => {
  for (const isDeflated of [true, false]) {
    const bytes = buildZip([{ name: 'a', content: new Uint8Array(randomBytes(300_000)), isDeflated }]);
    let isGone = false;
    const whole = sourceOfBytes(bytes);
    const source: ByteSource = {
      ...whole,
      read: async (from, to) => {
        if (isGone && to > 100_000) throw new CamphorError('archive-unreadable');
        return whole.read(from, to);
      },
    };
    const zip = await openZip(source);
    isGone = true;
    await expect(readWhole(zip.entries[0]!.open())).rejects.toMatchObject({ code: 'archive-unreadable' });
    expect(zip.problems).toEqual([]);
  }
});

test('of 20 GB with stored media only the directory and the entries taken are read', async () => {
  const chat = utf8('12/03/2023, 12:00 - Ann: hello\n'.repeat(10_000));
  const mediaBytes = 5 * 10 ** 9;
  const media = [0, 1, 2, 3].map((index): ZipPart => ({
    name: `IMG-${index}.mp4`,
    isZip64: true,
    central: { sizeBytes: mediaBytes, compressedBytes: mediaBytes },
  }));
  const parts: ZipPart[] = [{ name: '_chat.txt', content: chat, isDeflated: true }, ...media];
  const segments: Segment[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const part of parts) {
    const bytes = buildZip([part], { hasDirectory: false });
    offsets.push(at);
    segments.push({ offsetBytes: at, bytes });
    at += bytes.length + (part.isZip64 ? mediaBytes : 0);
  }
  const directory = directoryOf(parts, offsets);
  const end = endRecords(parts.length, directory.length, at, true);
  segments.push({ offsetBytes: at, bytes: joinAll(directory, end) });
  const { source, count } = countReads(sourceOfSegments(at + directory.length + end.length, segments));

  const zip = await openZip(source);
  expect(zip.entries.map((entry) => entry.sizeBytes)).toEqual([chat.length, mediaBytes, mediaBytes, mediaBytes, mediaBytes]);
  expect(await readWhole(zip.entries[0]!.open())).toHaveLength(chat.length);
  expect(await zip.entries[4]!.open().read(mediaBytes - 10, mediaBytes + 10)).toHaveLength(10);
  expect(await readWhole(zip.directory!)).toEqual(directory);
  const tailBytes = 65_557;
  expect(count.bytes).toBeLessThan(tailBytes + 1.05 * (2 * directory.length + segments[0]!.bytes.length + 1000));
  expect(zip.problems).toEqual([]);
});
