// Issue 2, done when 3: a file split at every line. Nothing is lost without a problem that says so, and the whole settles it.

import { describe, expect, test } from 'vitest';
import type { ChatStyle } from './chat-text';
import { chat, plainStyle, writeChat } from './chat-text';
import type { IntakeHarness } from './intake-harness';
import { makeHarness } from './intake-harness';
import type { ReceiptView } from '../../src/model/view';

const styles: readonly (readonly [string, ChatStyle])[] = [
  ['android', plainStyle],
  ['iphone', { ...plainStyle, phone: 'iphone' }],
  ['android, edited and deleted', { ...plainStyle, edited: 13, deleted: 8 }],
  ['iphone, chinese', { ...plainStyle, phone: 'iphone', language: 'zh', edited: 9 }],
];

/** The second half continues the first by the owner's word: where nothing overlaps, nothing can be proposed. */
async function importInto(harness: IntakeHarness, name: string, text: string): Promise<ReceiptView | null> {
  const plan = await harness.plan({ [name]: text });
  if (plan.archives.length === 0) return null;
  const reader = await harness.vault.openReader();
  const [known] = await reader.conversations();
  reader.release();
  return harness.import({ [name]: text }, { conversations: known === undefined ? {} : { 0: known.id } });
}

describe.each(styles)('%s', (_name, style) => {
  const [name, text] = Object.entries(writeChat(style))[0] as [string, string];
  const lines = text.split(/(?<=\n)/);
  const cuts = lines.map((_line, index) => index).slice(1);

  test.each(cuts)('split before line %i', async (cut) => {
    const halves = [lines.slice(0, cut).join(''), lines.slice(cut).join('')];
    const alone = makeHarness();
    await importInto(alone, name, text);
    const whole = await alone.messages();
    expect(whole).toHaveLength(chat.length);
    for (const order of [halves, halves.toReversed()]) {
      const harness = makeHarness();
      const receipts = [];
      for (const half of order) receipts.push(await importInto(harness, name, half));
      const raw = receipts.flatMap((receipt) => receipt?.problems ?? []).map(({ problem }) => problem.raw);
      const isCut = receipts.some((receipt) => (receipt?.problemCounts['run-cut'] ?? 0) > 0);
      const left = (await harness.messages()).map((message) => message.text);
      for (const message of whole) {
        const at = left.indexOf(message.text);
        if (at >= 0) left.splice(at, 1);
        else
          expect(
            isCut || receipts.includes(null) || message.text.split('\n').some((line) => raw.some((piece) => piece.includes(line))),
            message.text,
          ).toBe(true);
      }
      await importInto(harness, name, text);
      expect(await harness.dump()).toBe(await alone.dump());
    }
  });
});

test('equal messages on both sides of a cut: as many as one side shows, and a problem that says so', async () => {
  const line = '14/03/2024, 08:30 - Mum: ok\n';
  const start = `14/03/2024, 08:29 - Li Wei: are you there\n${line}${line}`;
  const end = `${line}${line}14/03/2024, 08:31 - Li Wei: good\n`;
  const harness = makeHarness();
  await importInto(harness, 'WhatsApp Chat with Mum.txt', start);
  const receipt = await importInto(harness, 'WhatsApp Chat with Mum.txt', end);
  expect(receipt?.problems.map(({ problem }) => `${problem.code}: ${problem.detail}`)).toEqual([
    'run-cut: 2024-03-14T08:30Z: 2 to 4 equal messages; 2 kept',
  ]);
  expect(await harness.messages()).toHaveLength(4);
  const whole = await importInto(harness, 'WhatsApp Chat with Mum.txt', start + end);
  expect(whole).toMatchObject({ problemCounts: {}, added: 2, known: 4 });
  expect(await harness.messages()).toHaveLength(6);
});
