// Errors of S3: a body of XML with a code of its own, which says more than the status
// (docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; MinIO adds codes that begin with XMinio).

import { readWholeXml } from '../bytes/xml';
import type { DriveErrorCode } from '../model/drive';
import { CamphorError } from '../model/error';
import type { HttpAnswer } from './http';
import { errorOfStatus, waitMsOf } from './http-status';

export interface S3Fault {
  readonly status: number;
  /** Such as `NoSuchKey`; '' where the body says nothing. */
  readonly code: string;
  /** The service's clock, which it tells where ours is too far from it; '' else. */
  readonly serverTime: string;
  readonly waitMs: number | null;
}

const limits = { sizeBytes: 64 * 1024, depth: 8 };

/** Reads an answer that is no success. */
export async function readFault(answer: HttpAnswer, nowMs: number): Promise<S3Fault> {
  const texts = new Map<string, string>();
  try {
    let name = '';
    for (const event of readWholeXml(await answer.readBytes(0, limits.sizeBytes), limits)) {
      if (event.kind === 'open') name = event.local;
      else if (event.kind === 'text' && event.text.trim() !== '') texts.set(name, event.text.trim());
    }
  } catch {
    // A HEAD has no body, and what stands before a service may answer with anything: the status is left.
  }
  const waitMs = waitMsOf(answer.headers, nowMs);
  return { status: answer.status, code: texts.get('Code') ?? '', serverTime: texts.get('ServerTime') ?? '', waitMs };
}

const codes: Readonly<Record<string, DriveErrorCode>> = {
  NoSuchKey: 'drive-missing',
  InvalidAccessKeyId: 'drive-unauthorised',
  SignatureDoesNotMatch: 'drive-unauthorised',
  RequestTimeTooSkewed: 'drive-unauthorised',
  ExpiredToken: 'drive-unauthorised',
  SlowDown: 'drive-busy',
  ServiceUnavailable: 'drive-busy',
  RequestTimeout: 'drive-busy',
  ConditionalRequestConflict: 'drive-busy',
  OperationAborted: 'drive-busy',
  EntityTooLarge: 'drive-too-large',
  QuotaExceeded: 'drive-full',
  XMinioStorageFull: 'drive-full',
  XMinioAdminBucketQuotaExceeded: 'drive-full',
  BadDigest: 'drive-damaged',
  XAmzContentSHA256Mismatch: 'drive-damaged',
  IncompleteBody: 'drive-damaged',
  PermanentRedirect: 'drive-redirected',
};

/** The error that it means; `facts.reason` has the service's own code. */
export function errorOfFault({ status, code, waitMs }: S3Fault, isWrite: boolean): CamphorError {
  const known = codes[code];
  const general = errorOfStatus(status, { isWrite, wasSignedIn: false, waitMs });
  // A bucket that is not there is no file that is not there.
  const meant = known ?? (code === 'NoSuchBucket' ? 'drive-failed' : (general.code as DriveErrorCode));
  const facts = waitMs !== null && meant === 'drive-busy' ? { status, waitMs } : { status };
  return new CamphorError(meant, code === '' ? facts : { ...facts, reason: code });
}
