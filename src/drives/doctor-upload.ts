// The doctor's steps that take time: an upload that is cut, the clock, the speed.

import { checkBytes } from './doctor-files';
import { type Examination, fine, limited, type Step } from './doctor-step';

const mebibyte = 1024 * 1024;

/** Time for a server to notice that the other end is gone. */
const noticeMs = 1000;

/** Sizes of uploads to cut, in MiB: a quick line is through with a small one before it can be cut. Together what a phone can bear. */
const cutMebibytes = [2, 4, 8, 16] as const;

/** Above this time for one MiB, small uploads show the same. */
const slowMsPerMebibyte = 3000;

/**
 * Uploads are cut in the middle, as seen by the time that others took, and nothing may be left of them. One that was through
 * before says nothing, but how quick the line is.
 */
export const cutUpload: Step = async (examination) => {
  const { probe, environment } = examination;
  if (probe.upload === null) {
    examination.traits = { ...examination.traits, isAtomic: true };
    return fine();
  }
  const startMs = environment.nowMs();
  await probe.upload('whole', checkBytes(mebibyte, 9), {});
  let msPerMebibyte = Math.max(1, environment.nowMs() - startMs);
  let share = 0.5;
  let clean = 0;
  for (const [attempt, most] of cutMebibytes.entries()) {
    const mebibytes = msPerMebibyte > slowMsPerMebibyte ? 1 : most;
    const cut = { name: `cut-${attempt}`, sizeBytes: mebibytes * mebibyte, afterMs: msPerMebibyte * mebibytes * share };
    const { left, tookMs } = await cutOnce(examination, cut);
    if (left === 'stub') return limited('stub-left');
    if (left === 'nothing' && ++clean === 2) break;
    if (left === 'whole') msPerMebibyte = Math.min(msPerMebibyte, tookMs / mebibytes);
    share *= left === 'whole' ? 0.7 : 1.2;
  }
  if (clean === 0) return { outcome: 'skipped', finding: null, facts: {} };
  examination.traits = { ...examination.traits, isAtomic: true };
  return fine();
};

interface CutUpload {
  readonly name: string;
  readonly sizeBytes: number;
  /** When to cut it, from when it was sent. */
  readonly afterMs: number;
}

interface CutResult {
  /** `whole` where it was through before it could be cut. */
  readonly left: 'nothing' | 'stub' | 'whole';
  readonly tookMs: number;
}

async function cutOnce({ probe, environment }: Examination, { name, sizeBytes, afterMs }: CutUpload): Promise<CutResult> {
  const controller = new AbortController();
  let sentMs = environment.nowMs();
  const onSend = (): void => {
    sentMs = environment.nowMs();
    void environment.sleep(afterMs).then(() => controller.abort());
  };
  const bytes = checkBytes(sizeBytes, 10);
  const isThrough = await probe.upload?.(name, bytes, { signal: controller.signal, onSend }).then(
    () => true,
    () => false,
  );
  const tookMs = environment.nowMs() - sentMs;
  if (isThrough) return { left: 'whole', tookMs };
  await environment.sleep(noticeMs);
  const leftBytes = await probe.drive.size(name);
  return { left: leftBytes === null ? 'nothing' : leftBytes === sizeBytes ? 'whole' : 'stub', tookMs };
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
