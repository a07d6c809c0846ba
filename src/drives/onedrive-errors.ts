// Errors of Microsoft Graph: `error.code`, and codes in `innererror` that say more, one in another
// (learn.microsoft.com/graph/errors, OneDrive's own codes included).

import type { DriveErrorCode } from '../model/drive';
import { CamphorError } from '../model/error';
import type { HttpAnswer } from './http';
import { errorOfStatus, waitMsOf } from './http-status';

/** By the codes in lower case: a service behind Graph may write `ItemNotFound` or `itemNotFound`. */
const codes: Readonly<Record<string, DriveErrorCode>> = {
  itemnotfound: 'drive-missing',
  namealreadyexists: 'drive-exists',
  activitylimitreached: 'drive-busy',
  throttledrequest: 'drive-busy',
  toomanyrequests: 'drive-busy',
  servicenotavailable: 'drive-busy',
  resourcelocked: 'drive-busy',
  resourcemodified: 'drive-busy',
  resourcebeingprovisioned: 'drive-busy',
  quotalimitreached: 'drive-full',
  insufficientquota: 'drive-full',
  maxfilesizeexceeded: 'drive-too-large',
  maxstreamsizeexceeded: 'drive-too-large',
  servicereadonly: 'drive-read-only',
  unauthenticated: 'drive-signed-out',
  invalidauthenticationtoken: 'drive-signed-out',
};

const bodyLimitBytes = 64 * 1024;
const nestingLimit = 8;

export interface GraphFault {
  readonly status: number;
  /** From the general to the particular, in lower case; none where the body says nothing. */
  readonly codes: readonly string[];
  readonly waitMs: number | null;
}

/** Reads an answer that is no success. */
export async function readGraphFault(answer: HttpAnswer, nowMs: number): Promise<GraphFault> {
  const waitMs = waitMsOf(answer.headers, nowMs);
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(await answer.readBytes(0, bodyLimitBytes)));
    return { status: answer.status, codes: codesIn(body), waitMs };
  } catch {
    // What stands before a service may answer with anything: the status is left.
    return { status: answer.status, codes: [], waitMs };
  }
}

function codesIn(body: unknown): string[] {
  const found: string[] = [];
  let at = read(body, 'error');
  for (let depth = 0; at !== undefined && depth < nestingLimit; depth++) {
    const code = read(at, 'code');
    if (typeof code === 'string') found.push(code.toLowerCase().slice(0, 100));
    at = read(at, 'innererror') ?? read(at, 'innerError');
  }
  return found;
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** The error that it means, by its most particular code that is known; `facts.reason` has the service's own. */
export function errorOfGraphFault({ status, codes: said, waitMs }: GraphFault, isWrite: boolean): CamphorError {
  const known = said.findLast((code) => code in codes);
  const meant = (known === undefined ? undefined : codes[known]) ?? codeOfStatus(status, isWrite, waitMs);
  const facts = waitMs !== null && meant === 'drive-busy' ? { status, waitMs } : { status };
  const reason = known ?? said.at(-1);
  return new CamphorError(meant, reason === undefined ? facts : { ...facts, reason });
}

function codeOfStatus(status: number, isWrite: boolean, waitMs: number | null): DriveErrorCode {
  // A token that was renewed and is refused again: only the owner can give another.
  if (status === 401) return 'drive-signed-out';
  // 409 without a name that is taken, 412, 509: others change the same thing now, or too much was asked for.
  if (status === 409 || status === 412 || status === 509) return 'drive-busy';
  return errorOfStatus(status, { isWrite, wasSignedIn: false, waitMs }).code as DriveErrorCode;
}
