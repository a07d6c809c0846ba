// Signal Desktop's database as it lies on a computer: SQLCipher 4 under the key of its settings, read by the importer of the plain one.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasSharedSamples, sharedSamplePath } from '../importers/samples';
import { makeHarness } from './intake-harness';

test.skipIf(!hasSharedSamples)('opens with its key and is imported as Signal Desktop’s', async () => {
  const shared = (name: string) => readFileSync(sharedSamplePath(`international/_generated/${name}`));
  const { key } = JSON.parse(shared('signal-desktop-config.json').toString()) as { key: string };
  const harness = makeHarness();
  const plan = await harness.plan({ 'db.sqlite': new Uint8Array(shared('signal-desktop-db.sqlite')) });
  expect(plan.locked).toMatchObject([{ path: 'db.sqlite', opensBy: 'database-key' }]);
  await expect(harness.intake.unlock(plan.planId, '0', '0'.repeat(64), () => {})).rejects.toMatchObject({ code: 'wrong-secret' });
  const opened = await harness.intake.unlock(plan.planId, '0', key, () => {});
  expect(opened.locked).toEqual([]);
  expect(opened.archives).toMatchObject([{ format: 'signal-desktop-database' }]);
});
