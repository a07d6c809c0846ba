// A fetch whose uploads break off in the middle, as when the tab is closed: the server is promised all bytes, and gets half.
import { request } from 'node:http';
import type { DriveEnvironment } from '../../../src/drives/environment';

export const cuttingFetch: DriveEnvironment['fetch'] = async (url, init) => {
  if (init.method !== 'PUT' || !(init.body instanceof Uint8Array)) return fetch(url, init);
  const body = init.body;
  await new Promise<void>((resolve) => {
    const sent = request(url, { method: 'PUT', headers: { ...(init.headers as Record<string, string>), 'Content-Length': body.length } });
    sent.on('error', () => {});
    sent.on('close', resolve);
    sent.write(body.subarray(0, body.length >> 1), () => setTimeout(() => sent.destroy(), 50));
  });
  throw new TypeError('cut');
};
