// Signed requests to one bucket of an S3 service.

import { AwsV4Signer } from 'aws4fetch';
import { hashBytes } from '../crypto/hashes';
import type { S3Config } from '../model/drive';
import { createDriveClock, type DriveClock } from './drive-clock';
import type { DriveEnvironment } from './environment';
import { type FileContent, readContent } from './file-content';
import { type HttpAnswer, sendRequest } from './http';
import { isSuccess } from './multistatus';
import { errorOfFault, readFault } from './s3-errors';
import { pageLimitBytes, readPage, type S3Page } from './s3-listing';

export type S3Verb = 'GET' | 'HEAD' | 'PUT' | 'DELETE';

export interface S3Request {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: FileContent;
  readonly query?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onSend?: () => void;
}

export interface S3Client {
  readonly clock: DriveClock;
  /** Address of a key below the prefix; that of the bucket for null. */
  urlOf(name: string | null): string;
  /** Any status but those of `accepts`, and success, is thrown as the error it means. */
  send(verb: S3Verb, name: string | null, request?: S3Request, accepts?: readonly number[]): Promise<HttpAnswer>;
  askPage(folder: string, token: string | null, query?: Readonly<Record<string, string>>): Promise<S3Page>;
}

export function createS3Client(config: S3Config, environment: DriveEnvironment): S3Client {
  const clock = createDriveClock(environment.nowMs);
  const bucketUrl = bucketAddress(config);
  const keys = new Map<string, ArrayBuffer>();
  const sendOnce = async (verb: S3Verb, url: string, request: S3Request): Promise<HttpAnswer> => {
    const headers = await signedHeaders(config, { verb, url, request, nowMs: clock.nowMs() ?? environment.nowMs(), keys });
    const answer = await sendRequest(environment, { ...request, method: verb, url, headers });
    clock.hear(answer.headers.get('date'));
    return answer;
  };
  const client: S3Client = {
    clock,
    urlOf: (name) => (name === null ? bucketUrl : bucketUrl + encodePath(config.prefix + name)),
    async send(verb, name, request = {}, accepts = []) {
      const url = client.urlOf(name) + (request.query ? `?${new URLSearchParams(request.query).toString()}` : '');
      const isFine = (answer: HttpAnswer): boolean => isSuccess(answer.status) || accepts.includes(answer.status);
      const first = await sendOnce(verb, url, request);
      if (isFine(first)) return first;
      const fault = await readFault(first, environment.nowMs());
      const isWrite = verb === 'PUT' || verb === 'DELETE';
      if (!(await hearsOtherTime(client, verb, fault))) throw errorOfFault(fault, isWrite);
      const second = await sendOnce(verb, url, request);
      if (isFine(second)) return second;
      throw errorOfFault(await readFault(second, environment.nowMs()), isWrite);
    },
    async askPage(folder, token, query = {}) {
      const asked = { 'list-type': '2', 'encoding-type': 'url', prefix: config.prefix + folder, ...query };
      const answer = await client.send('GET', null, { query: token === null ? asked : { ...asked, 'continuation-token': token } });
      return readPage(await answer.readBytes(0, pageLimitBytes));
    },
  };
  return client;
}

/**
 * True where the service refused since our clock is wrong, and its own is known now. A HEAD is refused without a body, so a
 * listing is asked for the reason: it hears the clock, or throws the reason; where it does neither, the HEAD is tried once more.
 */
async function hearsOtherTime(
  client: S3Client,
  verb: S3Verb,
  fault: { status: number; code: string; serverTime: string },
): Promise<boolean> {
  if (verb === 'HEAD' && fault.status === 403) {
    await client.askPage('', null, { 'max-keys': '1' });
    return true;
  }
  if (fault.code !== 'RequestTimeTooSkewed') return false;
  client.clock.hear(fault.serverTime || null);
  return client.clock.nowMs() !== null;
}

function bucketAddress({ endpoint, bucket, addressing }: S3Config): string {
  const url = new URL(endpoint);
  const host = addressing === 'virtual-host' ? `${bucket}.${url.host}` : url.host;
  return `${url.protocol}//${host}/${addressing === 'path' ? `${encodeURIComponent(bucket)}/` : ''}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

interface ToSign {
  readonly verb: S3Verb;
  readonly url: string;
  readonly request: S3Request;
  readonly nowMs: number;
  /** Signing keys of the day, kept by the signer. */
  readonly keys: Map<string, ArrayBuffer>;
}

/** The headers with the signature. The body's own hash is signed, so that the service checks what arrived. */
async function signedHeaders(config: S3Config, { verb, url, request, nowMs, keys }: ToSign): Promise<Record<string, string>> {
  const signer = new AwsV4Signer({
    method: verb,
    url,
    headers: { ...request.headers, 'X-Amz-Content-Sha256': await hashBytes(await readContent(request.body ?? new Uint8Array(0))) },
    accessKeyId: config.accessKeyId,
    secretAccessKey: config.secretAccessKey,
    region: config.region,
    service: 's3',
    datetime: new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d{3}/g, ''),
    cache: keys,
  });
  const { headers } = await signer.sign();
  return Object.fromEntries(headers);
}
