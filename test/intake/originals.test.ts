// The original archive: kept byte for byte where the owner wants it, apart from media, and in a backup only where they tick it.

import { describe, expect, test } from 'vitest';
import { openOriginals } from '../../src/intake/originals';
import type { Overlay } from '../../src/model/overlay';
import { receiptSubject } from '../../src/model/overlay-index';
import { chat, plainStyle, writeChat } from './chat-text';
import type { TestVault } from './intake-harness';
import { makeHarness, openRealVault } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';
import { makeDrive } from './restore-harness';

const text = { 'WhatsApp Chat with Mum.txt': writeChat(plainStyle)['WhatsApp Chat with Mum.txt'] as string };
const withMedia = writeChat({ ...plainStyle, phone: 'iphone', withMedia: true });

async function mediaOf(vault: TestVault): Promise<string[]> {
  const reader = await vault.openReader();
  const found: string[] = [];
  for await (const { sha256 } of reader.mediaEntries()) found.push(sha256);
  reader.release();
  return found;
}

describe.each([
  ['memory', async () => makeMemoryArchive()],
  ['real vault', openRealVault],
] as const)('on the %s', (_name, open) => {
  test('its size is told before, it is kept only when asked, and it comes back byte for byte', async () => {
    const harness = makeHarness(await open());
    const size = new TextEncoder().encode(text['WhatsApp Chat with Mum.txt']).length;
    const plan = await harness.plan(text);
    expect(plan.archives[0]?.originalBytes).toBe(size);
    expect((await harness.import(text)).originals).toBeUndefined();
    expect(await mediaOf(harness.vault)).toEqual([]);
    const receipt = await harness.import(text, { original: 'keep' });
    expect(receipt).toMatchObject({ added: 0, known: chat.length, originals: [{ path: 'WhatsApp Chat with Mum.txt', sizeBytes: size }] });
    const files = await openOriginals(await harness.vault.openReader(), receipt);
    expect(await files?.[0]?.file.text()).toBe(text['WhatsApp Chat with Mum.txt']);
  });

  test('media that are part of it are stored once; removing it takes nothing that messages show', async () => {
    const harness = makeHarness(await open());
    const receipt = await harness.import(withMedia, { original: 'keep' });
    expect(receipt.originals).toHaveLength(4);
    expect(await mediaOf(harness.vault)).toHaveLength(4);
    await harness.intake.dropOriginal(receipt.id);
    expect(await mediaOf(harness.vault)).toHaveLength(3);
    const reader = await harness.vault.openReader();
    expect((await reader.receipts())[0]?.originals).toBeUndefined();
    await expect(harness.intake.dropOriginal(receipt.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('it goes with undo, and with the conversation whose words are in it', async () => {
    const harness = makeHarness(await open());
    const before = await harness.dump();
    const first = await harness.import(withMedia, { original: 'keep' });
    await harness.undo(first.id);
    expect(await harness.dump()).toBe(before);
    const second = await harness.import(text, { original: 'keep' });
    await harness.intake.removeConversation(second.conversations[0]!.conversation, () => {});
    expect(await mediaOf(harness.vault)).toEqual([]);
  });
});

test('a backup leaves it here, until it is ticked; then it comes back in another vault', async () => {
  const drive = makeDrive();
  const overlays = { current: (): readonly Overlay[] => [] };
  const old = drive.device({ changes: { overlays: async () => overlays.current() } });
  overlays.current = () => [...old.overlays.values()];
  const receipt = await old.import(text, { original: 'keep' });
  const untouched = await old.backUp();
  expect((await untouched.list(0)).filter(({ path }) => path.includes('/media/'))).toEqual([]);
  const alone = drive.device();
  expect((await alone.restore(untouched))[0]?.originals).toBeUndefined();
  old.say('original', receiptSubject(receipt.id), 'yes');
  const ticked = await old.backUp();
  expect((await ticked.list(0)).filter(({ path }) => path.includes('/media/'))).toHaveLength(1);
  const fresh = drive.device();
  const [restored] = await fresh.restore(ticked);
  const files = await openOriginals(await fresh.vault.openReader(), restored!);
  expect(await files?.[0]?.file.text()).toBe(text['WhatsApp Chat with Mum.txt']);
});
