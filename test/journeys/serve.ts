// A small static server: the built app, with the headers of `_headers` or without any, as hosts of both kinds serve it.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, request as startRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { headersFor, parseHeaders } from './headers';

export interface Site {
  /** Ends with a slash. */
  readonly url: string;
  /** Every request so far: method and path with query. */
  readonly requests: readonly { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  /** Serves another folder from now on, as a deployment does. */
  deploy(folder: string): void;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** True: the rules of the folder's `_headers`. */
  readonly headers?: boolean;
  /** A folder of the site to serve it from, such as `/camphor/`. */
  readonly base?: string;
  /** Changes a file on its way out. */
  readonly rewrite?: (path: string, body: Buffer) => Buffer | string;
  /** Answers instead of the folder; null leaves it to the folder. */
  readonly answer?: (path: string) => { readonly type: string; readonly body: string } | null;
  /** Another server that answers for what lies below a path, as a reverse proxy has it; the path stays. */
  readonly forward?: { readonly below: string; readonly to: string };
  /** 127.0.0.1 where not given. */
  readonly host?: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
};

/** With the host that the browser named, which a WebDAV server compares with that of a destination. */
function forward(request: IncomingMessage, response: ServerResponse, to: string): void {
  const { method, headers, url = '/' } = request;
  const onward = startRequest(new URL(url, to), { method: method ?? 'GET', headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

/** Serves `folder` on a free port of localhost. */
export async function serveSite(folder: string, options: SiteOptions = {}): Promise<Site> {
  const base = options.base ?? '/';
  const requests: { method: string; path: string; headers: IncomingMessage['headers'] }[] = [];
  let current = folder;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push({ method: request.method ?? '', path, headers: request.headers });
    const { pathname } = new URL(path, 'http://localhost');
    if (options.forward !== undefined && pathname.startsWith(options.forward.below)) return forward(request, response, options.forward.to);
    const own = options.answer?.(path) ?? null;
    if (own !== null) return void response.writeHead(200, { 'content-type': own.type }).end(own.body);
    const name = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : '..';
    const file = join(current, name === '' ? 'index.html' : name);
    if (!normalize(file).startsWith(current) || !existsSync(file) || !statSync(file).isFile())
      return void response.writeHead(404).end('not found');
    const rules = options.headers === true ? headersFor(parseHeaders(readFileSync(join(current, '_headers'), 'utf8')), `/${name}`) : [];
    for (const [header, value] of rules) response.appendHeader(header, value);
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    const body = readFileSync(file);
    response.end(options.rewrite?.(pathname, body) ?? body);
  });
  await new Promise<void>((resolve) => server.listen(0, options.host ?? '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host ?? 'localhost'}:${port}${base}`,
    requests,
    deploy: (next) => (current = next),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
