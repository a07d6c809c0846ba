// The body of a 207: what a WebDAV server says of each resource (RFC 4918 §13, §14). Elements are known by namespace, whatever
// their prefix.

import { readWholeXml, type XmlEvent } from '../bytes/xml';
import { CamphorError } from '../model/error';

export interface DavResource {
  /** As the server wrote it: an address or a path, percent-encoded. */
  readonly href: string;
  /** Status of the resource itself; 200 where its properties came. */
  readonly status: number;
  readonly isFolder: boolean;
  /** Null where the server does not say. */
  readonly sizeBytes: number | null;
  /** As the server wrote it; null where it does not say. */
  readonly modified: string | null;
}

/** A listing of 50,000 files takes about 25 MiB. */
const limits = { sizeBytes: 64 * 1024 * 1024, depth: 32 };

export const multistatusLimitBytes = limits.sizeBytes;

/** What to ask for in a PROPFIND. */
export const propfindBody =
  '<?xml version="1.0" encoding="utf-8"?>' +
  '<propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/></prop></propfind>';

/** The resources, in order. Throws `drive-damaged` where it is no multistatus. */
export function readMultistatus(bytes: Uint8Array): DavResource[] {
  const events = readEvents(bytes);
  const resources: DavResource[] = [];
  const path: string[] = [];
  let text = '';
  let open = emptyResource();
  for (const event of events) {
    if (event.kind === 'text') text += event.text;
    else if (event.kind === 'open') {
      path.push(event.uri === 'DAV:' ? event.local : `{${event.uri}}${event.local}`);
      text = '';
      if (path.join('/') === 'multistatus/response') open = emptyResource();
    } else {
      closeElement(open, path.join('/'), text.trim());
      if (path.join('/') === 'multistatus/response') resources.push(finishResource(open));
      path.pop();
      text = '';
    }
  }
  const first = events[0];
  if (first?.kind !== 'open' || first.uri !== 'DAV:' || first.local !== 'multistatus')
    throw new CamphorError('drive-damaged', { step: 'listing' });
  return resources;
}

function readEvents(bytes: Uint8Array): XmlEvent[] {
  try {
    return readWholeXml(bytes, limits).filter((event) => event.kind !== 'text' || event.text.trim() !== '');
  } catch (cause) {
    throw new CamphorError('drive-damaged', { step: 'listing' }, cause);
  }
}

interface OpenResource {
  href: string;
  status: number | null;
  /** Properties of the `propstat` being read, and of those that succeeded. */
  read: Map<string, string>;
  found: Map<string, string>;
  readStatus: number;
}

function emptyResource(): OpenResource {
  return { href: '', status: null, read: new Map(), found: new Map(), readStatus: 200 };
}

const properties = 'multistatus/response/propstat/prop/';

function closeElement(open: OpenResource, path: string, text: string): void {
  if (path === 'multistatus/response/href') open.href ||= text;
  else if (path === 'multistatus/response/status') open.status = statusOf(text);
  else if (path === 'multistatus/response/propstat/status') open.readStatus = statusOf(text);
  else if (path.startsWith(properties)) open.read.set(path.slice(properties.length), text);
  else if (path === 'multistatus/response/propstat') {
    if (isSuccess(open.readStatus)) for (const [name, value] of open.read) open.found.set(name, value);
    open.read.clear();
    open.readStatus = 200;
  }
}

function finishResource({ href, status, found }: OpenResource): DavResource {
  const length = found.get('getcontentlength') ?? '';
  return {
    href,
    status: status ?? 200,
    isFolder: found.has('resourcetype/collection'),
    sizeBytes: /^\d{1,15}$/.test(length) ? Number(length) : null,
    modified: found.get('getlastmodified') ?? null,
  };
}

/** The number in `HTTP/1.1 200 OK`; 0 where there is none. */
function statusOf(text: string): number {
  return Number(/^HTTP\/[\d.]+ (\d{3})/.exec(text)?.[1] ?? 0);
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
