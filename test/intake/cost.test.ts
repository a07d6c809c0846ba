// Merging costs in proportion to what is new, not to what is there: counts of what is opened and written, never of time.

import { describe, expect, test } from 'vitest';
import { type CountedVault, makeCountedVault, type Work } from './counted-vault';
import { type IntakeHarness, makeHarness } from './intake-harness';
import { recordImporter, type TestRecord, writeRecords } from './record-importer';

const startMs = Date.UTC(2020, 0, 1);
const stepMs = 30_000;

/** Messages of one conversation by their places in it: the same place is the same message. */
const said = (from: number, to: number, conversation = 'family#1'): TestRecord[] =>
  Array.from({ length: to - from }, (_, index) => ({
    sentAtMs: startMs + (from + index) * stepMs,
    sender: (from + index) % 3 === 0 ? 'Anna' : 'Ben',
    text: `火锅 number ${from + index}`,
    conversation,
  }));

interface Device {
  readonly vault: CountedVault;
  take(name: string, records: readonly TestRecord[]): ReturnType<IntakeHarness['import']>;
}

async function makeDevice(): Promise<Device> {
  const vault = await makeCountedVault();
  const harness = makeHarness(vault, {}, [recordImporter]);
  return { vault, take: (name, records) => harness.import({ [`${name}.records`]: writeRecords(records) }) };
}

/** A hundred new messages over a conversation of `kept`, with `overlap` that are known. */
async function hundredMore(kept: number, overlap: number): Promise<Work> {
  const { vault, take } = await makeDevice();
  await take('whole', said(0, kept));
  return vault.countWork(async () => {
    expect(await take('more', said(kept - overlap, kept + 100))).toMatchObject({ added: 100, known: overlap });
  });
}

describe('a hundred new messages', () => {
  test.each([0, 1000])(
    'cost the same over 10,000 kept and over 100,000; known beside them: %i',
    async (overlap) => {
      const small = await hundredMore(10_000, overlap);
      const large = await hundredMore(100_000, overlap);
      // The end of what is kept: read once for the preview, once for the import; written once.
      expect(large.segmentsRead).toBeLessThanOrEqual(4);
      expect(large.segmentsWritten).toBeLessThanOrEqual(2);
      expect(large.messagesWritten).toBeLessThanOrEqual(100 + 4096);
      expect(large.columnsRead).toBeLessThanOrEqual(small.columnsRead + 8);
      expect(large.rowsRead).toBeLessThanOrEqual(small.rowsRead + 20);
    },
    60_000,
  );
});

test('a hundred archives that overlap by half: each costs what the first ones did', async () => {
  const { vault, take } = await makeDevice();
  const works: Work[] = [];
  for (let number = 0; number < 100; number += 1) {
    works.push(await vault.countWork(() => take(`a${number}`, said(number * 100, number * 100 + 200))));
  }
  const [early, late] = [works[10] as Work, works[99] as Work];
  expect(late.segmentsRead).toBeLessThanOrEqual(early.segmentsRead);
  expect(late.segmentsWritten).toBeLessThanOrEqual(early.segmentsWritten);
  // Beside messages: a receipt and what it said of names, for each import there was.
  expect(late.rowsRead - early.rowsRead).toBeLessThanOrEqual(89 * 4);
}, 120_000);

test('a hundred small archives of other conversations leave a conversation alone', async () => {
  const { vault, take } = await makeDevice();
  await take('whole', said(0, 20_000));
  for (let number = 0; number < 20; number += 1) await take(`b${number}`, said(0, 50, `other ${number}#${number + 2}`));
  const work = await vault.countWork(() => take('another', said(0, 50, 'another#99')));
  expect(work.segmentsRead).toBe(0);
  expect(work.messagesWritten).toBe(50);
}, 60_000);
