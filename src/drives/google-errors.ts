// Errors of Google Drive: `error.errors[].reason` says more than the status
// (developers.google.com/workspace/drive/api/guides/handle-errors, …/limits).

import type { DriveErrorCode } from '../model/drive';
import { CamphorError } from '../model/error';
import type { HttpAnswer } from './http';
import { errorOfStatus, waitMsOf } from './http-status';

const codes: Readonly<Record<string, DriveErrorCode>> = {
  notFound: 'drive-missing',
  fileIdInUse: 'drive-exists',
  userRateLimitExceeded: 'drive-busy',
  rateLimitExceeded: 'drive-busy',
  dailyLimitExceeded: 'drive-busy',
  sharingRateLimitExceeded: 'drive-busy',
  storageQuotaExceeded: 'drive-full',
  activeItemCreationLimitExceeded: 'drive-full',
  numChildrenInNonRootLimitExceeded: 'drive-full',
  uploadTooLarge: 'drive-too-large',
  authError: 'drive-signed-out',
  // The owner may leave a box of the page of consent unticked.
  insufficientPermissions: 'drive-unauthorised',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'drive-unauthorised',
  domainPolicy: 'drive-unauthorised',
  // Of the registration: Drive is not switched on for it.
  accessNotConfigured: 'drive-failed',
};

/** They stop this request, and others may pass. */
const forbidden = new Set(['insufficientFilePermissions', 'appNotAuthorizedToFile', 'forbidden']);

const bodyLimitBytes = 64 * 1024;

export interface GoogleFault {
  readonly status: number;
  /** None where the body says nothing. */
  readonly reasons: readonly string[];
  readonly waitMs: number | null;
}

/** Reads an answer that is no success. */
export async function readGoogleFault(answer: HttpAnswer, nowMs: number): Promise<GoogleFault> {
  const waitMs = waitMsOf(answer.headers, nowMs);
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(await answer.readBytes(0, bodyLimitBytes)));
    return { status: answer.status, reasons: reasonsIn(read(body, 'error')), waitMs };
  } catch {
    // What stands before a service may answer with anything: the status is left.
    return { status: answer.status, reasons: [], waitMs };
  }
}

/** Newer answers repeat the reason in `details`. */
function reasonsIn(error: unknown): string[] {
  const lists = [read(error, 'errors'), read(error, 'details')].filter((list) => Array.isArray(list));
  return lists
    .flat()
    .map((each) => read(each, 'reason'))
    .filter((reason) => typeof reason === 'string')
    .map((reason) => reason.slice(0, 100));
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** The error that it means; `facts.reason` has the service's own. */
export function errorOfGoogleFault({ status, reasons, waitMs }: GoogleFault, isWrite: boolean): CamphorError {
  const known = reasons.find((reason) => reason in codes || forbidden.has(reason));
  const meant = known !== undefined && !forbidden.has(known) ? codes[known] : undefined;
  const code = meant ?? codeOfStatus(forbidden.has(known ?? '') ? 403 : status, isWrite);
  const facts = waitMs !== null && code === 'drive-busy' ? { status, waitMs } : { status };
  const reason = known ?? reasons[0];
  return new CamphorError(code, reason === undefined ? facts : { ...facts, reason });
}

function codeOfStatus(status: number, isWrite: boolean): DriveErrorCode {
  // Google gives a page no other token than by its owner's click.
  if (status === 401) return 'drive-signed-out';
  return errorOfStatus(status, { isWrite, wasSignedIn: false, waitMs: null }).code as DriveErrorCode;
}
