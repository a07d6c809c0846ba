import { describe, expect, test } from 'vitest';
import type { ConversationId } from '../../src/model/ids';
import { conversationSubject } from '../../src/model/overlay-index';
import { chat, plainStyle, writeChat } from './chat-text';
import { makeHarness, openRealVault } from './intake-harness';
import { type Device, makeDrive } from './restore-harness';

const mum = writeChat({ ...plainStyle, withMedia: true });
const bo = writeChat(
  { ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' } },
  chat.map((said, at) => ({ ...said, text: `${at}. word`, atMs: said.atMs + 1e10 })),
);

async function called({ vault }: Pick<Device, 'vault'>, name: string): Promise<ConversationId | null> {
  const reader = await vault.openReader();
  const found = (await reader.conversations()).find(({ names }) => names.includes(name));
  reader.release();
  return found?.id ?? null;
}

describe('a conversation removed', () => {
  test('here only is as if it had never been: its archive comes as something new', async () => {
    const said: unknown[] = [];
    const harness = makeHarness(await openRealVault(), { onRemoved: async (...all) => void said.push(all) });
    const { conversations } = await harness.import(mum);
    await harness.intake.removeConversation(conversations[0]?.conversation as ConversationId, () => {}, 'here');
    const plan = await harness.plan(mum);
    expect(plan.archives[0]?.conversations[0]?.proposal).toMatchObject({ kind: 'new' });
    expect(said).toEqual([]);
  });

  test('here only comes back with a restore; from backups it stays away', async () => {
    for (const reach of ['here', 'later-backups', 'all-backups'] as const) {
      const drive = makeDrive();
      const device = drive.device({ vault: await openRealVault() });
      await device.import(mum);
      await device.import(bo);
      const files = await device.backUp();
      const id = (await called(device, 'Mum')) as ConversationId;
      await device.intake.removeConversation(id, () => {}, reach);
      await device.restore(files);
      expect((await called(device, 'Mum')) !== null, reach).toBe(reach === 'here');
      expect(await called(device, 'Bo'), reach).not.toBeNull();
    }
  });

  test('from all backups leaves no name, text or label of it in the vault, and others as they were', async () => {
    const drive = makeDrive();
    const device = drive.device({ vault: await openRealVault() });
    await device.import(mum);
    await device.import(bo);
    const before = (await device.dump()).split('\n');
    const id = (await called(device, 'Mum')) as ConversationId;
    await device.intake.removeConversation(id, () => {}, 'all-backups');
    expect(device.overlays.get(`removed ${conversationSubject(id)}`)?.fields['value']?.value).toBe('yes');
    const reader = await device.vault.openReader();
    const kept = JSON.stringify([
      await reader.receipts(),
      [...(await reader.people()).values()],
      await reader.readNote('removed-conversations'),
    ]);
    reader.release();
    expect(kept).not.toContain('Mum');
    expect(before).toEqual(expect.arrayContaining((await device.dump()).split('\n')));
    expect(await device.dump()).toContain('"Bo"');
  });
});
