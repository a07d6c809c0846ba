// From when on messages of a conversation may be missing in the newest backup: by a real vault, without asking the drive.
import { describe, expect, it } from 'vitest';
import { createMemoryDrive } from '../../src/drives/memory';
import type { SegmentEntry } from '../../src/vault/archive';
import { plainStyle, type Said, writeChat } from '../intake/chat-text';
import { type Device, earlier, later, makeDevice } from './faults-device';

const dayMs = 86_400_000;
const startMs = Date.UTC(2015, 0, 1, 9);
const said = (count: number, from = 0): Said[] =>
  Array.from({ length: count }, (_, at) => ({
    atMs: startMs + (from + at) * dayMs,
    sender: at % 2 === 0 ? ('me' as const) : ('her' as const),
    text: `day ${from + at}`,
  }));
const nameOfLong = { ...plainStyle, title: 'Cleo', names: { me: 'Li Wei', her: 'Cleo' } };

async function conversationCalled(
  device: Device,
  name: string,
): Promise<{ readonly id: never; readonly segments: readonly SegmentEntry[] }> {
  const reader = await device.vault.vault.openReader();
  const found = (await reader.conversations()).find((entry) => entry.names.includes(name));
  reader.release();
  return { id: found?.id as never, segments: found?.segments ?? [] };
}

describe('what may be missing', () => {
  it('is everything before a first backup, nothing after it, and nothing of a conversation that another import left alone', async () => {
    const device = await makeDevice([earlier], createMemoryDrive());
    const id = await device.addDrive();
    const reader = await device.vault.vault.openReader();
    const [entry] = await reader.conversations();
    reader.release();
    const conversation = entry?.id as never;
    expect(await device.backup.coverage(conversation)).toEqual(new Map([[id, entry?.firstAtMs]]));
    await device.run(id);
    expect(await device.backup.coverage(conversation)).toEqual(new Map([[id, null]]));
    await device.vault.intake.import(later);
    expect((await device.backup.drives())[0]).toMatchObject({ isUpToDate: false });
    expect(await device.backup.coverage(conversation)).toEqual(new Map([[id, null]]));
    expect((await device.backup.coverage((await conversationCalled(device, 'Bo')).id)).get(id)).not.toBeNull();
    await device.backup.dropDrive(id);
    expect([...device.entries.keys()].filter((key) => key.startsWith('backup-held/'))).toEqual([]);
  });

  it('begins where a segment was written anew, and ends with the next backup', async () => {
    const device = await makeDevice([writeChat(nameOfLong, said(4_200))], createMemoryDrive());
    const id = await device.addDrive();
    await device.run(id);
    const before = await conversationCalled(device, 'Cleo');
    await device.vault.intake.import(writeChat(nameOfLong, said(300, 4_000)));
    const { id: conversation, segments } = await conversationCalled(device, 'Cleo');
    const anew = segments.find((segment) => !before.segments.some((one) => one.id === segment.id));
    expect(anew?.firstAtMs).toBeGreaterThanOrEqual(startMs + 4_096 * dayMs);
    expect((await device.backup.coverage(conversation)).get(id)).toBe(anew?.firstAtMs);
    await device.run(id);
    expect((await device.backup.coverage(conversation)).get(id)).toBeNull();
    await expect(device.backup.coverage('nobody' as never)).rejects.toMatchObject({ code: 'not-found' });
  });
});
