// What the browser's errors about files and folders mean for a drive (fs.spec.whatwg.org).

import type { DriveErrorCode } from '../model/drive';
import { CamphorError } from '../model/error';

const codes: Readonly<Record<string, DriveErrorCode>> = {
  NotAllowedError: 'drive-permission',
  SecurityError: 'drive-permission',
  QuotaExceededError: 'drive-full',
  NoModificationAllowedError: 'drive-busy',
  // The folder itself is gone, or the disk it lies on.
  NotFoundError: 'drive-unreachable',
  NotReadableError: 'drive-damaged',
};

/** The error as a CamphorError; `facts.reason` has the browser's name for it. */
export function asDriveError(error: unknown): CamphorError {
  if (error instanceof CamphorError) return error;
  const reason = error instanceof Error || error instanceof DOMException ? error.name : typeof error;
  return new CamphorError(codes[reason] ?? 'drive-failed', { reason }, error);
}

/** Runs it; what it throws becomes a CamphorError. */
export async function withDriveErrors<Value>(run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    throw asDriveError(error);
  }
}
