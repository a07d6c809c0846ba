// A contract fake: one server that answers for all hosts of a service as its specification says, refuses what it does not allow,
// and keeps what it was sent as plain files. Over http for tests in Node, over https for a browser that is led here.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FakeRequest {
  readonly host: string;
  readonly method: string;
  /** As sent, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** In place of an answer: the connection is cut, before the request was worked on or after it. */
export type Interruption = FakeAnswer | 'cut-before' | 'cut-after';

export interface FakeService {
  /** For `DriveEnvironment.fetch`: what is meant for the service comes here. Anything else fails. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Leads a Chromium here. */
  readonly chromiumArguments: readonly string[];
  /** What is kept, as files: what a stock tool reads. */
  readonly folder: string;
  /** What the specification does not allow, in words; a test expects none. */
  readonly violations: string[];
  /** All requests but preflights, in order. */
  readonly requests: FakeRequest[];
  /** The next `times` requests that match are answered so. */
  interrupt(matches: (request: FakeRequest) => boolean, interruption: Interruption, times?: number): void;
  stop(): Promise<void>;
}

export interface FakeOptions {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly handle: (request: FakeRequest, fake: Pick<FakeService, 'folder' | 'violations'>) => Promise<FakeAnswer>;
  /** Headers of answers that a page may read. */
  readonly exposes?: readonly string[];
}

const hostHeader = 'x-fake-host';

export async function startFakeService({ name, hosts, handle, exposes = [] }: FakeOptions): Promise<FakeService> {
  const root = mkdtempSync(join(tmpdir(), `camphor-fake-${name}-`));
  const folder = join(root, 'files');
  mkdirSync(folder);
  const [violations, requests]: [string[], FakeRequest[]] = [[], []];
  const interruptions: { readonly matches: (request: FakeRequest) => boolean; readonly with: Interruption; left: number }[] = [];
  const work = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(message);
    const cors = corsOf(message, exposes);
    if (request === null) return;
    if (request.method === 'OPTIONS') return void response.writeHead(200, cors).end();
    requests.push(request);
    const interruption = interruptions.find(({ matches, left }) => left > 0 && matches(request));
    if (interruption) interruption.left -= 1;
    if (interruption?.with === 'cut-before') return void response.destroy();
    const given = interruption?.with;
    const answer = typeof given === 'object' ? given : await handle(request, { folder, violations });
    if (given === 'cut-after') return void response.destroy();
    response.writeHead(answer.status, { ...cors, ...answer.headers }).end(answer.body);
  };
  const listener: RequestListener = (message, response) =>
    void work(message, response).catch((error: unknown) => {
      violations.push(`the fake failed: ${String(error)}`);
      response.destroy();
    });
  const plain = await listen(createServer(listener));
  const secure = await listen(createSecureServer(makeCertificate(root, hosts), listener));
  return {
    folder,
    violations,
    requests,
    fetch: (url, init) => leadTo(plain.port, hosts, url, init),
    chromiumArguments: [
      '--ignore-certificate-errors',
      `--host-resolver-rules=${hosts.map((host) => `MAP ${host}:443 127.0.0.1:${secure.port}`).join(',')}`,
    ],
    interrupt: (matches, interruption, times = 1) => void interruptions.push({ matches, with: interruption, left: times }),
    async stop() {
      await Promise.all([plain.stop(), secure.stop()]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function readRequest(message: IncomingMessage): Promise<FakeRequest | null> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of message) pieces.push(piece as Buffer);
  } catch {
    return null;
  }
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
  const host = headers[hostHeader] ?? (headers['host'] ?? '').replace(/:\d+$/, '');
  const url = new URL(message.url ?? '/', `https://${host}`);
  return { host, method: message.method ?? '', path: url.pathname, query: url.searchParams, headers, body: Buffer.concat(pieces) };
}

/** The three services answer every origin, and allow what was asked for. */
function corsOf(message: IncomingMessage, exposes: readonly string[]): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers': String(message.headers['access-control-request-headers'] ?? ''),
    ...(exposes.length > 0 ? { 'Access-Control-Expose-Headers': exposes.join(', ') } : {}),
  };
}

async function listen(server: Server): Promise<{ readonly port: number; stop(): Promise<void> }> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: (server.address() as AddressInfo).port, stop };
}

/** For a browser that is told not to look at it. */
function makeCertificate(folder: string, hosts: readonly string[]): { readonly key: Buffer; readonly cert: Buffer } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`;
  const parameters = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', [...parameters, '-subj', '/CN=fake', '-addext', names, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

async function leadTo(port: number, hosts: readonly string[], address: string, init: RequestInit): Promise<Response> {
  const url = new URL(address);
  if (url.protocol !== 'https:' || !hosts.includes(url.hostname)) throw new TypeError(`no way to ${url.origin}`);
  const headers = new Headers(init.headers);
  headers.set(hostHeader, url.hostname);
  return fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, { ...init, headers });
}
