// An import of media after the messages passes over the minutes that hold none, and leaves what one over everything leaves.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importArchive } from '../../src/intake/import-archive';
import { importInParts } from '../../src/intake/messages-first';
import { openDrop } from '../../src/intake/open-drop';
import { surveyArchive } from '../../src/intake/survey';
import type { Receipt } from '../../src/model/receipt';
import type { ImportChoice } from '../../src/model/view';
import { canonicalDump } from './canonical-dump';
import { makeHarness, type TestVault } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';
import { recordImporter, type TestRecord, writeRecords } from './record-importer';

const startMs = Date.UTC(2024, 3, 1);
const pictures = ['a.jpg', 'b.jpg', 'gone.jpg'];

const record = fc.record({
  second: fc.nat(600),
  sender: fc.constantFrom('Anna', 'Ben', null),
  text: fc.constantFrom('yes', 'no', ''),
  conversation: fc.constantFrom('one', 'two'),
  attachments: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray(pictures, { minLength: 1, maxLength: 2 })),
  hasId: fc.boolean(),
});

const recordsOf = (drawn: readonly (typeof record extends fc.Arbitrary<infer One> ? One : never)[]): TestRecord[] =>
  drawn.map(({ second, hasId, ...rest }, at) => ({ ...rest, sentAtMs: startMs + second * 1000, ...(hasId && { id: `id-${at}` }) }));

async function open(vault: TestVault, records: readonly TestRecord[], choices: readonly ImportChoice['media'][]) {
  const files = { 'chat.records': writeRecords(records), 'a.jpg': 'first picture', 'b.jpg': 'second picture' };
  const drop = Object.entries(files).map(([path, content]) => ({ path, file: new File([content], path) }));
  const opened = await openDrop(drop, [recordImporter], 'UTC', 'plan', { unlocked: new Map(), chosen: new Map() });
  const job = opened.jobs[0]!;
  const survey = await surveyArchive({
    importer: job.importer,
    files: job.hashed.files,
    detection: job.detection,
    answers: {},
    limitBytes: Infinity,
    onBytes: () => {},
    yieldToEvents: async () => {},
  });
  let nowMs = Date.UTC(2026, 0, 1);
  const environment = {
    vault,
    loadImporters: async () => [recordImporter],
    nowMs: () => (nowMs += 1000),
    freeBytes: async () => Infinity,
    yieldToEvents: async () => {},
  };
  const common = { answers: {}, conversations: {}, fromMs: null, toMs: null } as const;
  const wanted: ImportChoice[] = choices.map((media) => ({ archiveId: job.archiveId, media, ...common }));
  return { input: { environment, job, survey, report: () => {} }, wanted };
}

/** Ids of conversations are drawn by lot. */
const facts = ({ conversations, ...receipt }: Receipt) => ({
  ...receipt,
  conversations: conversations.map((part) => ({ ...part, conversation: '' })),
});

async function importBoth(vault: TestVault, records: readonly TestRecord[], follows: boolean): Promise<unknown> {
  const { input, wanted } = await open(vault, records, ['none', 'all']);
  const receipts: Receipt[] = [];
  if (follows) for await (const receipt of importInParts(input, wanted)) receipts.push(receipt);
  else for (const choice of wanted) receipts.push(await importArchive({ ...input, choice }));
  return receipts.map(facts);
}

test('what it leaves, and what its receipt says, is the same as if it had looked into everything', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 40 }), fc.array(record, { maxLength: 10 }), async (drawn, earlier) => {
      const [passing, whole] = [makeMemoryArchive(), makeMemoryArchive()];
      for (const vault of [passing, whole])
        if (earlier.length > 0)
          await makeHarness(vault, {}, [recordImporter]).import({ 'earlier.records': writeRecords(recordsOf(earlier)) });
      const records = recordsOf(drawn);
      expect(await importBoth(passing, records, true)).toEqual(await importBoth(whole, records, false));
      expect(await canonicalDump(passing)).toBe(await canonicalDump(whole));
    }),
    { numRuns: 150 },
  );
}, 120_000);

test('equals of one second keep the order of an archive that lists the newest first', async () => {
  const one = { sender: 'Anna', text: 'yes', conversation: 'one' };
  // Of what it looks into, the first minute, no more than half are steps back.
  const records = [60, 1, 0, 1, 0].map((second, at) => ({
    ...one,
    sentAtMs: startMs + second * 1000,
    attachments: at % 4 === 0 ? [] : ['gone.jpg'],
  }));
  const [passing, whole] = [makeMemoryArchive(), makeMemoryArchive()];
  expect(await importBoth(passing, records, true)).toEqual(await importBoth(whole, records, false));
  expect(await canonicalDump(passing)).toBe(await canonicalDump(whole));
});

test('it looks into everything where the import before it is gone', async () => {
  const records = recordsOf([
    { second: 0, sender: 'Anna', text: 'yes', conversation: 'one', attachments: [], hasId: true },
    { second: 300, sender: 'Ben', text: 'no', conversation: 'one', attachments: ['a.jpg'], hasId: true },
  ]);
  const vault = makeMemoryArchive();
  const harness = makeHarness(vault, {}, [recordImporter]);
  const { input, wanted } = await open(vault, records, ['none', 'all']);
  const receipts: Receipt[] = [];
  for await (const receipt of importInParts(input, wanted)) {
    receipts.push(receipt);
    if (receipts.length === 1) await harness.undo(receipt.id);
  }
  expect(receipts.map(({ added }) => added)).toEqual([2, 2]);
  expect((await harness.messages()).map(({ text }) => text)).toEqual(['yes', 'no']);
});
