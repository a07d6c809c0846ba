// The suite that every importer must pass: the rules at the head of src/importers/importer.ts, and checks A5 to A8 and A10
// of hostile archives. Use, in the importer's own test file:
//
//   describeConformance(myImporter, [sampleAt(ownSamplePath('mine/small.txt')), sampleOf('one line', { 'a.txt': '…' })]);
//
// Give it small samples (a few KiB) that hold everything the format has. A failure names the sample, the cut or damage,
// and the first record that is wrong.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileSet } from '../../src/bytes/source';
import type { Answers, Detection, Importer } from '../../src/importers/importer';
import type { MessageRecord, NeutralRecord } from '../../src/model/record';
import { bytesOf, insertBytes, replaceBytes, withBytes, withCount } from './altered-files';
import { detectLimitBytes, readDamaged } from './damaged-reading';
import { foreignSamples } from './foreign-samples';
import { expectSame, expectTiling, findFault, guessAnswers, isDatabase, messagesOf, readAll } from './read-records';
import { filesOf, type ConformanceSample } from './samples';

const everyCutBelowBytes = 600;
const cuts = 100;
const smallBytes = 16 * 1024;
const hangGuardMs = 30_000;

interface OpenedSample {
  readonly files: FileSet;
  readonly detections: readonly Detection[];
}

export function describeConformance(importer: Importer, samples: readonly ConformanceSample[]): void {
  describe(`${importer.format} conforms`, () => {
    for (const sample of samples) describe(sample.name, () => describeSample(importer, sample));

    test.each(foreignSamples(importer))('claims nothing of $name', async ({ open }) => {
      expect(await importer.detect(await open())).toEqual([]);
    });

    test('neither fails nor runs on over random bytes', async () => {
      const paths = fc.constantFrom('a.txt', '_chat.txt', 'result.json', 'x.jsonl', 'noname');
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), paths, async (bytes, path) => {
          const files = filesOf(path, { [path]: bytes });
          for (const detection of await importer.detect(files)) await readDamaged(importer, files, detection, {});
        }),
      );
    });
  });
}

function describeSample(importer: Importer, sample: ConformanceSample): void {
  const open = async (): Promise<OpenedSample> => {
    const files = await sample.open();
    const detections = await importer.detect(files);
    return { files, detections };
  };
  /** Runs `check` for each archive that the sample holds. */
  const forEachArchive = async (check: (files: FileSet, detection: Detection, answers: Answers) => Promise<void>) => {
    const { files, detections } = await open();
    for (const detection of detections) await check(files, detection, await guessAnswers(importer, files, detection));
  };

  test('is detected, by reading little, and the same each time', async () => {
    const { files, detections } = await open();
    expect(detections.length, 'archives found').toBeGreaterThan(0);
    for (const detection of detections) {
      expect(detection.format).toBe(importer.format);
      expect(detection.entries.every((entry) => files.entries[entry])).toBe(true);
    }
    expect(new Set(detections.flatMap((detection) => detection.entries)).size).toBe(
      detections.flatMap((detection) => detection.entries).length,
    );
    const count = { bytes: 0, reads: 0 };
    expect(await importer.detect(withCount(files, count))).toEqual(detections);
    expect(count.bytes).toBeLessThanOrEqual(detectLimitBytes * files.entries.length);
  });

  test('gives sound records that tile its entries, twice the same', () =>
    forEachArchive(async (files, detection, answers) => {
      const records = await readAll(importer, files, detection);
      const wanted = importer.source === 'contacts' ? records.filter(({ type }) => type === 'person') : messagesOf(records);
      expect(wanted.length, 'messages, or contacts').toBeGreaterThan(0);
      expect(findFault(files, detection, records)).toBeNull();
      await expectTiling(files, detection, records);
      expectSame(await readAll(importer, files, detection), records, 'read again');
      const { files: fresh } = await open();
      expectSame(await readAll(importer, fresh, detection), records, 'read from a fresh file set, nothing asked before');
      expectSame(await readAll(importer, fresh, detection, answers), records, 'read with its own guesses as answers');
    }));

  test('reports bytes that only grow, up to the whole', () =>
    forEachArchive(async (files, detection) => {
      const done: number[] = [];
      for await (const _ of importer.read(files, detection, { answers: {}, onBytes: (bytes) => done.push(bytes) })) void _;
      expect(done).toEqual([...done].sort((one, other) => one - other));
      expect(done.at(-1)).toBe(detection.entries.reduce((sum, entry) => sum + files.entries[entry]!.open().sizeBytes, 0));
    }));

  test('gives the same records in chunks of 1, 7 and 4,099 bytes', { timeout: hangGuardMs }, () =>
    forEachArchive(async (files, detection, answers) => {
      const records = await readAll(importer, files, detection, answers);
      for (const chunkBytes of [1, 7, 4099]) {
        let chopped = files;
        const inBytes = detection.entries.filter((entry) => !isDatabase(entry, records));
        for (const entry of inBytes) chopped = withBytes(chopped, entry, await bytesOf(files, entry), chunkBytes);
        expectSame(await readAll(importer, chopped, detection, answers), records, `in chunks of ${chunkBytes}`);
      }
    }),
  );

  test('cut anywhere, keeps all messages before the last', { timeout: hangGuardMs * 2 }, () =>
    forEachArchive(async (files, detection, answers) => {
      const records = await readAll(importer, files, detection, answers);
      for (const entry of detection.entries) {
        const expectParts = isDatabase(entry, records) ? expectRows : expectPrefixes;
        await expectParts(importer, sample, files, detection, entry, answers, messagesOf(records));
      }
    }),
  );

  test('damaged anywhere, neither fails nor runs on', { timeout: hangGuardMs * 2 }, () =>
    forEachArchive(async (files, detection, answers) => {
      const entry = detection.entries[0]!;
      const bytes = (await bytesOf(files, entry)).slice(0, smallBytes);
      const flips = fc.array(fc.record({ at: fc.nat(bytes.length - 1), bit: fc.nat(7) }), { minLength: 1, maxLength: 20 });
      await fc.assert(
        fc.asyncProperty(flips, async (places) => {
          const damaged = bytes.slice();
          for (const { at, bit } of places) damaged[at]! ^= 1 << bit;
          await readDamaged(importer, withBytes(files, entry, damaged), detection, answers);
        }),
        { numRuns: 150 },
      );
    }),
  );

  test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString', '<img src=x onerror=alert(1)>', '../../etc/passwd'])(
    'takes %s as a name',
    (name) =>
      forEachArchive(async (files, detection, answers) => {
        const people = (await readAll(importer, files, detection, answers)).filter((record) => record.type === 'person');
        const before = Object.getOwnPropertyNames(Object.prototype).length;
        for (const person of people.filter(({ name: known }) => (known?.length ?? 0) > 2)) {
          const entry = detection.entries[0]!;
          const bytes = replaceBytes(await bytesOf(files, entry), encode(person.name!), encode(name));
          await readDamaged(importer, withBytes(files, entry, bytes), detection, answers);
        }
        expect(Object.getOwnPropertyNames(Object.prototype).length, 'Object.prototype was changed').toBe(before);
      }),
  );

  test.each(evilTexts)('reads a megabyte of %j in time that does not explode', { timeout: hangGuardMs }, (evil) =>
    forEachArchive(async (files, detection, answers) => {
      const entry = detection.entries[0]!;
      const texts = messagesOf(await readAll(importer, files, detection, answers)).map((message) => message.text);
      const anchor = texts.find((text) => text.length > 2 && /^[\w ]+$/.test(text)) ?? '';
      const bytes = insertBytes(
        (await bytesOf(files, entry)).slice(0, smallBytes),
        encode(anchor),
        encode(evil.repeat(Math.ceil(1e6 / evil.length))),
      );
      await readDamaged(importer, withBytes(files, entry, bytes), detection, answers);
    }),
  );

  test.each(['0', '9', '1'])('takes times made of %s only', (digit) =>
    forEachArchive(async (files, detection, answers) => {
      const entry = detection.entries[0]!;
      const bytes = (await bytesOf(files, entry)).map((byte) => (byte >= 0x30 && byte <= 0x39 ? digit.charCodeAt(0) : byte));
      await readDamaged(importer, withBytes(files, entry, bytes), detection, answers);
    }),
  );
}

