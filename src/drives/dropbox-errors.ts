// Errors of Dropbox: a tree of `.tag`s in JSON, which says more than the status (files.stone, auth.stone and common.stone of
// dropbox/dropbox-api-spec; dropbox.com/developers/documentation/http#error-handling; data-ingress-guide for 429).

import type { DriveErrorCode } from '../model/drive';
import { CamphorError } from '../model/error';
import type { ReadFault } from './cloud-client';
import { errorOfStatus, waitMsOf } from './http-status';

const bodyLimitBytes = 64 * 1024;
const longestWaitSeconds = 24 * 3600;
const tagLimit = 6;

/** By the last tag that is known: the outer ones (`path`, `path_lookup`) only say which argument is meant. */
const codes: Readonly<Record<string, DriveErrorCode>> = {
  not_found: 'drive-missing',
  not_file: 'drive-missing',
  not_folder: 'drive-missing',
  conflict: 'drive-exists',
  no_write_permission: 'drive-read-only',
  team_folder: 'drive-read-only',
  operation_suppressed: 'drive-read-only',
  insufficient_space: 'drive-full',
  too_many_write_operations: 'drive-busy',
  too_many_requests: 'drive-busy',
  too_many_files: 'drive-too-large',
  too_large: 'drive-too-large',
  payload_too_large: 'drive-too-large',
  content_hash_mismatch: 'drive-damaged',
  reset: 'drive-damaged',
  invalid_access_token: 'drive-signed-out',
  expired_access_token: 'drive-signed-out',
  missing_scope: 'drive-unauthorised',
  user_suspended: 'drive-unauthorised',
};

/** Tags of an upload session that has other bytes than we think, or none any more: the whole upload begins anew. */
const sessionTags = new Set(['lookup_failed', 'not_found', 'incorrect_offset', 'closed', 'not_closed']);

/** Reads an answer that is no success; `facts.reason` has Dropbox's tags, outermost first. */
export function createDropboxFaultReader(nowMs: () => number): ReadFault {
  return async (answer, isWrite) => {
    const error = memberOf(await readBody(answer.readBytes(0, bodyLimitBytes)), 'error');
    const tags = tagsOf(error);
    const waitMs = longer(waitMsOf(answer.headers, nowMs()), askedWaitMs(error));
    const general = errorOfStatus(answer.status, { isWrite, wasSignedIn: false, waitMs });
    const meant = codeOfTags(tags) ?? (general.code as DriveErrorCode);
    const facts = waitMs !== null && meant === 'drive-busy' ? { status: answer.status, waitMs } : { status: answer.status };
    return new CamphorError(meant, tags.length === 0 ? facts : { ...facts, reason: tags.join('/') });
  };
}

function codeOfTags(tags: readonly string[]): DriveErrorCode | null {
  // A path that is not there always stands below a tag of its own; a session that is not there, below `lookup_failed` or alone.
  const [first = ''] = tags;
  if (sessionTags.has(first)) return 'drive-damaged';
  return tags.map((tag) => codes[tag]).findLast((code) => code !== undefined) ?? null;
}

/** What a 429 says in its body, since a page may not read its header `Retry-After`. */
function askedWaitMs(error: unknown): number | null {
  const seconds = memberOf(error, 'retry_after');
  return typeof seconds === 'number' && seconds >= 0 ? Math.min(seconds, longestWaitSeconds) * 1000 : null;
}

function longer(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** A member's value stands under the name of its tag; that of a failed upload, and of a 429, under `reason`. */
function tagsOf(error: unknown): string[] {
  const tags: string[] = [];
  for (let at = error; tags.length < tagLimit;) {
    const tag = memberOf(at, '.tag');
    if (typeof tag === 'string') {
      if (!/^[a-z_]{1,64}$/.test(tag)) break;
      tags.push(tag);
      at = memberOf(at, tag) ?? memberOf(at, 'reason');
    } else {
      at = memberOf(at, 'reason');
      if (at === undefined) break;
    }
  }
  return tags;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** A body of plain text (400, some of 429 and 5xx), or a cut one, says nothing more than its status. */
async function readBody(bytes: Promise<Uint8Array>): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(await bytes));
  } catch {
    return null;
  }
}
