import { describe, expect, test } from 'vitest';
import type { IntakeHarness } from './intake-harness';
import { makeHarness, openRealVault } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';

const android = `12/31/23, 23:58 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
12/31/23, 23:58 - Ann: almost midnight
12/31/23, 23:59 - Bob: ten, nine, eight
12/31/23, 23:59 - Bob: ok
12/31/23, 23:59 - Bob: ok
1/1/24, 00:00 - Ann: Happy new year!
and many more
1/13/24, 10:00 - Ann: <Media omitted>
1/13/24, 10:01 - Bob: nice picture of the harbour
`;

const newer = `${android}1/14/24, 09:00 - Bob: good morning
1/14/24, 09:05 - Ann: morning, how are you
`;

describe.each([
  ['memory', async () => makeHarness(makeMemoryArchive())],
  ['real vault', async () => makeHarness(await openRealVault())],
] as const)('on the %s', (_name, open: () => Promise<IntakeHarness>) => {
  test('a first archive is new, and all of it is kept and accounted for', async () => {
    const harness = await open();
    const plan = await harness.plan({ 'WhatsApp Chat with Bob.txt': android });
    expect(plan.unrecognised).toEqual([]);
    expect(plan.archives).toMatchObject([
      { source: 'whatsapp', messages: 8, conversations: [{ proposal: { kind: 'new' }, messages: 8 }], fits: { ok: true } },
    ]);
    const receipt = await harness.import({ 'WhatsApp Chat with Bob.txt': android });
    expect(receipt).toMatchObject({ messagesRead: 8, added: 8, known: 0, changed: 0, mediaFound: 0, mediaMissing: 1, problemCounts: {} });
    expect(
      receipt.accounting.map(
        ({ sizeBytes, recordBytes, problemBytes, structureBytes }) => sizeBytes - recordBytes - problemBytes - structureBytes,
      ),
    ).toEqual([0]);
    expect((await harness.messages()).map(({ text }) => text).slice(1, 4)).toEqual(['almost midnight', 'ten, nine, eight', 'ok']);
  });

  test('a newer archive continues the conversation', async () => {
    const harness = await open();
    await harness.import({ 'WhatsApp Chat with Bob.txt': android });
    const plan = await harness.plan({ 'WhatsApp Chat with Robert.txt': newer });
    expect(plan.archives[0]?.conversations[0]?.proposal).toMatchObject({
      kind: 'continues',
      name: 'Bob',
      known: 8,
      added: 2,
      removed: false,
    });
    const receipt = await harness.import({ 'WhatsApp Chat with Robert.txt': newer });
    expect(receipt).toMatchObject({ messagesRead: 10, added: 2, known: 8, changed: 0 });
    expect(await harness.messages()).toHaveLength(10);
    const again = await harness.import({ 'WhatsApp Chat with Bob.txt': android });
    expect(again).toMatchObject({ messagesRead: 8, added: 0, known: 8, changed: 0, problemCounts: {} });
  });

  test('undo leaves what the other imports alone give', async () => {
    const harness = await open();
    const first = await harness.import({ 'WhatsApp Chat with Bob.txt': android });
    const second = await harness.import({ 'WhatsApp Chat with Bob.txt': newer });
    const both = await harness.dump();
    await harness.undo(first.id);
    expect(await harness.dump()).toBe(both);
    await harness.undo(second.id);
    expect(await harness.messages()).toEqual([]);
    await expect(harness.undo(second.id)).rejects.toMatchObject({ code: 'not-found' });
  });
});
