// A WebDAV server as a fetch: files in a map, one account, and a fault at the n-th request. The answers are those of Apache.
import type { DriveEnvironment } from '../../src/drives/environment';
import { arrivedBody } from './arrived-body';

export const faultKinds = [
  /** Nothing arrives. */ 'no-connection',
  /** It is done, and the answer is lost. */ 'lost-answer',
  /** Nothing comes back. */ 'hang',
  /** An upload is cut in the middle. */ 'cut-upload',
  /** An answer's body is cut in the middle. */ 'cut-body',
  'page',
  'status-500',
  'status-502',
  'status-503',
  'status-429',
  'status-401',
  'status-403',
  'status-413',
  'status-507',
  'redirect',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface MemoryWebdav {
  readonly fetch: DriveEnvironment['fetch'];
  /** By path from the root, without `/` at the end; null for a folder. */
  readonly resources: Map<string, Uint8Array<ArrayBuffer> | null>;
  /** `METHOD url` of each request. */
  readonly requests: string[];
}

export interface WebdavFault {
  readonly kind: FaultKind;
  /** The request that meets it, counted from 1. */
  readonly at: number;
  readonly times?: number;
}

const root = '/dav/me';

export function createMemoryWebdav(fault: WebdavFault | null = null): MemoryWebdav {
  const resources: MemoryWebdav['resources'] = new Map([[root, null]]);
  const requests: string[] = [];
  const fetchIt: DriveEnvironment['fetch'] = async (url, sent) => {
    requests.push(`${sent.method} ${url}`);
    const init = { ...sent, body: await arrivedBody(sent) };
    const isFault = fault !== null && requests.length >= fault.at && requests.length < fault.at + (fault.times ?? 1);
    return isFault ? failing(fault.kind, resources, url, init) : answer(resources, url, init);
  };
  return { fetch: fetchIt, resources, requests };
}

async function failing(kind: FaultKind, resources: MemoryWebdav['resources'], url: string, init: RequestInit): Promise<Response> {
  const body = init.body;
  if (kind === 'hang')
    return new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))));
  if (kind === 'cut-upload' && body instanceof Uint8Array) {
    answer(resources, url, { ...init, body: body.slice(0, body.length >> 1) as Uint8Array<ArrayBuffer> });
    throw new TypeError('network');
  }
  if (kind === 'lost-answer') {
    answer(resources, url, init);
    throw new TypeError('network');
  }
  if (kind === 'no-connection' || kind === 'cut-upload') throw new TypeError('network');
  if (kind === 'cut-body') {
    const whole = new Uint8Array(await answer(resources, url, init).arrayBuffer());
    return new Response(whole.slice(0, whole.length >> 1), { status: 200, headers: { 'Content-Length': String(whole.length + 2) } });
  }
  if (kind === 'page') return new Response('<html>Sign in', { headers: { 'Content-Type': 'text/html' } });
  if (kind === 'redirect') return new Response(null, { status: 302, headers: { Location: 'https://elsewhere.example/' } });
  const status = Number(kind.slice('status-'.length));
  return new Response('no', { status, headers: status === 429 ? { 'Retry-After': '3' } : {} });
}

function answer(resources: MemoryWebdav['resources'], url: string, init: RequestInit): Response {
  const path = decodeURIComponent(new URL(url).pathname).replace(/\/$/, '');
  const headers = new Headers(init.headers);
  const existing = resources.get(path);
  const parent = path.slice(0, path.lastIndexOf('/'));
  if (headers.get('authorization') !== `Basic ${btoa('me:secret')}`) return new Response('', { status: 401 });
  switch (init.method) {
    case 'PROPFIND':
      return existing === undefined ? new Response('', { status: 404 }) : propfind(resources, path);
    case 'GET':
      return existing ? part(existing, headers.get('range')) : new Response('', { status: 404 });
    case 'PUT':
      if (resources.get(parent) !== null) return new Response('', { status: 409 });
      resources.set(path, new Uint8Array(init.body as Uint8Array<ArrayBuffer>).slice());
      return new Response(null, { status: existing === undefined ? 201 : 204 });
    case 'MKCOL':
      if (existing !== undefined) return new Response('', { status: 405 });
      if (resources.get(parent) !== null) return new Response('', { status: 409 });
      resources.set(path, null);
      return new Response(null, { status: 201 });
    case 'MOVE': {
      const target = decodeURIComponent(new URL(headers.get('destination') ?? '', url).pathname);
      if (existing === undefined) return new Response('', { status: 404 });
      if (resources.get(target.slice(0, target.lastIndexOf('/'))) !== null) return new Response('', { status: 500 });
      if (resources.has(target) && headers.get('overwrite') === 'F') return new Response('', { status: 412 });
      resources.set(target, existing);
      resources.delete(path);
      return new Response(null, { status: 201 });
    }
    case 'DELETE':
      return new Response(null, { status: resources.delete(path) ? 204 : 404 });
    default:
      return new Response('', { status: 405 });
  }
}

function part(bytes: Uint8Array<ArrayBuffer>, range: string | null): Response {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  if (from === undefined || to === undefined) return new Response(bytes, { headers: { 'Content-Length': String(bytes.length) } });
  const cut = bytes.slice(Number(from), Number(to) + 1);
  if (cut.length === 0) return new Response('', { status: 416 });
  return new Response(cut, { status: 206, headers: { 'Content-Range': `bytes ${from}-${Number(from) + cut.length - 1}/${bytes.length}` } });
}

function propfind(resources: MemoryWebdav['resources'], path: string): Response {
  const children = [...resources].filter(
    ([each]) => each === path || (each.startsWith(`${path}/`) && !each.slice(path.length + 1).includes('/')),
  );
  return new Response(multistatus(children), { status: 207, headers: { 'Content-Type': 'application/xml' } });
}

/** A listing as servers write it. */
export function multistatus(resources: readonly (readonly [path: string, bytes: Uint8Array | null])[]): string {
  const each = resources.map(([path, bytes]) => {
    const kind = bytes === null ? '<D:resourcetype><D:collection/></D:resourcetype>' : '<D:resourcetype/>';
    const length = bytes === null ? '' : `<D:getcontentlength>${bytes.length}</D:getcontentlength>`;
    const href = path.split('/').map(encodeURIComponent).join('/') + (bytes === null ? '/' : '');
    return `<D:response><D:href>${href}</D:href><D:propstat><D:prop>${kind}${length}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><D:multistatus xmlns:D="DAV:">${each.join('')}</D:multistatus>`;
}
