// A small S3 in this process, of what a drive asks of it: signatures checked by an implementation of their own, the body's hash
// checked, uploads whole or not at all, `If-None-Match`, ranges, pages, a clock. Not a service, but stricter than s3rver.
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, request as sendRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DriveEnvironment } from '../../../src/drives/environment';
import type { S3Config } from '../../../src/model/drive';
import { arrivedBody } from '../../drives/arrived-body';

export interface SmallS3Options {
  readonly addressing?: S3Config['addressing'];
  readonly prefix?: string;
  /** Answers 501 to conditions, as services do that do not know them. */
  readonly knowsNoCondition?: boolean;
}

export interface SmallS3 {
  readonly config: S3Config;
  readonly objects: Map<string, Buffer>;
  stop(): Promise<void>;
}

const bucket = 'camphor-test';
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const region = 'eu-test-1';

export async function startSmallS3({ addressing = 'path', prefix = '', knowsNoCondition = false }: SmallS3Options = {}): Promise<SmallS3> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('error', () => {});
    request.on('end', () => answer(request, response, Buffer.concat(pieces)));
  });
  const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const fail = (status: number, code: string, more = ''): void =>
      void response.writeHead(status, { 'Content-Type': 'application/xml' }).end(`<Error><Code>${code}</Code>${more}</Error>`);
    const hasBucket = addressing === 'path' ? url.pathname.startsWith(`/${bucket}/`) : url.hostname === `${bucket}.localhost`;
    if (!hasBucket) return fail(404, 'NoSuchBucket');
    const refusal = refuseSignature(request, url, body);
    if (refusal) return fail(403, refusal, `<ServerTime>${new Date().toISOString()}</ServerTime>`);
    const key = decodeURIComponent(url.pathname.slice(addressing === 'path' ? bucket.length + 2 : 1));
    if (request.method === 'GET' && key === '') return void response.end(listing(objects, url.searchParams));
    const object = objects.get(key);
    if (request.method === 'PUT') {
      const isConditional = request.headers['if-none-match'] !== undefined;
      if (isConditional && knowsNoCondition) return fail(501, 'NotImplemented');
      if (isConditional && object) return fail(412, 'PreconditionFailed');
      objects.set(key, body);
      return void response.end();
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      return void response.writeHead(204).end();
    }
    if (!object) return fail(404, 'NoSuchKey');
    sendObject(request, response, object);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://${addressing === 'path' ? '127.0.0.1' : 'localhost'}:${port}`;
  const stop = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => void server.close(() => resolve()));
  };
  return { config: { kind: 's3', endpoint, region, bucket, prefix, ...keys, addressing }, objects, stop };
}

function sendObject(request: IncomingMessage, response: ServerResponse, object: Buffer): void {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  const modified = { 'Last-Modified': new Date().toUTCString() };
  if (from === undefined || to === undefined)
    return void response
      .writeHead(200, { ...modified, 'Content-Length': object.length })
      .end(request.method === 'HEAD' ? undefined : object);
  const part = object.subarray(Number(from), Number(to) + 1);
  if (part.length === 0) return void response.writeHead(416).end('<Error><Code>InvalidRange</Code></Error>');
  response.writeHead(206, { 'Content-Range': `bytes ${from}-${Number(from) + part.length - 1}/${object.length}` }).end(part);
}

function listing(objects: ReadonlyMap<string, Buffer>, query: URLSearchParams): string {
  const encode = (key: string): string => encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? '';
  const all = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const limit = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const delimiter = query.get('delimiter');
  const isBelow = (key: string): boolean => delimiter !== null && key.slice(prefix.length).includes(delimiter);
  const page = all.slice(0, limit);
  const folders = new Set(page.filter(isBelow).map((key) => key.slice(0, key.indexOf('/', prefix.length) + 1)));
  const contents = page
    .filter((key) => !isBelow(key))
    .map((key) => `<Contents><Key>${encode(key)}</Key><Size>${objects.get(key)?.length}</Size></Contents>`);
  const next = all.length > limit ? `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>` : '';
  return (
    `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EncodingType>url</EncodingType>` +
    `<IsTruncated>${all.length > limit}</IsTruncated>${next}${contents.join('')}` +
    [...folders].map((folder) => `<CommonPrefixes><Prefix>${encode(folder)}</Prefix></CommonPrefixes>`).join('') +
    '</ListBucketResult>'
  );
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256Hex = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The code of the refusal, by Signature Version 4 as AWS documents it; null where the signature is right. */
function refuseSignature(request: IncomingMessage, url: URL, body: Buffer): string | null {
  const [, credential, signedNames, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? '') ??
    [];
  if (!credential || !signedNames || !signature) return 'AccessDenied';
  const [id, day, ...scope] = credential.split('/');
  if (id !== keys.accessKeyId) return 'InvalidAccessKeyId';
  if (request.headers['x-amz-content-sha256'] !== sha256Hex(body)) return 'XAmzContentSHA256Mismatch';
  const time = String(request.headers['x-amz-date']);
  const headerOf = (name: string): string => `${name}:${String(request.headers[name]).trim().replaceAll(/\s+/g, ' ')}\n`;
  const strict = (text: string): string =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const path = decodeURIComponent(url.pathname).split('/').map(strict).join('/');
  const query = [...url.searchParams].map(([name, value]) => `${strict(name)}=${strict(value)}`).sort();
  const canonical = [request.method, path, query.join('&'), signedNames.split(';').map(headerOf).join(''), signedNames, sha256Hex(body)];
  const key = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${keys.secretAccessKey}`, day ?? ''), region));
  const text = ['AWS4-HMAC-SHA256', time, [day, ...scope].join('/'), sha256Hex(canonical.join('\n'))].join('\n');
  if (scope.join('/') !== `${region}/s3/aws4_request` || hmac(key, text).toString('hex') !== signature) return 'SignatureDoesNotMatch';
  const timeMs = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  return Math.abs(timeMs - Date.now()) > 15 * 60_000 ? 'RequestTimeTooSkewed' : null;
}

/** A fetch that finds every host at home, since Node knows no names below `localhost`. */
export const localFetch: DriveEnvironment['fetch'] = (url, init) =>
  new Promise((resolve, reject) => {
    const { hostname, port, pathname, search, host } = new URL(url);
    if (!hostname.endsWith('.localhost')) return reject(new TypeError(hostname));
    const headers = { ...(init.headers as Record<string, string>), Host: host };
    const sent = sendRequest({ host: '127.0.0.1', port, path: pathname + search, method: init.method, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => {
        const hasBody = answer.statusCode !== 204 && init.method !== 'HEAD';
        resolve(
          new Response(hasBody ? Buffer.concat(pieces) : null, {
            status: answer.statusCode ?? 0,
            headers: answer.headers as Record<string, string>,
          }),
        );
      });
    });
    sent.on('error', reject);
    void arrivedBody(init).then((body) => sent.end(body ?? undefined), reject);
  });
