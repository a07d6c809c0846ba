// A proxy before a drive's server that does to each request what a test says: networks, hotspots and servers as they are.
import { createServer, type IncomingMessage, request as forward, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fault =
  | /** Answers by itself, with what a browser needs to see it. */ {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Ends the connection at once. */
  | { readonly kind: 'refuse' }
  /** Keeps the request until `release`; what came of its body by then is dropped where `release` is never called. */
  | { readonly kind: 'hold' }
  /** Passes so much of the body on, then ends both connections. */
  | { readonly kind: 'cut-body'; readonly bytes: number }
  /** Passes so much of the answer's body back, then ends the connection. */
  | { readonly kind: 'cut-answer'; readonly bytes: number }
  /** The server does it, and nobody hears of it. */
  | { readonly kind: 'drop-answer' }
  /** The server is asked twice; its second answer is passed back. */
  | { readonly kind: 'twice' };

export interface SeenRequest {
  readonly method: string;
  /** Path without the leading slash. */
  readonly path: string;
  /** Path in the `Destination` header; '' without one. */
  readonly destination: string;
  readonly headers: IncomingMessage['headers'];
  /** Bytes of the body that came. */
  bodyBytes: number;
}

export interface FaultProxy {
  /** In place of the server's; ends in `/`. */
  readonly url: string;
  /** Everything that came, in order. */
  readonly requests: readonly SeenRequest[];
  /** What becomes of a request; null passes it on. May be changed at any time. */
  faultOf: (request: SeenRequest) => Fault | null;
  /** Resolves when a request is held, or was cut. */
  reached(): Promise<SeenRequest>;
  /** Passes on what is held. */
  release(): void;
  stop(): Promise<void>;
}

const corsFor = ({ headers }: IncomingMessage): Record<string, string> =>
  headers.origin === undefined ? {} : { 'Access-Control-Allow-Origin': headers.origin, 'Access-Control-Expose-Headers': '*' };

async function bodyOf(incoming: IncomingMessage, seen: SeenRequest): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming as AsyncIterable<Buffer>) {
    pieces.push(piece);
    seen.bodyBytes += piece.length;
  }
  return Buffer.concat(pieces);
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Before the server at `target` (http). */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const upstream = new URL(target);
  const requests: SeenRequest[] = [];
  const watchers: ((request: SeenRequest) => void)[] = [];
  const held: (() => void)[] = [];

  const ask = (incoming: IncomingMessage, body: Buffer, cutAt = Infinity): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { ...incoming.headers, host: upstream.host, 'content-length': String(body.length) };
      const { destination } = incoming.headers;
      if (typeof destination === 'string')
        Object.assign(headers, { destination: new URL(new URL(destination, upstream).pathname, upstream).href });
      const passed = forward(new URL(incoming.url ?? '/', upstream), { method: incoming.method ?? 'GET', headers }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(pieces) }));
        answer.on('error', reject);
      });
      passed.on('error', reject);
      if (cutAt >= body.length) passed.end(body);
      else passed.write(body.subarray(0, cutAt), () => setTimeout(() => passed.destroy(new Error('cut')), 50));
    });

  const tell = (seen: SeenRequest): void => watchers.splice(0).forEach((watcher) => watcher(seen));
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer, upToBytes = Infinity): Promise<void> => {
    const answer = await ask(incoming, body);
    outgoing.writeHead(answer.status, answer.headers);
    if (upToBytes >= answer.body.length) return void outgoing.end(answer.body);
    outgoing.write(answer.body.subarray(0, upToBytes), () => setTimeout(() => outgoing.destroy(), 20));
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { destination } = incoming.headers;
    const seen: SeenRequest = {
      method: incoming.method ?? '',
      path: (incoming.url ?? '/').slice(1),
      destination: typeof destination === 'string' ? new URL(destination, upstream).pathname.slice(1) : '',
      headers: incoming.headers,
      bodyBytes: 0,
    };
    requests.push(seen);
    const fault = seen.method === 'OPTIONS' ? null : proxy.faultOf(seen);
    if (fault?.kind === 'refuse') return void outgoing.destroy();
    const body = await bodyOf(incoming, seen);
    switch (fault?.kind) {
      case undefined:
        return pass(incoming, outgoing, body);
      case 'answer':
        outgoing.writeHead(fault.status, { ...corsFor(incoming), ...fault.headers });
        return void outgoing.end(fault.body ?? '');
      case 'hold': {
        const released = new Promise<void>((resolve) => void held.push(resolve));
        tell(seen);
        await released;
        return pass(incoming, outgoing, body);
      }
      case 'cut-body':
        await ask(incoming, body, fault.bytes).catch(() => null);
        tell(seen);
        return void outgoing.destroy();
      case 'cut-answer':
        return pass(incoming, outgoing, body, fault.bytes);
      case 'drop-answer':
        await ask(incoming, body);
        return void outgoing.destroy();
      case 'twice':
        await ask(incoming, body);
        return pass(incoming, outgoing, body);
    }
  };

  const server = createServer((incoming, outgoing) => {
    // A browser that was killed, or a server that ended: there is nobody to tell.
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${upstream.pathname}`,
    requests,
    faultOf: () => null,
    reached: () => new Promise((resolve) => void watchers.push(resolve)),
    release: () => held.splice(0).forEach((release) => release()),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
