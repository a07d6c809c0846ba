// Listings of S3 (ListObjectsV2), page by page.

import { readWholeXml } from '../bytes/xml';
import { CamphorError } from '../model/error';
import type { DriveEntry, Listing } from './drive';
import { isName } from './name';

export interface S3Page {
  readonly objects: readonly { readonly key: string; readonly sizeBytes: number }[];
  /** Beginnings of keys up to the delimiter, where one was asked for. */
  readonly prefixes: readonly string[];
  readonly isTruncated: boolean;
  readonly nextToken: string | null;
}

/** A page of 1,000 keys of 1,024 bytes, escaped, takes less. */
const limits = { sizeBytes: 16 * 1024 * 1024, depth: 16 };

export const pageLimitBytes = limits.sizeBytes;

/** Reads a page. Throws `drive-damaged` where it is none. */
export function readPage(bytes: Uint8Array): S3Page {
  const objects: { key: string; sizeBytes: number }[] = [];
  const prefixes: string[] = [];
  const texts = new Map<string, string>();
  const path: string[] = [];
  let text = '';
  let isPage = false;
  for (const event of readEvents(bytes)) {
    if (event.kind === 'text') text += event.text;
    else if (event.kind === 'open') {
      path.push(event.local);
      text = '';
    } else {
      const where = path.join('/');
      texts.set(where, text);
      if (where === 'ListBucketResult') isPage = true;
      else if (where === `${root}/Contents`)
        objects.push({ key: texts.get(`${where}/Key`) ?? '', sizeBytes: Number(texts.get(`${where}/Size`)) });
      else if (where === `${root}/CommonPrefixes`) prefixes.push(texts.get(`${where}/Prefix`) ?? '');
      path.pop();
      text = '';
    }
  }
  if (!isPage) throw new CamphorError('drive-damaged', { step: 'listing' });
  const decode = texts.get(`${root}/EncodingType`) === 'url' ? decodeKey : (key: string) => key;
  return {
    objects: objects.map(({ key, sizeBytes }) => ({ key: decode(key), sizeBytes })),
    prefixes: prefixes.map(decode),
    isTruncated: texts.get(`${root}/IsTruncated`) === 'true',
    nextToken: texts.get(`${root}/NextContinuationToken`) || null,
  };
}

const root = 'ListBucketResult';

function readEvents(bytes: Uint8Array): ReturnType<typeof readWholeXml> {
  try {
    return readWholeXml(bytes, limits);
  } catch (cause) {
    throw new CamphorError('drive-damaged', { step: 'listing' }, cause);
  }
}

/** Keys are encoded as in a form: `+` is a space. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

const pageLimit = 10_000;

/** All pages after one another, as names without `prefix`; those that no repository has are left out. */
export async function listPages(prefix: string, askPage: (token: string | null) => Promise<S3Page>): Promise<Listing> {
  const entries: DriveEntry[] = [];
  let token: string | null = null;
  let isSuspect = false;
  for (let pages = 0; pages < pageLimit; pages++) {
    const page: S3Page = await askPage(token);
    for (const { key, sizeBytes } of page.objects) {
      const name = key.startsWith(prefix) ? key.slice(prefix.length) : '';
      if (!isName(name)) continue;
      if (Number.isSafeInteger(sizeBytes) && sizeBytes >= 0) entries.push({ name, sizeBytes });
      else isSuspect = true;
    }
    if (!page.isTruncated) return { entries, isSuspect };
    // More is there, and no way to it, or the same way again.
    if (page.nextToken === null || page.nextToken === token) break;
    token = page.nextToken;
  }
  return { entries, isSuspect: true };
}
