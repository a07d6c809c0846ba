// Check D12: the independent reader in decoder.mjs opens every kind of file that we write, down to the last message.

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryDrive, type MemoryDrive } from '../../src/drives/memory';
import type { RepositorySecret } from '../../src/model/backup-view';
import { earlier, later, laterMessages, makeDevice, passphrase, readSnapshot } from '../backup/faults-device';
import { chat } from '../intake/chat-text';
import { openRepository, readArchive, readFiles } from './decoder.mjs';
import { backUp, create, password } from './operations/small-repository';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'camphor-decoder-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function lay(drive: MemoryDrive): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  for (const [name, bytes] of drive.files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  return folder;
}

/** The id of a conversation that has none of its source, by docs/format.md. */
function idOfFirst(source: string, { at, from, text = '' }: { at: string; from?: string; text?: string }): string {
  const hash = (said: string): string => createHash('sha256').update(said).digest('hex');
  const plain = text
    .replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .normalize('NFC');
  const key = ['conversation', source, 'first', `${at.slice(0, 16)}:00Z`, from === undefined ? 0 : 1, hash(plain)];
  return hash(JSON.stringify(key)).slice(0, 32);
}

describe('an independent reader', () => {
  it('has at most 200 lines, and nothing of this project or of noble', async () => {
    const source = await readFile(join(import.meta.dirname, 'decoder.mjs'), 'utf8');
    expect(source.split('\n').length).toBeLessThanOrEqual(201);
    const imports = [...source.matchAll(/\bfrom '([^']+)'|\bimport\('([^']+)'\)/g)].map(([, name]) => name);
    expect(imports.length).toBeGreaterThan(3);
    expect(imports.filter((name) => !name?.startsWith('node:'))).toEqual([]);
  });

  it('opens what the app backed up, by each factor, and every file in it is what docs/format.md says', async () => {
    const drive = createMemoryDrive();
    const device = await makeDevice([earlier], drive);
    const id = await device.addDrive();
    await device.run(id);
    await device.vault.intake.import(later);
    const [conversation] = await (await device.vault.vault.openReader()).conversations();
    const value = { value: 'yes', stamp: { wallMs: 1, counter: 0, device: 'a' } };
    device.overlays.push({ kind: 'pinned', subject: `conversation:${conversation?.id ?? ''}`, fields: { value } });
    const words: RepositorySecret = { kind: 'recovery-words', text: (await device.backup.makeRecoveryWords('en')).join(' ') };
    await device.backup.addKey(id, words);
    const { snapshot } = await device.run(id);
    const root = await lay(drive);
    for (const secret of [passphrase, words]) {
      const repository = openRepository(root, secret.text);
      expect(repository.config.version).toBe(2);
      expect([repository.snapshots.length, repository.locks]).toEqual([2, []]);
      const newest = repository.snapshots.find((each) => each.id === snapshot?.id);
      const files = readFiles(repository, newest?.tree ?? '');
      const served = await readSnapshot(device, id, snapshot?.id ?? '');
      expect(new Map([...files].map(([path, bytes]) => [path, bytes.toString('base64')]))).toEqual(served);
      const archive = readArchive(files);
      const texts = archive.conversations.flatMap(({ messages }) => messages.map(({ text }) => text));
      expect(texts).toHaveLength(chat.length + laterMessages);
      expect(texts).toContain('said as number 7');
      expect(texts).toContain('星期六见');
      expect([archive.media.size, archive.receipts.length]).toEqual([3, 2]);
      expect(archive.overlays).toMatchObject([{ kind: 'pinned' }]);
      for (const each of archive.conversations) {
        const [first] = each.messages;
        if (first !== undefined && each.sourceId === undefined) expect(each.id).toBe(idOfFirst(each.source, first));
      }
    }
    expect(() => openRepository(root, 'another passphrase altogether')).toThrow('no key file opens');
  });

  it.each([1, 2] as const)('opens packs, indexes, snapshots and locks of version %i', async (version) => {
    const drive = createMemoryDrive();
    const repository = await create(drive, { version, packBytes: 2048 });
    const files = { 'noise.bin': 'x'.repeat(5000), 'a/b.txt': 'a text', 'a/empty.txt': '' };
    const { tree } = await backUp(repository, files);
    const writer = await repository.startWriting();
    const opened = openRepository(await lay(drive), password);
    await writer.abandon();
    expect(opened.config).toMatchObject({ version, id: repository.id });
    expect(opened.locks).toMatchObject([{ exclusive: false, hostname: 'amber-otter' }]);
    const read = [...readFiles(opened, tree)].map(([path, bytes]) => [path.replace('archive/', ''), bytes.toString()]);
    expect(Object.fromEntries(read)).toEqual(files);
  });

  it('refuses any file with one byte altered', async () => {
    const drive = createMemoryDrive();
    await backUp(await create(drive), { 'a.txt': 'a text' });
    const root = await lay(drive);
    openRepository(root, password);
    for (const [name, bytes] of drive.files) {
      const at = (bytes.length * 7) % (bytes.length - 1);
      await writeFile(join(root, name), bytes.with(at, (bytes[at] ?? 0) ^ 4));
      expect(() => openRepository(root, password), name).toThrow();
      await writeFile(join(root, name), bytes);
    }
  });
});
