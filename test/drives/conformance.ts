// One suite for all drives: memory, folders, and every real server (checks.md E1). Runs in Node and in a page.
import { describe, expect, test } from 'vitest';
import type { Drive } from '../../src/drives/drive';
import type { DriveErrorCode } from '../../src/model/drive';
import { CamphorError } from '../../src/model/error';
import { sameBytes, someBytes } from './conformance-bytes';

export { sameBytes, someBytes } from './conformance-bytes';

/** A place to write to, empty, and the ways to it. */
export interface DriveUnderTest {
  readonly drive: Drive;
  /** The same place, as another device would open it. */
  reopen(): Drive;
  /** Begins a `create` that is cut in the middle, as when the tab is closed; returns when the drive has seen the end of it. */
  cutCreate?(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close?(): Promise<void>;
}

export interface ConformanceOptions {
  /** Files for the test of long listings; more than one page of any drive. */
  readonly manyFiles?: number;
  /** What this very server is known to do wrong, and no drive of ours mends. */
  readonly flaws?: readonly ('no-range-beyond-end' | 'cut-stays' | 'two-may-win' | 'fails-beside-another' | 'one-case')[];
}

/** The code of what the call threw; 'nothing' where it did not. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'nothing';
  } catch (error) {
    return error instanceof CamphorError ? error.code : `no CamphorError: ${String(error)}`;
  }
}

/** Names below a folder, sorted, without what lies in `tmp/`. */
export async function namesIn(drive: Drive, folder: string): Promise<string[]> {
  const { entries } = await drive.list(folder);
  return entries
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('tmp/'))
    .sort();
}

const hash = '0123456789abcdef'.repeat(4);
const mebibyte = 1024 * 1024;

/** `open` is called once for each test, and gives an empty place each time. */
export function testDrive(
  label: string,
  open: () => Promise<DriveUnderTest>,
  { manyFiles = 1003, flaws = [] }: ConformanceOptions = {},
): void {
  const withDrive = (title: string, run: (under: DriveUnderTest) => Promise<void>): void =>
    test(title, async () => {
      const under = await open();
      try {
        await run(under);
      } finally {
        await under.close?.();
      }
    });
  describe(label, () => {
    testFiles(withDrive, flaws.includes('one-case'));
    testRanges(withDrive, !flaws.includes('no-range-beyond-end'));
    testRefusals(withDrive);
    testListings(withDrive, manyFiles);
    testCuts(withDrive, flaws);
  });
}

type WithDrive = (title: string, run: (under: DriveUnderTest) => Promise<void>) => void;

