// The doctor's steps that take time: an upload that is cut, the clock, the speed.

import { checkBytes } from './doctor-files';
import { type Examination, fine, limited, type Step, type StepResult } from './doctor-step';

const mebibyte = 1024 * 1024;

/** Time for a server to notice that the other end is gone. */
const noticeMs = 1000;

interface CutUpload {
  readonly name: string;
  readonly sizeBytes: number;
  /** When to cut it. */
  readonly afterMs: number;
}

/**
 * Uploads are cut in the middle, as seen by the time that a whole one took, and nothing may be left of them. One that was
 * quicker than expected says nothing; a larger one follows.
 */
export const cutUpload: Step = async (examination) => {
  const { probe, environment } = examination;
  const { upload } = probe;
  if (upload === null) {
    examination.traits = { ...examination.traits, isAtomic: true };
    return fine();
  }
  const startMs = environment.nowMs();
  await upload('whole', checkBytes(mebibyte, 9), new AbortController().signal);
  const wholeMs = Math.max(1, environment.nowMs() - startMs);
  let clean = 0;
  for (const [attempt, [mebibytes, share]] of (
    [
      [4, 0.4],
      [4, 0.7],
      [16, 0.4],
      [16, 0.6],
      [32, 0.3],
    ] as const
  ).entries()) {
    if (clean === 2) break;
    // A slow line shows the same with less.
    const size = wholeMs > 3000 ? 1 : mebibytes;
    const left = await cutOnce(examination, { name: `cut-${attempt}`, sizeBytes: size * mebibyte, afterMs: wholeMs * size * share });
    if (left === 'stub') return limited('stub-left');
    if (left === 'nothing') clean += 1;
  }
  if (clean === 0) return { outcome: 'skipped', finding: null, facts: {} } satisfies StepResult;
  examination.traits = { ...examination.traits, isAtomic: true };
  return fine();
};

/** What a cut upload left: `whole` where it was through before. */
async function cutOnce(
  { probe, environment }: Examination,
  { name, sizeBytes, afterMs }: CutUpload,
): Promise<'nothing' | 'stub' | 'whole'> {
  const controller = new AbortController();
  const isThrough = probe.upload?.(name, checkBytes(sizeBytes, 10), controller.signal).then(
    () => true,
    () => false,
  );
  await Promise.race([isThrough, environment.sleep(afterMs)]);
  controller.abort();
  if (await isThrough) return 'whole';
  await environment.sleep(noticeMs);
  const left = await probe.drive.size(name);
  if (left === null) return 'nothing';
  return left === sizeBytes ? 'whole' : 'stub';
}

const tolerableSkewMs = 5 * 60_000;

export const clock: Step = async (examination) => {
  const { probe, environment } = examination;
  const driveMs = await probe.drive.nowMs();
  if (driveMs === null) return limited('clock-hidden');
  const clockAheadMs = Math.round(driveMs - environment.nowMs());
  examination.traits = { ...examination.traits, clockAheadMs };
  return Math.abs(clockAheadMs) > tolerableSkewMs ? limited('clock-skew', { aheadMs: clockAheadMs }) : fine({ aheadMs: clockAheadMs });
};

const slowBytesPerSecond = 64 * 1024;

/** By a file of 1 MiB there and back, its size seen in between. */
export const speed: Step = async ({ probe, environment }) => {
  const bytes = checkBytes(mebibyte, 11);
  const startMs = environment.nowMs();
  await probe.drive.create('speed', bytes, { direct: true });
  const writtenMs = environment.nowMs();
  await probe.drive.read('speed');
  const bytesPerSecond = rate(bytes.length, writtenMs - startMs);
  const facts = { bytesPerSecond, readBytesPerSecond: rate(bytes.length, environment.nowMs() - writtenMs) };
  return bytesPerSecond < slowBytesPerSecond ? limited('slow', facts) : fine(facts);
};

function rate(bytes: number, ms: number): number {
  return Math.round((bytes * 1000) / Math.max(1, ms));
}
