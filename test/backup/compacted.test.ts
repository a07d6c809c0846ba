// What a backup makes does not depend on how messages are cut into segments.

import { expect, test } from 'vitest';
import { pushBackup } from '../../src/backup/push';
import { createMemoryDrive } from '../../src/drives/memory';
import { writeRecords, recordImporter } from '../intake/record-importer';
import { makeHarness } from '../intake/intake-harness';
import { create } from '../repository/operations/small-repository';
import { compactAll, segmentSizes } from '../vault/cut-conversation';
import { makeVault, writerOptions } from '../vault/make-vault';

const dayMs = 86_400_000;

test('the tree before and after compaction is the same, and nothing is sent again', async () => {
  const { vault } = await makeVault();
  const { import: take } = makeHarness({ openReader: vault.openReader, openWriter: () => vault.openWriter(writerOptions) }, {}, [
    recordImporter,
  ]);
  // The newest first: each import stands before all others and makes a segment of its own.
  for (let month = 11; month >= 0; month -= 1) {
    const atMs = Date.UTC(2024, month, 20);
    const records = Array.from({ length: 40 }, (_, at) => ({
      sentAtMs: atMs + at * dayMs,
      sender: at % 3 === 0 ? 'Anna' : `Ben ${month % 4}`,
      text: `${month} 火锅 ${at}`,
      conversation: 'family#1',
    }));
    await take({ [`${month}.records`]: writeRecords(records.filter(({ sentAtMs }) => sentAtMs < atMs + 25 * dayMs)) });
  }
  const before = await segmentSizes(vault);
  expect(before.flat().length).toBeGreaterThan(6);
  const repository = await create(createMemoryDrive());
  let nowMs = Date.UTC(2026, 1, 1);
  const environment = { vault, repository, hostname: 'amber-otter', nowMs: () => (nowMs += 1000), yieldToEvents: async () => {} };
  const push = () => pushBackup(environment, { evenIfSmaller: false }, () => {});
  const first = await push();
  expect(await compactAll(vault)).toBe(1);
  expect((await segmentSizes(vault)).flat().length).toBeLessThan(before.flat().length);
  const again = await push();
  // The same tree makes no snapshot.
  expect(again).toMatchObject({ snapshot: null, previous: { id: first.snapshot?.id }, sentBytes: 0 });
  const fresh = await create(createMemoryDrive());
  const anew = await pushBackup({ ...environment, repository: fresh }, { evenIfSmaller: false }, () => {});
  expect(anew.snapshot?.tree).toBe(first.snapshot?.tree);
  await repository.close();
  await fresh.close();
});
