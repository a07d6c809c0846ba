// Passwords, factors, and what a drive is given (backup.md §7; D9 and E12 of checks.md).

import { describe, expect, test } from 'vitest';
import { createMemoryDrive } from '../../src/drives/memory';
import type { RepositorySecret } from '../../src/model/backup-view';
import type { CamphorError } from '../../src/model/error';
import { chat, plainStyle, writeChat } from '../intake/chat-text';
import { codeOf, startMs } from '../repository/operations/small-repository';
import { makeDevice, namesIn, passphrase, prepare } from './faults-device';

describe('22: a wrong password', () => {
  test('is told alike for any, as often as one tries, and writes nothing', async () => {
    const { drive } = await prepare();
    const files = [...drive.files.keys()];
    const stranger = await makeDevice([], drive);
    for (const text of ['not the password at all', 'correct horse battery stapl', '']) {
      const failed = await stranger.addDrive('open', { kind: 'passphrase', text }).catch((error: CamphorError) => error);
      expect(failed).toMatchObject({ code: 'wrong-secret', facts: {} });
    }
    expect([...drive.files.keys()]).toEqual(files);
    expect(await stranger.addDrive('open')).not.toBe('');
  });
});

describe('D9: a factor that is removed', () => {
  test('opens the repository no more; the others do, and so does a device that has the master key', async () => {
    const { device, drive, id } = await prepare();
    const words: RepositorySecret = { kind: 'recovery-words', text: (await device.backup.makeRecoveryWords('en')).join(' ') };
    const added = await device.backup.addKey(id, words);
    expect((await device.backup.drives())[0]?.warnings).not.toContain('no-recovery');
    const knowing = await makeDevice([], drive);
    const elsewhere = await knowing.addDrive('open', words);
    await device.backup.removeKey(id, added.id);
    expect(namesIn(drive, 'keys')).not.toContain(`keys/${added.id}`);
    expect((await device.backup.drives())[0]?.warnings).toContain('no-recovery');
    const stranger = await makeDevice([], drive);
    expect(await codeOf(stranger.addDrive('open', words))).toBe('wrong-secret');
    expect(await codeOf(stranger.addDrive('open', passphrase))).toBe('nothing was thrown');
    knowing.restart();
    expect(await knowing.backup.history(elsewhere)).toHaveLength(1);
    const [{ id: last } = { id: '' }] = await device.backup.keys(id);
    expect(await codeOf(device.backup.removeKey(id, last))).toBe('busy');
  });
});

describe('E12: what a drive is given', () => {
  test('looks like chance, apart from key files, and no name in it is anybody’s', async () => {
    const canaries = ['Vembuzzard', 'zorptangle', '龘靐齉爩', 'Li Wei', 'harbour', 'Attic', 'drive password', passphrase.text];
    const drive = createMemoryDrive();
    const style = { ...plainStyle, withMedia: true, title: canaries[0] ?? '', names: { me: 'Li Wei', her: canaries[0] ?? '' } };
    const more = Array.from({ length: 200 }, (_, at) => ({
      atMs: startMs + at * 60_000,
      sender: 'her' as const,
      text: `${canaries[1]} ${at} ${canaries[2]}`,
    }));
    const device = await makeDevice([writeChat(style, [...chat, ...more])], drive);
    await device.run(await device.addDrive());
    for (const [name, bytes] of drive.files) {
      expect(name).toMatch(/^(config|(keys|index|snapshots)\/[0-9a-f]{64}|data\/[0-9a-f]{2}\/[0-9a-f]{64})$/);
      const inside = Buffer.from(bytes);
      for (const canary of canaries)
        for (const encoding of ['utf8', 'utf16le'] as const) expect(inside.includes(Buffer.from(canary, encoding)), name).toBe(false);
      if (!name.startsWith('keys/')) expect(chiSquare(bytes), name).toBeLessThan(256 + 8 * Math.sqrt(512));
      else
        expect(Object.keys(JSON.parse(inside.toString()) as object).sort()).toEqual([
          'N',
          'created',
          'data',
          'hostname',
          'kdf',
          'p',
          'r',
          'salt',
          'username',
        ]);
    }
  });
});

/** Of the counts of byte values; about 256 for chance, and thousands for text of the same length. */
function chiSquare(bytes: Uint8Array): number {
  const counts = new Array<number>(256).fill(0);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  const expected = bytes.length / 256;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
