// An import that fails at any call to the vault leaves nothing, and the next one goes through.

import { defaultChoice } from '../../src/intake/archive-job';
import { expect, test } from 'vitest';
import type { ArchiveWriter } from '../../src/vault/archive';
import { plainStyle, writeChat } from './chat-text';
import { makeHarness } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';

const files = writeChat({ ...plainStyle, phone: 'iphone', withMedia: true });

test('anomaly loop: fail at the 1st, 2nd, 3rd … call of the writer', async () => {
  const archive = makeMemoryArchive();
  let callsLeft = Infinity;
  const openWriter = async (): Promise<ArchiveWriter> =>
    new Proxy(await archive.openWriter(), {
      get(writer, name: keyof ArchiveWriter) {
        const value = writer[name];
        if (typeof value !== 'function' || name === 'abandon') return value;
        return (...parameters: unknown[]) => {
          if (--callsLeft < 0) throw new Error('no room');
          return (value as (...all: unknown[]) => unknown)(...parameters);
        };
      },
    });
  const harness = makeHarness({ openReader: archive.openReader, openWriter });
  await harness.import(writeChat({ ...plainStyle, to: 9 }));
  const before = await harness.dump();
  let failures = 0;
  for (let calls = 0; ; calls++) {
    callsLeft = calls;
    const outcome = await harness.import(files).then(
      () => 'imported',
      (error: Error) => error.message,
    );
    callsLeft = Infinity;
    if (outcome === 'imported') break;
    failures++;
    expect(outcome).toBe('no room');
    expect(await harness.dump()).toBe(before);
    const reader = await archive.openReader();
    expect(await reader.receipts()).toHaveLength(1);
  }
  expect(failures).toBeGreaterThan(8);
  const alone = makeHarness();
  await alone.import(files);
  expect(await harness.dump()).toBe(await alone.dump());
});

test('progress is told by bytes, and ends with the commit', async () => {
  const harness = makeHarness();
  const plan = await harness.plan(files);
  const stages: string[] = [];
  const shares: number[] = [];
  const choices = plan.archives.map(({ archiveId }) => defaultChoice(archiveId));
  await harness.intake.run(plan.planId, choices, ({ stage, doneBytes, totalBytes }) => {
    stages.push(stage);
    shares.push(doneBytes / (totalBytes ?? Infinity));
  });
  expect(stages.at(-1)).toBe('committing');
  expect(shares.every((share, index) => share >= (shares[index - 1] ?? 0) && share <= 1)).toBe(true);
  await expect(harness.intake.run('plan-99', choices, () => {})).rejects.toMatchObject({ code: 'not-found' });
});
