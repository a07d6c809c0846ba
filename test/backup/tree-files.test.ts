// The files of a tree without a repository are those of its snapshot.

import { describe, expect, test } from 'vitest';
import { openTreeFiles, type TreeFiles } from '../../src/backup/tree-files';
import { CamphorError } from '../../src/model/error';
import type { ArchiveReader } from '../../src/vault/archive';
import { type ChatStyle, plainStyle, writeChat } from '../intake/chat-text';
import { type BackupHarness, makeBackupHarness } from './backup-harness';

const styles: readonly Partial<ChatStyle>[] = [
  { withMedia: true },
  { phone: 'iphone', language: 'zh', withMedia: true, edited: 8 },
  { names: { me: 'Li Wei', her: 'Mother' }, deleted: 9 },
];

async function filled(): Promise<BackupHarness> {
  const harness = makeBackupHarness();
  for (const style of styles) await harness.intake.import(writeChat({ ...plainStyle, ...style }));
  return harness;
}

const noStep = async (): Promise<void> => {};

async function open(harness: BackupHarness, change = (reader: ArchiveReader): ArchiveReader => reader): Promise<TreeFiles> {
  const reader = change(await harness.environment.vault.openReader());
  return openTreeFiles({ reader, overlays: harness.overlays, onStep: noStep });
}

async function readAll(tree: TreeFiles): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const file of tree.files()) {
    const pieces: Uint8Array[] = [];
    for await (const piece of file.open()) pieces.push(piece);
    expect(files.has(file.path)).toBe(false);
    const isWhole = file.path !== 'archive/manifest.json' || tree.laidOut.length === files.size + 1;
    if (isWhole) expect(Buffer.concat(pieces)).toHaveLength(file.sizeBytes);
    files.set(file.path, Buffer.concat(pieces).toString('utf8'));
  }
  return files;
}

describe('files of a tree', () => {
  test('have the paths and bytes of the snapshot, and the sizes that were laid out', async () => {
    const harness = await filled();
    await harness.push();
    const tree = await open(harness);
    const files = await readAll(tree);
    const snapshot = await harness.files();
    expect([...files.keys()].toSorted()).toEqual([...snapshot.keys()].toSorted());
    expect(files).toEqual(snapshot);
    expect([...files.keys()].some((path) => path.startsWith('archive/media/'))).toBe(true);
    expect(tree.laidOut.map(({ path }) => path).toSorted()).toEqual([...files.keys()].toSorted());
  });

  test('of an empty vault are there too', async () => {
    const harness = makeBackupHarness();
    await harness.push(true);
    expect(await readAll(await open(harness))).toEqual(await harness.files());
  });

  test('go on after one that was not read, or was read in part', async () => {
    const harness = await filled();
    const tree = await open(harness);
    const whole = await readAll(await open(harness));
    const paths: string[] = [];
    for await (const file of tree.files()) {
      paths.push(file.path);
      if (paths.length % 3 === 0) for await (const _ of file.open()) break;
    }
    expect(paths).toEqual([...whole.keys()]);
  });

  test('leave out a medium that is damaged, and count it as the snapshot does', async () => {
    const harness = await filled();
    let damaged = '';
    const tree = await open(harness, (reader) => ({
      ...reader,
      openMedia(entry) {
        damaged ||= entry.sha256;
        if (entry.sha256 !== damaged) return reader.openMedia(entry);
        return { ...reader.openMedia(entry), read: () => Promise.reject(new CamphorError('tampered')) };
      },
    }));
    const files = await readAll(tree);
    const left = tree.laidOut.filter(({ path }) => !files.has(path)).map(({ path }) => path);
    expect(left).toHaveLength(1);
    expect(left[0]).toContain(damaged);
    const manifest = JSON.parse(files.get('archive/manifest.json') ?? '') as { media: number };
    expect(manifest.media).toBe(tree.manifest.media - 1);
  });

  test('end where nobody reads on, and where reading fails', async () => {
    const harness = await filled();
    for await (const _ of (await open(harness)).files()) break;
    let reads = 0;
    const failing = await open(harness, (reader) => ({
      ...reader,
      readColumns: (segment, columns) => {
        if (columns.includes('rest') && ++reads > 1) return Promise.reject(new CamphorError('storage-failed'));
        return reader.readColumns(segment, columns);
      },
    }))
      .then(readAll)
      .catch((error: unknown) => error);
    expect(failing).toMatchObject({ code: 'storage-failed' });
  });
});
