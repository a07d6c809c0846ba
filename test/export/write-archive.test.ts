import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { sourceOfRanges } from '../../src/bytes/ranged-source';
import { openZip } from '../../src/bytes/zip';
import { ownArchiveLimits } from '../../src/bytes/limits';
import { generateAgeIdentity, openAge, type AgeLock, type AgeKey } from '../../src/crypto/age';
import { ageLockOf, type ArchiveFile } from '../../src/export/age-archive';
import { type ArchiveContent, writeArchive } from '../../src/export/write-archive';
import type { ArchiveTarget } from '../../src/export/write-chunks';
import { CamphorError } from '../../src/model/error';

const lock: AgeLock = { kind: 'passphrase', text: 'correct horse battery', logN: 4 };
const key: AgeKey = { kind: 'passphrase', text: 'correct horse battery' };

type Files = readonly (readonly [path: string, bytes: Uint8Array])[];

function contentOf(files: Files, chunkBytes = 1000): ArchiveContent {
  const laidOut = files.map(([path, bytes]) => ({ path, sizeBytes: bytes.length }));
  return {
    laidOut,
    async *files(): AsyncGenerator<ArchiveFile> {
      for (const [path, bytes] of files)
        yield { path, sizeBytes: bytes.length, modifiedAtMs: 0, open: () => sourceOfBytes(bytes, chunkBytes).stream() };
    },
  };
}

interface MemoryTarget extends ArchiveTarget {
  readonly pieces: Buffer[];
}

function memoryTarget(options: { freeBytes?: number; change?(bytes: Buffer): Buffer } = {}): MemoryTarget {
  const pieces: Buffer[] = [];
  return {
    pieces,
    reserve: async (sizeBytes) => {
      if (sizeBytes > (options.freeBytes ?? Infinity)) throw new CamphorError('storage-full', { neededBytes: sizeBytes });
    },
    write: async (bytes) => void pieces.push(Buffer.from(bytes)),
    close: async () => sourceOfBytes((options.change ?? ((all: Buffer) => all))(Buffer.concat(pieces))),
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Paths, and hashes of what lies under them. */
async function readBack(target: MemoryTarget): Promise<[string, string][]> {
  const content = await openAge(sourceOfBytes(Buffer.concat(target.pieces)), key);
  const { entries, problems } = await openZip(sourceOfRanges(content.sizeBytes, content.read), ownArchiveLimits);
  const files: [string, string][] = [];
  for (const entry of entries) files.push([entry.path, sha256(await entry.open().read(0, entry.sizeBytes))]);
  expect(problems).toEqual([]);
  return files;
}

const names = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,12}(\/[a-z0-9]{1,12}){0,3}\.jsonl$/), { maxLength: 6 });

describe('an export', () => {
  test('holds every file, byte for byte, and says before how long it will be', async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 6, maxLength: 6 }), async (paths, sizes) => {
        const files = paths.map((path, at) => [path, new Uint8Array(sizes[at] ?? 0).fill(at + 1)] as const);
        const target = memoryTarget();
        const seen: [string, number, number][] = [];
        const { fileBytes, files: count } = await writeArchive(contentOf(files), lock, target, (...each) => seen.push(each));
        expect(count).toBe(files.length);
        expect(await readBack(target)).toEqual(files.map(([path, bytes]) => [path, sha256(bytes)]));
        const sealing = seen.filter(([stage]) => stage === 'sealing');
        expect(sealing.at(-1)).toEqual(['sealing', fileBytes, fileBytes]);
      }),
      { numRuns: 15 },
    );
  });

  test('of 65,600 files, for which a ZIP needs 64-bit counts', async () => {
    const files = Array.from({ length: 65_600 }, (_, at) => [`archive/media/${at}.bin`, Uint8Array.of(at & 0xff)] as const);
    const target = memoryTarget();
    const seen: number[] = [];
    // It reads all of it back itself.
    const written = await writeArchive(contentOf(files), lock, target, (_stage, _done, total) => seen.push(total));
    expect(written).toEqual({ fileBytes: seen[0], files: files.length });
  }, 180_000);

  test('with a recipient is read back without the identity', async () => {
    const { recipient, identity } = await generateAgeIdentity();
    const target = memoryTarget();
    await writeArchive(contentOf([['a.txt', new Uint8Array(10)]]), { kind: 'recipients', recipients: [recipient] }, target, () => {});
    const content = await openAge(sourceOfBytes(Buffer.concat(target.pieces)), { kind: 'identities', texts: [identity] });
    expect(content.sizeBytes).toBeGreaterThan(10);
  });

  test('of which a file did not come, as a damaged medium, is whole without it', async () => {
    const all = contentOf([['a.txt', new Uint8Array(10)]]);
    const laidOut = [...all.laidOut, { path: 'b.txt', sizeBytes: 7 }];
    expect(await writeArchive({ ...all, laidOut }, lock, memoryTarget(), () => {})).toMatchObject({ files: 1 });
  });
});