/** Strings on which a grammar with two ways to read one text runs for ever: a megabyte squared is no matter of seconds. */
const evilTexts = [
  ' ',
  'a',
  '1',
  '1/',
  '1:',
  '[',
  '(',
  ')',
  '<',
  '>',
  ': ',
  '\u200e',
  ' (',
  '.a',
  '\t ',
  '@',
  'https://a.',
  '12/12/12, 12:12 ',
  '{',
  '-- ',
];

async function expectPrefixes(
  importer: Importer,
  sample: ConformanceSample,
  files: FileSet,
  detection: Detection,
  entry: number,
  answers: Answers,
  whole: readonly NeutralRecord[],
): Promise<void> {
  const bytes = await bytesOf(files, entry);
  const count = bytes.length <= everyCutBelowBytes ? bytes.length : cuts;
  const expected = messagesOf(whole).filter((message) => message.entry === entry);
  for (let cut = 0; cut < count; cut++) {
    const length = Math.floor((bytes.length * cut) / count);
    const part = withBytes(files, entry, bytes.subarray(0, length));
    const records = await readDamaged(importer, part, detection, answers);
    if (records === null) continue;
    const read = messagesOf(records).filter((message) => message.entry === entry);
    const kept = read.slice(0, -1);
    expectSame(kept, expected.slice(0, kept.length), `cut at byte ${length} of ${bytes.length}`);
    if (sample.hasEnd && length > 0)
      expect(
        records.some((record) => record.type === 'problem'),
        `cut at byte ${length}: no problem says so`,
      ).toBe(true);
  }
}

/** What a database still gives when it is cut: some of its messages, and never fewer of them silently. */
async function expectRows(
  importer: Importer,
  _sample: ConformanceSample,
  files: FileSet,
  detection: Detection,
  entry: number,
  answers: Answers,
  whole: readonly MessageRecord[],
): Promise<void> {
  const bytes = await bytesOf(files, entry);
  const known = new Set(whole.map(({ sourceId }) => sourceId));
  for (let cut = 0; cut < cuts; cut++) {
    const length = Math.floor((bytes.length * cut) / cuts);
    const records = await readDamaged(importer, withBytes(files, entry, bytes.subarray(0, length)), detection, answers);
    if (records === null) continue;
    const read = messagesOf(records);
    const where = `cut at byte ${length} of ${bytes.length}`;
    expect(
      read.filter(({ sourceId }) => !known.has(sourceId)),
      where,
    ).toEqual([]);
    expect(read.length, where).toBeLessThanOrEqual(whole.length);
    expect(
      records.some((record) => record.type === 'problem'),
      `${where}: no problem says so`,
    ).toBe(true);
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
