// What an HTTP status means for a drive.

import type { DriveErrorCode } from '../model/drive';
import { CamphorError } from '../model/error';

export interface StatusContext {
  /** True where the request would have changed something. */
  readonly isWrite: boolean;
  /** True where the same credentials were taken before: a 401 then is throttling (seen with Jianguoyun and NAS boxes). */
  readonly wasSignedIn: boolean;
  /** What the drive asks for, in ms; null where it says nothing. */
  readonly waitMs: number | null;
}

/** The error for a status that is no success; `facts.status` has it. */
export function errorOfStatus(status: number, context: StatusContext): CamphorError {
  const code = codeOfStatus(status, context);
  return new CamphorError(code, code === 'drive-busy' && context.waitMs !== null ? { status, waitMs: context.waitMs } : { status });
}

function codeOfStatus(status: number, { isWrite, wasSignedIn }: StatusContext): DriveErrorCode {
  switch (status) {
    case 401:
    case 407:
      return wasSignedIn ? 'drive-busy' : 'drive-unauthorised';
    case 403:
      return isWrite ? 'drive-read-only' : 'drive-unauthorised';
    case 404:
    case 410:
      return 'drive-missing';
    case 405:
      return isWrite ? 'drive-read-only' : 'drive-failed';
    case 413:
      return 'drive-too-large';
    case 423:
    case 429:
    case 503:
      return 'drive-busy';
    case 507:
      return 'drive-full';
    default:
      return 'drive-failed';
  }
}

const longestWaitMs = 24 * 3600 * 1000;

/** What `Retry-After` asks for (RFC 9110 §10.2.3: seconds, or a date), in ms, at most a day; null where it says nothing. */
export function waitMsOf(headers: Headers, nowMs: number): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(waitMs) && text !== '' ? Math.min(Math.max(waitMs, 0), longestWaitMs) : null;
}
