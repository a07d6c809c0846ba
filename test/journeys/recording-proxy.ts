// A proxy before a drive's server that keeps all that the drive receives: for looking through it afterwards.
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordingProxy {
  /** In place of the server's. */
  readonly url: string;
  /** Method, path, headers and body of every request, one after the other; passwords of the drive are left out. */
  received(): Buffer;
  stop(): Promise<void>;
}

/** Before the server at `target` (http). */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const upstream = new URL(target);
  const pieces: Buffer[] = [];
  const server = createServer((incoming, outgoing) => {
    const own = `http://${incoming.headers.host ?? ''}`;
    const { authorization: _, ...kept } = incoming.headers;
    pieces.push(Buffer.from(`${incoming.method ?? ''} ${incoming.url ?? ''}\n${JSON.stringify(kept)}\n`));
    const headers = { ...incoming.headers, host: upstream.host };
    const { destination } = incoming.headers;
    // A server moves only within itself, so it must know the address as its own.
    if (typeof destination === 'string') Object.assign(headers, { destination: destination.replace(own, upstream.origin) });
    const passed = forward(new URL(incoming.url ?? '/', upstream), { method: incoming.method ?? 'GET', headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${upstream.pathname}`,
    received: () => Buffer.concat(pieces),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
