// Files of OneDrive, from the addresses that Graph gives for them: `/content` answers with a redirect, which a page may not follow
// after a preflight (learn.microsoft.com/graph/api/driveitem-get-content, on JavaScript apps). No token goes there.

import { CamphorError } from '../model/error';
import type { CloudClient } from './cloud-client';
import type { ByteRange } from './drive';
import { rangeHeaders, readFileBytes } from './http-file';
import { checkGivenUrl, itemUrl, readItem } from './onedrive-items';

export interface OnedriveDownloads {
  /** The file at a path below the app's folder, or a range of it. Throws as `Drive.read`. */
  read(path: string, range: ByteRange | undefined): Promise<Uint8Array<ArrayBuffer>>;
  /** The file has gone or is another one. */
  forget(path: string): void;
}

/** Documents say "a few minutes" in one place, and an hour in another. */
const keptMs = 3 * 60_000;
const mostKept = 200;

/** What an address answers that has come to its end. */
const endedStatuses = [401, 403, 404, 410];

export function createOnedriveDownloads(client: CloudClient, nowMs: () => number): OnedriveDownloads {
  const kept = new Map<string, { readonly url: string; readonly atMs: number }>();
  const keep = (path: string, url: string): void => {
    kept.delete(path);
    kept.set(path, { url, atMs: nowMs() });
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  };
  const ask = async (path: string): Promise<string> => {
    const url = itemUrl(path, '') + '?select=id,size,@microsoft.graph.downloadUrl';
    const { downloadUrl } = await readItem(await client.send({ method: 'GET', url, headers: {} }));
    const given = checkGivenUrl(downloadUrl);
    keep(path, given);
    return given;
  };
  /** Null where the address has ended. */
  const readFrom = async (url: string, range: ByteRange | undefined): Promise<Uint8Array<ArrayBuffer> | null> => {
    const answer = await client.sendBare({ method: 'GET', url, headers: rangeHeaders(range) }, [416, ...endedStatuses]);
    if (endedStatuses.includes(answer.status)) {
      await answer.discard();
      return null;
    }
    const bytes = await readFileBytes(answer, range);
    if (bytes === null) throw new CamphorError('drive-failed', { status: answer.status });
    return bytes;
  };
  return {
    async read(path, range) {
      const found = kept.get(path);
      const isFresh = found !== undefined && nowMs() - found.atMs < keptMs;
      const bytes = isFresh ? await readFrom(found.url, range) : null;
      const again = bytes ?? (await readFrom(await ask(path), range));
      if (again !== null) return again;
      kept.delete(path);
      // An address this moment given: it may serve the next time.
      throw new CamphorError('drive-damaged', { step: 'address' });
    },
    forget: (path) => void kept.delete(path),
  };
}
