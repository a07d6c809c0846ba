// Taking and holding a lock, by stock restic's protocol: look, write, wait, look again; a new file every five minutes.

import { CamphorError } from '../model/error';
import type { RepositoryContext } from './context';
import { trustedNowMs } from './environment';
import { fileName } from './file-names';
import { encodeLock } from './lock-file';
import { listLocks, type ListedLocks, type LockView } from './locks';
import type { FileId } from './repository';
import { writeJsonFile } from './sealed-json';

const settleMs = 200;
const refreshMs = 5 * 60_000;
/** How often it is looked whether they have gone by; a thread may be held up between two looks. */
const lookMs = 60_000;
/** Writers ask for each blob, and the drive's clock is with another thread: within this it is not asked again. */
const seenForMs = 1000;
/** Before the 30 minutes after which others may take it for dead. */
const trustedForMs = 25 * 60_000;

export interface HeldLock {
  /** A lock of this device lay there already: a session of its own was killed while it wrote. */
  readonly followsKilled: boolean;
  /** Throws CamphorError `lock-lost` where it is gone, or so old that others need not have minded it. */
  assertHeld(): Promise<void>;
  /** Makes a new one where five minutes have gone by. Never throws: a lock that is lost is found by `assertHeld`. */
  refresh(): Promise<void>;
  /** Removes it. Never throws: what cannot be removed grows stale. */
  release(): Promise<void>;
}

interface Written {
  readonly id: FileId;
  /** By our clock and by the drive's: the older of the two ages counts. */
  readonly atMs: number;
  readonly trustedAtMs: number;
}

/**
 * Whether a lock stands in the way. One that is stale does not where the drive's clock says so, or where it is an earlier
 * one of this device; by our own clock alone nobody else's lock is passed over, since our clock may be wrong.
 */
function blocks(lock: LockView, exclusive: boolean, hostname: string, isClockTrusted: boolean): boolean {
  if (lock.isUnreadable) return true;
  if (!exclusive && !lock.exclusive) return false;
  return !(lock.isStale && (isClockTrusted || lock.hostname === hostname));
}

async function checkFree(context: RepositoryContext, exclusive: boolean, ownId: FileId | null): Promise<ListedLocks> {
  const isClockTrusted = (await context.drive.nowMs()) !== null;
  const listed = await listLocks(context);
  if (exclusive && listed.isSuspect) throw new CamphorError('listing-suspect');
  const { hostname } = context.environment;
  const other = listed.locks.find((lock) => lock.id !== ownId && blocks(lock, exclusive, hostname, isClockTrusted));
  if (other) throw new CamphorError('repository-locked', { host: other.hostname, sinceMs: other.sinceMs });
  return listed;
}

async function writeLock(context: RepositoryContext, exclusive: boolean): Promise<Written> {
  const { environment } = context;
  const trustedAtMs = await trustedNowMs(environment);
  const atMs = environment.nowMs();
  const lock = encodeLock({ createdAtMs: trustedAtMs, exclusive, hostname: environment.hostname });
  return { id: (await writeJsonFile(context, 'locks', lock)).id, atMs, trustedAtMs };
}

async function removeQuietly(context: RepositoryContext, id: FileId): Promise<void> {
  await context.drive.remove(fileName('locks', id)).catch(() => {});
}

/**
 * Locks of this device that a killed tab left behind, or one that could not reach the drive any more, would keep stock restic out.
 * `isAlone`: none of the shared ones is in use, however young it is.
 */
async function removeOwnLeft(context: RepositoryContext, { locks }: ListedLocks, isAlone: boolean): Promise<void> {
  const isLeft = ({ isStale, exclusive }: LockView): boolean => isStale || (isAlone && !exclusive);
  const own = locks.filter((lock) => lock.hostname === context.environment.hostname && isLeft(lock));
  for (const { id } of own) await removeQuietly(context, id);
}

async function takeLock(
  context: RepositoryContext,
  exclusive: boolean,
  isAlone: boolean,
): Promise<Written & Pick<HeldLock, 'followsKilled'>> {
  const before = await checkFree(context, exclusive, null);
  const followsKilled = before.locks.some(({ hostname }) => hostname === context.environment.hostname);
  await removeOwnLeft(context, before, isAlone);
  const written = await writeLock(context, exclusive);
  try {
    await context.environment.sleep(settleMs);
    const { ids } = await checkFree(context, exclusive, written.id);
    if (!ids.has(written.id)) throw new CamphorError('lock-lost');
    return { ...written, followsKilled };
  } catch (error) {
    await removeQuietly(context, written.id);
    throw error;
  }
}

const repeatByTimer = (everyMs: number, call: () => void): (() => void) => {
  const timer = setInterval(call, everyMs);
  return () => clearInterval(timer);
};

/** One refreshing at a time, and none so soon after the one before. */
function paced(nowMs: () => number, renew: () => Promise<void>): { refresh(): Promise<void>; settled(): Promise<void> } {
  let seenAtMs = -Infinity;
  let turn: Promise<void> = Promise.resolve();
  return {
    refresh: () => {
      if (Math.abs(nowMs() - seenAtMs) < seenForMs) return turn;
      seenAtMs = nowMs();
      return (turn = turn.then(renew).catch(() => {}));
    },
    settled: () => turn,
  };
}

/** A lock while it is held; `written` is its newest file. */
function hold(context: RepositoryContext, exclusive: boolean, first: Written & Pick<HeldLock, 'followsKilled'>): HeldLock {
  const { environment, drive } = context;
  let written: Written = first;
  let isLost = false;
  let isReleased = false;

  const ageMs = async (): Promise<number> =>
    Math.max(Math.abs(environment.nowMs() - written.atMs), Math.abs((await trustedNowMs(environment)) - written.trustedAtMs));
  const isThere = async (): Promise<boolean> =>
    !isLost && !isReleased && (await ageMs()) < trustedForMs && (await drive.size(fileName('locks', written.id))) !== null;
  const renew = async (): Promise<void> => {
    if (isLost || isReleased || (await ageMs()) < refreshMs) return;
    isLost = !(await isThere());
    if (isLost) return;
    const before = written.id;
    written = await writeLock(context, exclusive);
    await removeQuietly(context, before);
  };
  const { refresh, settled } = paced(environment.nowMs, renew);
  const stop = (environment.repeat ?? repeatByTimer)(lookMs, () => void refresh());
  const release = async (): Promise<void> => {
    stop();
    await settled();
    if (isReleased) return;
    isReleased = true;
    context.releases.delete(release);
    await removeQuietly(context, written.id);
  };
  context.releases.add(release);
  return {
    followsKilled: first.followsKilled,
    async assertHeld() {
      await refresh();
      if (!(await isThere())) throw new CamphorError('lock-lost');
    },
    refresh,
    release,
  };
}

/**
 * Takes a lock; `isAlone`: no other session of this device holds a shared one. Throws CamphorError `repository-locked` with `facts.host` and `facts.sinceMs` where another stands in the
 * way, `listing-suspect` where an exclusive one is wanted and others may be hidden, `lock-lost` where it vanished at once.
 */
export async function acquireLock(context: RepositoryContext, exclusive: boolean, isAlone = false): Promise<HeldLock> {
  if (context.isClosed) throw new CamphorError('cancelled');
  return hold(context, exclusive, await takeLock(context, exclusive, isAlone));
}

/** Runs under an exclusive lock. */
export async function withExclusiveLock<Result>(context: RepositoryContext, run: (lock: HeldLock) => Promise<Result>): Promise<Result> {
  const lock = await acquireLock(context, true);
  try {
    return await run(lock);
  } finally {
    await lock.release();
  }
}