function testFiles(withDrive: WithDrive, hasOneCase: boolean): void {
  for (const sizeBytes of [0, 1, 5 * mebibyte - 1, 5 * mebibyte, 5 * mebibyte + 1])
    withDrive(`keeps ${sizeBytes} bytes`, async ({ drive, reopen }) => {
      const bytes = someBytes(sizeBytes);
      await drive.create('data/01/one', bytes);
      await drive.create('data/01/two', bytes, { direct: true });
      await drive.create('data/01/six', new Blob([bytes.subarray(0, 7), bytes.subarray(7)]));
      for (const name of ['data/01/one', 'data/01/two', 'data/01/six']) {
        expect(await reopen().size(name)).toBe(sizeBytes);
        expect(sameBytes(await reopen().read(name), bytes)).toBe(true);
      }
      expect(await namesIn(reopen(), 'data')).toEqual(['data/01/one', 'data/01/six', 'data/01/two']);
    });

  withDrive('does not change the bytes it was given, nor share those that it gives', async ({ drive }) => {
    const bytes = someBytes(1000);
    await drive.create('config', bytes);
    expect(sameBytes(bytes, someBytes(1000))).toBe(true);
    (await drive.read('config')).fill(0);
    expect(sameBytes(await drive.read('config'), bytes)).toBe(true);
  });

  withDrive('keeps all kinds of names, in nested folders', async ({ drive, reopen }) => {
    // Where `a` and `A` are one folder, `A/b` is taken by the folder that `f` is in.
    const capital = hasOneCase ? 'Z/Y/b' : 'A/b';
    const names = ['config', `data/00/${hash}`, `keys/${hash}`, 'a/b/c/d/e/f', capital, 'a.b-c_d', `snapshots/${hash}`];
    for (const [index, name] of names.entries()) await drive.create(name, someBytes(10, index));
    for (const [index, name] of names.entries()) expect(await reopen().read(name)).toEqual(someBytes(10, index));
    expect(await namesIn(reopen(), '')).toEqual([...names].sort());
  });

  withDrive('removes, also what is not there', async ({ drive, reopen }) => {
    await drive.create('locks/one', someBytes(10));
    await drive.create('locks/two', someBytes(10));
    await drive.remove('locks/one');
    await drive.remove('locks/one');
    await drive.remove('nowhere/at/all');
    expect(await reopen().size('locks/one')).toBe(null);
    expect(await namesIn(reopen(), 'locks')).toEqual(['locks/two']);
    await drive.create('locks/one', someBytes(20));
    expect(await reopen().size('locks/one')).toBe(20);
  });

  withDrive('has a clock, or says that it has none', async ({ drive }) => {
    await drive.create('config', someBytes(10));
    const nowMs = await drive.nowMs();
    if (nowMs !== null) expect(Math.abs(nowMs - Date.now())).toBeLessThan(60_000);
  });
}

function testRanges(withDrive: WithDrive, goesBeyondEnd: boolean): void {
  withDrive('reads ranges, and less beyond the end', async ({ drive }) => {
    const bytes = someBytes(1000);
    await drive.create('data/02/pack', bytes);
    for (const [fromByte, toByte] of [
      [0, 1],
      [0, 1000],
      [10, 20],
      [999, 1000],
      [990, 2000],
      [1000, 1001],
      [5000, 5001],
      [7, 7],
    ] as const) {
      if (!goesBeyondEnd && toByte > bytes.length && fromByte < bytes.length) continue;
      expect(await drive.read('data/02/pack', { fromByte, toByte }), `${fromByte}–${toByte}`).toEqual(bytes.slice(fromByte, toByte));
    }
    await drive.create('empty', new Uint8Array(0));
    if (goesBeyondEnd) expect(await drive.read('empty', { fromByte: 0, toByte: 10 })).toHaveLength(0);
  });
}

function testRefusals(withDrive: WithDrive): void {
  const refused = async (call: Promise<unknown>, code: DriveErrorCode | 'unexpected'): Promise<void> =>
    expect(await codeOf(call)).toBe(code);

  withDrive('does not replace a file', async ({ drive, reopen }) => {
    await drive.create('index/one', someBytes(100, 1));
    await refused(reopen().create('index/one', someBytes(100, 2)), 'drive-exists');
    await refused(reopen().create('index/one', someBytes(50, 2)), 'drive-exists');
    await refused(reopen().create('index/one', someBytes(100, 2), { direct: true }), 'drive-exists');
    expect(await drive.read('index/one')).toEqual(someBytes(100, 1));
    expect(await namesIn(drive, '')).toEqual(['index/one']);
  });

  withDrive('says what is missing', async ({ drive }) => {
    await refused(drive.read('config'), 'drive-missing');
    await refused(drive.read('data/00/none', { fromByte: 0, toByte: 1 }), 'drive-missing');
    await refused(drive.read('data/00/none', { fromByte: 1, toByte: 1 }), 'drive-missing');
    expect(await drive.size('data/00/none')).toBe(null);
    expect((await drive.list('nowhere')).entries).toEqual([]);
  });

  withDrive('refuses names that could mean another place', async ({ drive }) => {
    for (const name of ['', '/config', 'a//b', '../config', 'a/../b', '.', 'a/', 'ä', 'a b', 'a\\b', 'a?b', 'a#b', 'a%2fb', '.hidden']) {
      await refused(drive.create(name, someBytes(1)), 'unexpected');
      await refused(drive.read(name), 'unexpected');
      await refused(drive.remove(name), 'unexpected');
    }
    expect(await namesIn(drive, '')).toEqual([]);
  });
}

