// Uploads that break off in the middle, as when the tab is closed: the server is promised all bytes, and gets half.
import { request } from 'node:http';
import type { DriveEnvironment } from '../../../src/drives/environment';
import { arrivedBody } from '../../drives/arrived-body';

/** A fetch all of whose uploads are cut. */
export const cuttingFetch: DriveEnvironment['fetch'] = (url, init) => (isUpload(init) ? sendHalf(url, init) : fetch(url, init));

/** A fetch whose uploads to such names are in the middle until they are aborted, however quick the line. */
export function stallingFetch(names: RegExp): DriveEnvironment['fetch'] {
  return (url, init) => (isUpload(init) && names.test(url) ? sendHalf(url, init, init.signal) : fetch(url, init));
}

function isUpload(init: RequestInit): boolean {
  return init.method === 'PUT' && (init.body instanceof Uint8Array || init.body instanceof Blob);
}

/** Half of the body; then the line is cut, at once or when the signal says so. */
async function sendHalf(url: string, init: RequestInit, signal?: AbortSignal | null): Promise<never> {
  const body = (await arrivedBody(init)) as Uint8Array;
  await new Promise<void>((resolve) => {
    const headers = { ...(init.headers as Record<string, string>), 'Content-Length': body.length };
    const sent = request(url, { method: 'PUT', headers });
    const cut = (): void => void setTimeout(() => sent.destroy(), 50);
    sent.on('error', () => {});
    sent.on('close', resolve);
    sent.write(body.subarray(0, body.length >> 1), () => (!signal || signal.aborted ? cut() : signal.addEventListener('abort', cut)));
  });
  throw new TypeError('cut');
}
