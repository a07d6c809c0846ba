// Third-party samples (../shared/samples) through the whole job: accounted for, known the second time, and gone after undo.

import { defaultChoice } from '../../src/intake/archive-job';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeHarness } from './intake-harness';

const root = join(import.meta.dirname, '../../../shared/samples');
const sizeLimitBytes = 20_000_000;
/** Samples of the formats that issue 2 asks for: WhatsApp's text, Telegram's JSON, ChatLab. */
const recognisedAtLeast = 20;
let recognised = 0;

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((each) =>
    each.isDirectory() ? listFiles(join(folder, each.name)) : [join(folder, each.name)],
  );
}

const files = existsSync(root)
  ? listFiles(root).filter((path) => /\.(txt|json|jsonl|zip)$/i.test(path) && statSync(path).size < sizeLimitBytes)
  : [];

describe.skipIf(files.length === 0)('samples (skipped where ../shared/samples is missing)', () => {
  test.each(files.map((path) => [relative(root, path), path]))('%s', async (_name, path) => {
    const name = path.split('/').at(-1) ?? '';
    const content = { [name]: new Uint8Array(readFileSync(path)) };
    const harness = makeHarness();
    const plan = await harness.plan(content);
    const choices = plan.archives.map(({ archiveId }) => defaultChoice(archiveId));
    const receipts = await harness.intake.run(plan.planId, choices, () => {});
    recognised += receipts.length;
    for (const receipt of receipts) {
      expect(
        receipt.accounting.map(
          ({ sizeBytes, recordBytes, problemBytes, structureBytes }) => sizeBytes - recordBytes - problemBytes - structureBytes,
        ),
      ).toEqual(receipt.accounting.map(() => 0));
      expect(receipt.added).toBe(receipt.messagesRead);
    }
    const dump = await harness.dump();
    const again = await harness.intake.run(
      (await harness.plan(content)).planId,
      choices.map((choice) => ({ ...choice, archiveId: choice.archiveId.replace('plan-1', 'plan-2') })),
      () => {},
    );
    expect(again.map(({ added, changed }) => [added, changed])).toEqual(again.map(() => [0, 0]));
    expect(await harness.dump()).toBe(dump);
    for (const { id } of [...receipts, ...again]) await harness.undo(id);
    expect(await harness.dump()).toBe('');
  });

  test('enough of them were recognised', () => {
    expect(recognised).toBeGreaterThanOrEqual(recognisedAtLeast);
  });

  const lorem = files.find((path) => path.endsWith('whatstk/lorem.txt'));
  test.skipIf(lorem === undefined)('two overlapping parts of one text do not double', async () => {
    const text = readFileSync(lorem ?? '', 'utf8');
    const name = 'WhatsApp Chat with Lorem.txt';
    const lines = text.split(/(?<=\n)/);
    const parts = [lines.slice(0, Math.floor(lines.length * 0.6)).join(''), lines.slice(Math.floor(lines.length * 0.4)).join('')];
    const alone = makeHarness();
    await alone.import({ [name]: text });
    for (const order of [parts, parts.toReversed()]) {
      const harness = makeHarness();
      const receipts = [];
      for (const part of order) receipts.push(await harness.import({ [name]: part }));
      expect(receipts[1]?.known).toBeGreaterThan(lines.length / 10);
      expect((await harness.messages()).map((message) => message.text)).toEqual((await alone.messages()).map((message) => message.text));
    }
  });
});