function testListings(withDrive: WithDrive, manyFiles: number): void {
  withDrive('lists what is below a folder, with sizes', async ({ drive, reopen }) => {
    expect(await drive.list('')).toEqual({ entries: [], isSuspect: false });
    await drive.create('data/00/a', someBytes(1));
    await drive.create('data/01/b', someBytes(22));
    await drive.create('data-2/c', someBytes(333));
    const { entries, isSuspect } = await reopen().list('data');
    expect([...entries].sort((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
      { name: 'data/00/a', sizeBytes: 1 },
      { name: 'data/01/b', sizeBytes: 22 },
    ]);
    expect(isSuspect).toBe(false);
    expect(await namesIn(reopen(), 'data/01')).toEqual(['data/01/b']);
  });

  withDrive(`lists ${manyFiles} files`, async ({ drive, reopen }) => {
    const names = Array.from({ length: manyFiles }, (_, index) => `index/${String(index).padStart(6, '0')}`);
    const left = [...names];
    const work = async (): Promise<void> => {
      for (let name = left.shift(); name !== undefined; name = left.shift()) await drive.create(name, someBytes(3), { direct: true });
    };
    await Promise.all([work(), work(), work(), work()]);
    expect(await namesIn(reopen(), 'index')).toEqual(names);
    expect((await reopen().list('index')).isSuspect).toBe(false);
  });
}

function testCuts(withDrive: WithDrive, flaws: NonNullable<ConformanceOptions['flaws']>): void {
  const cutStays = flaws.includes('cut-stays');
  withDrive('leaves nothing under the name when a create is cut', async ({ drive, reopen, cutCreate }) => {
    if (!cutCreate) return expect(drive.traits.isAtomic).toBe(true);
    await cutCreate('snapshots/cut', someBytes(2 * mebibyte));
    if (cutStays) {
      expect(await reopen().size('snapshots/cut')).toBeLessThan(2 * mebibyte);
      await drive.remove('snapshots/cut');
    }
    expect(await reopen().size('snapshots/cut')).toBe(null);
    expect(await namesIn(reopen(), '')).toEqual([]);
    await drive.create('snapshots/cut', someBytes(2 * mebibyte));
    expect(sameBytes(await reopen().read('snapshots/cut'), someBytes(2 * mebibyte))).toBe(true);
  });

  withDrive('makes a folder for several creates at once, by two of its kind', async ({ drive, reopen }) => {
    const other = reopen();
    const names = Array.from({ length: 12 }, (_, folder) => Array.from({ length: 4 }, (__, file) => `data/d${folder}/f${file}`));
    for (const together of names)
      await Promise.all(together.map((name, index) => (index % 2 ? drive : other).create(name, someBytes(10), { direct: true })));
    expect(await namesIn(reopen(), 'data')).toEqual(names.flat().sort());
  });

  withDrive('keeps one of several creates under one name, whole', async ({ drive, reopen }) => {
    const contents = [1, 2, 3, 4].map((seed) => someBytes(20_000, seed));
    const results = await Promise.all(contents.map((bytes, index) => codeOf((index % 2 ? drive : reopen()).create('index/same', bytes))));
    const kept = await drive.read('index/same');
    const winners = results.flatMap((code, index) => (code === 'nothing' ? [index] : []));
    const fails = flaws.includes('fails-beside-another') ? ['drive-failed', 'drive-damaged'] : [];
    const fine = ['nothing', 'drive-exists', 'drive-busy', ...fails];
    expect(results.filter((code) => !fine.includes(code))).toEqual([]);
    expect(winners.some((index) => sameBytes(kept, contents[index] ?? new Uint8Array(0)))).toBe(true);
    if (drive.traits.refusesTaken && !flaws.includes('two-may-win')) expect(winners).toHaveLength(1);
  });
}
