// Every bit of a small repository, flipped: found by verifying, and never read as something that was not saved.

import { describe, expect, it } from 'vitest';
import { createMemoryDrive } from '../../../src/drives/memory';
import { backUp, below, codeOf, copyDrive, create, open, reopen, restoreFiles, silent } from './small-repository';

const files = { 'a.txt': 'a letter', 'b/c.txt': 'another letter' };

/** All eight bits of each byte where `CAMPHOR_EVERY_BIT` is set; else one of each byte, another one from byte to byte. */
const bitsOf = (byte: number): readonly number[] =>
  process.env['CAMPHOR_EVERY_BIT'] ? [0, 1, 2, 3, 4, 5, 6, 7] : [(byte * 5 + (byte >> 3)) % 8];

const prepared = (async () => {
  const drive = createMemoryDrive();
  const repository = await create(drive);
  const { tree } = await backUp(repository, files);
  return { drive, tree, masterKey: repository.exportMasterKey() };
})();

async function withEachBit(folder: string, check: (flipped: ReturnType<typeof createMemoryDrive>, where: string) => Promise<void>) {
  const { drive } = await prepared;
  let checked = 0;
  for (const [name, bytes] of drive.files) {
    if (!name.startsWith(folder)) continue;
    for (let byte = 0; byte < bytes.length; byte += 1) {
      for (const bit of bitsOf(byte)) {
        const flipped = copyDrive(drive);
        flipped.files.set(name, bytes.with(byte, (bytes[byte] ?? 0) ^ (1 << bit)));
        await check(flipped, `${name} byte ${byte} bit ${bit}`);
        checked += 1;
      }
    }
  }
  expect(checked).toBeGreaterThan(100);
}

describe('a flipped bit', () => {
  it.each(['data', 'index', 'snapshots'])(
    'in %s is found, and nothing wrong is restored',
    async (folder) => {
      const { tree, masterKey } = await prepared;
      await withEachBit(folder, async (drive, where) => {
        const repository = await reopen(drive, masterKey);
        const restored = await restoreFiles(repository, tree).catch((error: { code: string }) => error.code);
        if (typeof restored === 'string') expect(restored, where).toBe('damaged');
        else expect(restored, where).toEqual(below(files));
        const { faults } = await repository.verify({ share: 1, readAtMs: new Map() }, silent);
        expect(faults.length, where).toBeGreaterThan(0);
      });
    },
    600_000,
  );

  it('in the config or the only key keeps the repository closed, and says which', async () => {
    const { masterKey } = await prepared;
    await withEachBit('config', async (drive, where) => {
      expect(await codeOf(reopen(drive, masterKey)), where).toBe('repository-damaged');
    });
    await withEachBit('keys', async (drive, where) => {
      expect(await codeOf(open(drive)), where).toBe('repository-damaged');
      const repository = await reopen(drive, masterKey);
      expect((await repository.check(silent)).faults, where).toMatchObject([{ what: 'key' }]);
    });
  }, 600_000);
});
