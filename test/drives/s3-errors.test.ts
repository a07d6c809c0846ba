// What S3 services say of a fault, and what is made of it.
import { describe, expect, test } from 'vitest';
import { createS3Drive } from '../../src/drives/s3';
import { type S3Config, unknownTraits } from '../../src/model/drive';
import { CamphorError } from '../../src/model/error';
import { codeOf } from './conformance';

const config: S3Config = {
  kind: 's3',
  endpoint: 'https://s3.example',
  region: 'auto',
  bucket: 'bucket',
  prefix: '',
  accessKeyId: 'id',
  secretAccessKey: 'key',
  addressing: 'path',
};

const answering = (body: string, status: number, headers: Record<string, string> = {}): ReturnType<typeof createS3Drive> =>
  createS3Drive(config, unknownTraits, { fetch: async () => new Response(body, { status, headers }) });

const fault = (code: string): string => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>words</Message></Error>`;

describe('S3', () => {
  test('means by its codes what a drive does', async () => {
    for (const [code, status, meant] of [
      ['NoSuchKey', 404, 'drive-missing'],
      ['NoSuchBucket', 404, 'drive-failed'],
      ['InvalidAccessKeyId', 403, 'drive-unauthorised'],
      ['SignatureDoesNotMatch', 403, 'drive-unauthorised'],
      ['AccessDenied', 403, 'drive-unauthorised'],
      ['SlowDown', 503, 'drive-busy'],
      ['XMinioStorageFull', 507, 'drive-full'],
      ['QuotaExceeded', 403, 'drive-full'],
      ['InternalError', 500, 'drive-failed'],
      ['PermanentRedirect', 301, 'drive-redirected'],
    ] as const)
      expect(await codeOf(answering(fault(code), status).read('config')), code).toBe(meant);
    expect(await codeOf(answering(fault('AccessDenied'), 403).remove('config'))).toBe('drive-read-only');
    const busy = await answering(fault('SlowDown'), 503, { 'Retry-After': '9' })
      .read('config')
      .catch((error: unknown) => error);
    expect(busy instanceof CamphorError && busy.facts).toEqual({ status: 503, waitMs: 9000, reason: 'SlowDown' });
  });

  test('is not believed where its answer is no listing, or leads nowhere', async () => {
    const page = (inner: string): string => `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</ListBucketResult>`;
    for (const body of ['', '<html></html>', '<!DOCTYPE a><ListBucketResult/>', fault('x'), page('').slice(0, -2)])
      expect(await codeOf(answering(body, 200).list('')), body).toBe('drive-damaged');
    const entry = '<Contents><Key>index/a</Key><Size>5</Size></Contents>';
    const entries = [{ name: 'index/a', sizeBytes: 5 }];
    expect(await answering(page(entry), 200).list('')).toEqual({ entries, isSuspect: false });
    expect(await answering(page(`${entry}<IsTruncated>true</IsTruncated>`), 200).list('')).toEqual({ entries, isSuspect: true });
    const again = `${entry}<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>`;
    expect((await answering(page(again), 200).list('')).isSuspect).toBe(true);
    expect((await answering(page(entry.replace('5', 'many')), 200).list('')).isSuspect).toBe(true);
  });
});
