import { describe, expect, test } from 'vitest';
import type { Drive } from '../../src/drives/drive';
import type { DriveEnvironment } from '../../src/drives/environment';
import { createMemoryDrive, type MemoryDrive } from '../../src/drives/memory';
import { retrying } from '../../src/drives/retry';
import { type DriveErrorCode, driveErrorCodes } from '../../src/model/drive';
import { createFlakyDrive, type DriveFault } from '../faults/flaky-drive';
import { createHalfWritingDrive } from '../faults/half-writing-drive';
import { codeOf, namesIn, sameBytes, someBytes } from './conformance';

/** Nobody sleeps; a timer that is never stopped goes off at once when the call it guards hangs. */
function instant(): { environment: Partial<DriveEnvironment>; slept: number[]; waits: number[] } {
  const slept: number[] = [];
  const waits: number[] = [];
  return {
    slept,
    waits,
    environment: {
      sleep: async (ms) => void slept.push(ms),
      random: () => 0.5,
      nowMs: () => 1_000_000,
      onWait: (untilMs) => void waits.push(untilMs),
    },
  };
}

/** A run that leaves three files, one of them read, one removed. */
async function backUp(drive: Drive): Promise<void> {
  await drive.create('data/00/a', someBytes(5000, 1), { direct: true });
  await drive.create('index/b', someBytes(300, 2));
  await drive.create('locks/c', someBytes(20, 3));
  expect((await drive.list('')).entries).toHaveLength(3);
  expect(await drive.size('index/b')).toBe(300);
  expect(await drive.read('data/00/a', { fromByte: 10, toByte: 30 })).toEqual(someBytes(5000, 1).slice(10, 30));
  await drive.remove('locks/c');
}

async function expectBackedUp(memory: MemoryDrive): Promise<void> {
  expect(await namesIn(memory, '')).toEqual(['data/00/a', 'index/b']);
  expect(sameBytes(await memory.read('data/00/a'), someBytes(5000, 1))).toBe(true);
  expect(sameBytes(await memory.read('index/b'), someBytes(300, 2))).toBe(true);
}

const passing: readonly DriveFault['kind'][] = ['drive-unreachable', 'drive-busy', 'drive-failed', 'drive-damaged', 'lost-answer'];

describe('retrying', () => {
  test('survives every passing fault at every call, up to four times in a row, without a duplicate', async () => {
    const { environment } = instant();
    for (const kind of passing)
      for (const times of [1, 4])
        for (let failAt = 1; ; failAt++) {
          const memory = createMemoryDrive();
          const flaky = createFlakyDrive(memory, { kind, failAt, times });
          await backUp(retrying(flaky, environment));
          await expectBackedUp(memory);
          if (!flaky.hasFailed()) break;
          expect(failAt).toBeLessThan(50);
        }
  });

  test('gives up after five tries, with the drive’s own word', async () => {
    for (const kind of passing) {
      const { environment, slept } = instant();
      const flaky = createFlakyDrive(createMemoryDrive(), { kind, failAt: 1, times: Number.POSITIVE_INFINITY });
      expect(await codeOf(retrying(flaky, environment).size('config'))).toBe(kind === 'lost-answer' ? 'drive-unreachable' : kind);
      expect(flaky.calls()).toBe(5);
      expect(slept).toEqual(kind === 'drive-busy' ? [30_000, 60_000, 120_000, 240_000] : [1000, 2000, 4000, 8000]);
    }
  });

  test('asks once where asking again is no use', async () => {
    const { environment } = instant();
    const lasting = driveErrorCodes.filter((code) => !(passing as readonly string[]).includes(code));
    const refusals = [...lasting.map((kind) => ({ kind, facts: {} })), { kind: 'drive-failed' as DriveErrorCode, facts: { status: 400 } }];
    for (const { kind, facts } of refusals) {
      const flaky = createFlakyDrive(createMemoryDrive(), { kind, facts, failAt: 1, times: Number.POSITIVE_INFINITY });
      expect(await codeOf(retrying(flaky, environment).create('config', someBytes(1)))).toBe(kind);
      expect(flaky.calls()).toBe(1);
    }
  });

  test('waits as long as the drive asks, says until when, and not for hours', async () => {
    const { environment, slept, waits } = instant();
    const busy = (waitMs: number): Drive => createFlakyDrive(createMemoryDrive(), { kind: 'drive-busy', failAt: 1, facts: { waitMs } });
    await retrying(busy(7000), environment).size('config');
    expect(slept).toEqual([7500]);
    expect(waits).toEqual([1_007_500]);
    expect(await codeOf(retrying(busy(3_600_000), environment).size('config'))).toBe('drive-busy');
    expect(slept).toHaveLength(1);
  });

  test('counts a call that hangs as failed', async () => {
    const { environment } = instant();
    const memory = createMemoryDrive();
    const flaky = createFlakyDrive(memory, { kind: 'hang', failAt: 2, times: 2 });
    const startTimer: DriveEnvironment['startTimer'] = (_, call) => {
      // The call before this one answered, so only one that hangs is still there after this.
      const timer = setTimeout(call, 20);
      return () => clearTimeout(timer);
    };
    await backUp(retrying(flaky, { ...environment, startTimer }));
    await expectBackedUp(memory);
  });

  test('replaces its own half of a direct upload, and nobody else’s file', async () => {
    const { environment } = instant();
    const memory = createMemoryDrive();
    const halfWriting = createHalfWritingDrive(memory, (creates) => creates <= 2);
    await retrying(halfWriting, environment).create('data/00/a', someBytes(5000, 1), { direct: true });
    expect(sameBytes(await memory.read('data/00/a'), someBytes(5000, 1))).toBe(true);

    const flaky = createFlakyDrive(memory, { kind: 'drive-unreachable', failAt: 1 });
    expect(await codeOf(retrying(flaky, environment).create('data/00/a', someBytes(5000, 2), { direct: true }))).toBe('drive-exists');
    const other = createFlakyDrive(memory, { kind: 'drive-unreachable', failAt: 1 });
    expect(await codeOf(retrying(other, environment).create('data/00/a', someBytes(9000, 2)))).toBe('drive-exists');
    expect(sameBytes(await memory.read('data/00/a'), someBytes(5000, 1))).toBe(true);
  });

  test('says that a name is taken on the first try, even by the same bytes', async () => {
    const memory = createMemoryDrive();
    await memory.create('config', someBytes(10));
    expect(await codeOf(retrying(memory, instant().environment).create('config', someBytes(10)))).toBe('drive-exists');
  });
});