async function failureOf(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('an export fails', () => {
  const files: Files = [
    ['a.txt', new Uint8Array(300_000).fill(7)],
    ['b.txt', new Uint8Array(5)],
  ];

  test('before anything is written, where there is no room for it', async () => {
    const target = memoryTarget({ freeBytes: 300_000 });
    const error = await failureOf(writeArchive(contentOf(files), lock, target, () => {}));
    expect(error).toMatchObject({ code: 'storage-full' });
    expect(target.pieces).toEqual([]);
  });

  test('where what lies there is not what was written: any bit of it, its end, something behind it', async () => {
    const flip = (bit: number) => (all: Buffer) => {
      all[bit >> 3] = (all[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return all;
    };
    const changes = [0.1, 0.5, 0.9, 0.999].map((share) => flip(Math.floor(share * 300_000 * 8)));
    changes.push(
      (all) => all.subarray(0, -1),
      (all) => Buffer.concat([all, all.subarray(0, 1)]),
      (all) => all.subarray(0, 65_552),
    );
    for (const change of changes) {
      const error = await failureOf(writeArchive(contentOf(files), lock, memoryTarget({ change }), () => {}));
      expect(error).toBeInstanceOf(CamphorError);
      expect(['damaged', 'storage-failed']).toContain((error as CamphorError).code);
    }
  });

  test('with what the files or the target throw, and asks for no more files', async () => {
    let asked = 0;
    const broken: ArchiveContent = {
      laidOut: [],
      async *files() {
        asked++;
        yield* contentOf(files).files();
        asked++;
        throw new CamphorError('tampered');
      },
    };
    expect(await failureOf(writeArchive(broken, lock, memoryTarget(), () => {}))).toMatchObject({ code: 'tampered' });
    expect(asked).toBe(2);
    const full: ArchiveTarget = { ...memoryTarget(), write: () => Promise.reject(new CamphorError('storage-full')) };
    expect(await failureOf(writeArchive(contentOf(files), lock, full, () => {}))).toMatchObject({ code: 'storage-full' });
  });

  test('with more files than are read back', async () => {
    const laidOut = new Array<ArchiveFile>(1_000_001);
    const error = await failureOf(writeArchive({ ...contentOf([]), laidOut }, lock, memoryTarget(), () => {}));
    expect(error).toMatchObject({ code: 'archive-limit' });
  });

  test('for a passphrase that is too weak', () => {
    expect(() => ageLockOf({ kind: 'passphrase', text: '1234567890' }, null)).toThrow('secret-too-weak');
    expect(ageLockOf({ kind: 'recipient', text: ' age1x\n' }, 8)).toEqual({ kind: 'recipients', recipients: ['age1x'] });
    expect(ageLockOf({ kind: 'passphrase', text: 'correct horse' }, 1)).toMatchObject({ logN: 16 });
  });
});
