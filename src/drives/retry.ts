// A drive whose calls are tried again when what stopped them may pass: a lost connection, a busy or failing server, a cut body.

import { CamphorError } from '../model/error';
import type { Drive } from './drive';
import { completeEnvironment, type DriveEnvironment } from './environment';
import { callPatienceMs } from './patience';
import { contentBytes, type FileContent } from './file-content';
import { sameContent } from './same-content';

const tries = 5;
const firstWaitMs = 1000;
const firstBusyWaitMs = 30_000;

/** A drive that asks for more than that is left to the caller: nobody waits in front of a screen for so long. */
const longestWaitMs = 30 * 60_000;

/** Of a whole file's size nothing is known before it comes. */
const assumedFileBytes = 64 * 1024 * 1024;

/**
 * Wraps `drive`: five tries, with exponentially growing waits (from 1 s; from 30 s where it is busy, or what it asks for) and
 * jitter; a call that hangs counts as failed. `onWait` hears of waits for a busy drive. A `create` that finds the name taken on
 * a later try, with the same bytes, is done: the answer to an earlier try was lost.
 */
export function retrying(drive: Drive, parts: Partial<DriveEnvironment> = {}): Drive {
  const environment = completeEnvironment(parts);
  const persist = <Value>(patienceMs: number, call: () => Promise<Value>): Promise<Value> =>
    persistently(environment, () => guarded(environment, patienceMs, call));
  return {
    traits: drive.traits,
    list: (folder) => persist(callPatienceMs('list', 0), () => drive.list(folder)),
    read: (name, range) => {
      const bytes = range ? range.toByte - range.fromByte : assumedFileBytes;
      return persist(callPatienceMs('other', bytes), () => drive.read(name, range));
    },
    size: (name) => persist(callPatienceMs('other', 0), () => drive.size(name)),
    create: (name, content, options) => {
      let hasTried = false;
      return persist(callPatienceMs('other', 2 * contentBytes(content)), async () => {
        const isFirst = !hasTried;
        hasTried = true;
        try {
          await drive.create(name, content, options);
        } catch (error) {
          if (isFirst || codeOf(error) !== 'drive-exists') throw error;
          await settle(drive, name, content, options?.direct === true, error);
        }
      });
    },
    remove: (name) => persist(callPatienceMs('other', 0), () => drive.remove(name)),
    nowMs: () => drive.nowMs(),
  };
}

/** After an earlier try: the file is ours already, or half of it is, under the name of a direct upload; else throws `taken`. */
async function settle(drive: Drive, name: string, content: FileContent, isDirect: boolean, taken: unknown): Promise<void> {
  if (await sameContent(drive, name, content)) return;
  const sizeBytes = await drive.size(name);
  if (!isDirect || sizeBytes === null || sizeBytes >= contentBytes(content)) throw taken;
  await drive.remove(name);
  await drive.create(name, content, { direct: true });
}

async function persistently<Value>(environment: DriveEnvironment, call: () => Promise<Value>): Promise<Value> {
  for (let tried = 1; ; tried++) {
    try {
      return await call();
    } catch (error) {
      const waitMs = waitAfter(error, tried, environment.random());
      if (waitMs === null) throw error;
      if (codeOf(error) === 'drive-busy') environment.onWait(environment.nowMs() + waitMs);
      await environment.sleep(waitMs);
    }
  }
}

/** How long to wait before the next try; null where there is none. */
function waitAfter(error: unknown, tried: number, random: number): number | null {
  if (!(error instanceof CamphorError) || tried >= tries || !mayPass(error)) return null;
  const growth = 2 ** (tried - 1) * (0.5 + random);
  if (error.code !== 'drive-busy') return firstWaitMs * growth;
  const asked = error.facts['waitMs'];
  const waitMs = typeof asked === 'number' ? asked + firstWaitMs * random : firstBusyWaitMs * growth;
  return waitMs <= longestWaitMs ? waitMs : null;
}

function mayPass({ code, facts }: CamphorError): boolean {
  if (code === 'drive-unreachable' || code === 'drive-busy' || code === 'drive-damaged') return true;
  const status = facts['status'];
  return code === 'drive-failed' && (typeof status !== 'number' || status >= 500 || status === 408 || status === 425);
}

function codeOf(error: unknown): string | null {
  return error instanceof CamphorError ? error.code : null;
}

async function guarded<Value>({ startTimer }: DriveEnvironment, patienceMs: number, call: () => Promise<Value>): Promise<Value> {
  let stopTimer = (): void => {};
  const silence = new Promise<never>((_, reject) => {
    stopTimer = startTimer(patienceMs, () => reject(new CamphorError('drive-unreachable', { step: 'silence' })));
  });
  try {
    return await Promise.race([call(), silence]);
  } finally {
    stopTimer();
  }
}
