// Check E6 at the app's own verb: a backup is stopped after call k, for every k, and in the middle of the file that it then
// writes. Each time stock restic finds no fault, and restores the snapshot that was there before as it was.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MemoryDrive } from '../../src/drives/memory';
import { copyOf, prepare } from '../backup/faults-device';
import { stopAfter } from '../repository/operations/faulty-drive';
import { codeOf, password } from '../repository/operations/small-repository';
import { makeRestic, type Restic } from './restic';
import { restoredFiles } from './restored-files';

let restic: Restic;
beforeAll(async () => void (restic = await makeRestic({ password })));
afterAll(() => restic.remove());

async function lay({ files }: MemoryDrive): Promise<void> {
  await rm(restic.repository, { recursive: true, force: true });
  for (const folder of ['data', 'index', 'keys', 'locks', 'snapshots']) await mkdir(join(restic.repository, folder), { recursive: true });
  for (const [name, bytes] of files) {
    await mkdir(dirname(join(restic.repository, name)), { recursive: true });
    await writeFile(join(restic.repository, name), bytes);
  }
}

async function restored(snapshot: string): Promise<Record<string, string>> {
  const target = join(restic.folder, 'restored');
  await restic.run('restore', snapshot, '--target', target, '--no-lock');
  const files = await restoredFiles(target);
  await rm(target, { recursive: true });
  return files;
}

/** What lies there, apart from ids: drives of one shape are in one state, which restic is asked about once. */
const shapeOf = ({ files }: MemoryDrive): string =>
  [...files]
    .map(([name, { length }]) => `${name.split('/')[0]} ${name.startsWith('data/') ? length : ''}`)
    .sort()
    .join();

it.each([
  ['between two calls', false],
  ['in the middle of a file', true],
])('a backup that is stopped %s', async (_, half) => {
  const { device, drive, id, snapshot } = await prepare();
  await lay(drive);
  const before = await restored(snapshot);
  expect(Object.keys(before).length).toBeGreaterThan(5);
  const entries = new Map(device.entries);
  const seen = new Set<string>();
  for (let calls = 0; ; calls += 1) {
    device.entries.clear();
    for (const [key, value] of entries) device.entries.set(key, value);
    const stopped = copyOf(drive);
    device.restart(stopAfter(stopped, calls, half));
    const outcome = await codeOf(device.run(id));
    if (!seen.has(shapeOf(stopped))) {
      seen.add(shapeOf(stopped));
      await lay(stopped);
      const { code, stdout, stderr } = await restic.attempt(['check', '--read-data', '--no-lock']);
      expect(code, `after ${calls}: ${stdout}${stderr}`).toBe(0);
      expect(await restored(snapshot), `after ${calls}`).toEqual(before);
    }
    if (outcome === 'nothing was thrown') return expect(calls).toBeGreaterThan(20);
    expect(outcome).toBe('drive-unreachable');
  }
});
