// 25 (backup.md §7): a snapshot that somebody else wrote with the right key. Nothing of it is used as a path, nothing is
// unfolded beyond its limit, nothing goes deeper than a snapshot of ours; what is sound beside it stays usable.

import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createMemoryDrive, type MemoryDrive } from '../../src/drives/memory';
import { chat } from '../intake/chat-text';
import { realCodec } from '../repository/codec';
import { codeOf, open, startMs } from '../repository/operations/small-repository';
import { copyOf, type Device, earlier, makeDevice, prepare, restoreInto, silent } from './faults-device';
import { putBlob, putSnapshot, putTree } from './faults-poison';

let device: Device;
let clean: MemoryDrive;
let id: string;
let masterKey: Uint8Array;
/** With what is there already. */
let drive: MemoryDrive;

beforeAll(async () => {
  const prepared = await prepare();
  ({ device, id } = prepared);
  clean = prepared.drive;
  masterKey = (await open(clean)).exportMasterKey();
});

const time = '2026-01-01T00:00:00Z';
const file = (name: string, content: readonly string[], size = 1): object => ({ name, type: 'file', mtime: time, size, content });
const folder = (name: string, subtree: string): object => ({ name, type: 'dir', mtime: time, content: null, subtree });
const zeros = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length);

/** Puts these nodes as the newest snapshot; gives its id. */
async function poison(nodes: readonly unknown[]): Promise<string> {
  const tree = await putTree(drive, masterKey, nodes);
  return putSnapshot(drive, masterKey, tree, startMs + 1e9);
}

async function begin(): Promise<void> {
  drive = copyOf(clean);
  device.restart(drive);
}

/** The snapshot opens for nobody; the others are listed, and the sound one is read. */
async function expectRefused(snapshot: string, code = 'damaged'): Promise<void> {
  device.restart(drive);
  expect(await codeOf(restoreInto(device, id, snapshot))).toBe(code);
  const history = await device.backup.history(id);
  expect(history.map(({ messages }) => messages)).toEqual([null, chat.length]);
  const sound = await device.backup.openSnapshot(id, history[1]?.id ?? '');
  expect((await sound.list(0)).length).toBeGreaterThan(5);
}

describe('a poisoned snapshot', () => {
  test.each(['..', '.', 'a/b', '../../x', '/etc/passwd', 'a\\u0000b', '', 'x'.repeat(5000)])(
    'with a file named %j is refused',
    async (name) => {
      await begin();
      await expectRefused(await poison([file(name, [])]));
    },
  );

  test('with two files of one name, or no tree at all, is refused', async () => {
    await begin();
    await expectRefused(await poison([file('a', []), file('a', [])]));
    await begin();
    const none = await putBlob(drive, masterKey, { type: 'tree', packed: new TextEncoder().encode('no tree'), uncompressedLength: null });
    await expectRefused(await putSnapshot(drive, masterKey, none, startMs + 1e9));
  });

  test('of folders in folders without end is refused, and so is one of a folder a thousand times', async () => {
    await begin();
    let deep = await putTree(drive, masterKey, [file('end', [])]);
    for (let depth = 0; depth < 40; depth += 1) deep = await putTree(drive, masterKey, [folder('down', deep)]);
    await expectRefused(await putSnapshot(drive, masterKey, deep, startMs + 1e9));
    await begin();
    let wide = await putTree(drive, masterKey, [file('end', [])]);
    for (let depth = 0; depth < 10; depth += 1) {
      const names = Array.from({ length: 30 }, (_, at) => folder(`f${at}`, wide));
      wide = await putTree(drive, masterKey, names);
    }
    await expectRefused(await putSnapshot(drive, masterKey, wide, startMs + 1e9));
  });

  test('whose blobs unfold to more than they say, or say more than may be, is refused', async () => {
    const codec = await realCodec();
    const bomb = codec.compress(zeros(128 * 2 ** 20)) as Uint8Array<ArrayBuffer>;
    expect(bomb.length).toBeLessThan(32_000);
    const bombId = createHash('sha256').update('whatever').digest('hex');
    for (const uncompressedLength of [100, 128 * 2 ** 20, 2 ** 32 - 1]) {
      for (const type of ['tree', 'data'] as const) {
        await begin();
        const blob = await putBlob(drive, masterKey, { type, packed: bomb, uncompressedLength, id: bombId });
        const manifest = await putTree(drive, masterKey, [file('manifest.json', [blob], 100)]);
        const nodes = [folder('archive', type === 'tree' ? blob : manifest)];
        const snapshot = await poison(nodes);
        await expectRefused(snapshot, type === 'tree' ? 'damaged' : 'unrecognised-archive');
        expect(await codeOf(device.backup.readFile(id, snapshot, 'archive/manifest.json'))).toBe('damaged');
      }
    }
  });

  test('that names a file larger than all that is there gives what is there, and no more', async () => {
    await begin();
    const blob = await putBlob(drive, masterKey, { type: 'data', packed: new TextEncoder().encode('short'), uncompressedLength: null });
    const snapshot = await poison([file('huge', [blob], 2 ** 50), file('again', Array<string>(1000).fill(blob), 5000)]);
    device.restart(drive);
    const served = await device.backup.openSnapshot(id, snapshot);
    const at = (await served.list(0)).findIndex(({ path }) => path === 'huge');
    expect(new TextDecoder().decode(await served.read(at, 0, 2 ** 20))).toBe('short');
    expect(await codeOf(served.read(at, 0, 2 ** 40))).toBe('bytes of a file');
    expect(await codeOf(device.backup.readFile(id, snapshot, 'huge'))).toBe('nothing was thrown');
  });

  test('does not keep this device from backing up beside it', async () => {
    await begin();
    await poison([file('..', [])]);
    device.restart(drive);
    expect((await device.run(id)).snapshot?.messages).toBeGreaterThan(chat.length);
    const { faults } = await device.backup.check(id, silent);
    expect(new Set(faults.map(({ what }) => what))).toEqual(new Set(['tree-damaged']));
  });
});

test('no name in a snapshot of ours leads anywhere', async () => {
  const other = createMemoryDrive();
  const source = await makeDevice([earlier], other);
  const from = await source.addDrive();
  await source.run(from);
  const [newest] = await source.backup.history(from);
  const served = await source.backup.openSnapshot(from, newest?.id ?? '');
  for (const { path } of await served.list(0)) expect(path).toMatch(/^archive\/[A-Za-z0-9._/-]+$/);
});
