// The seven verbs of WebDAV that a drive needs, with Basic authentication, over one HTTP request each.

import { encodeBase64 } from '../bytes/base64';
import type { WebdavConfig } from '../model/drive';
import { CamphorError } from '../model/error';
import { createDriveClock, type DriveClock } from './drive-clock';
import type { DriveEnvironment } from './environment';
import type { FileContent } from './file-content';
import { type HttpAnswer, sendRequest } from './http';
import { isPage } from './http-file';
import { errorOfStatus, waitMsOf } from './http-status';
import { type DavResource, isSuccess, multistatusLimitBytes, propfindBody, readMultistatus } from './multistatus';

export type WebdavVerb = 'PROPFIND' | 'PUT' | 'MOVE' | 'GET' | 'DELETE' | 'MKCOL' | 'HEAD';

export interface WebdavRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: FileContent | string;
  readonly signal?: AbortSignal;
  readonly onSend?: () => void;
}

export interface WebdavClient {
  /** Address of the folder, ending in `/`. */
  readonly root: URL;
  readonly clock: DriveClock;
  /** Address of a path below the root; a folder's ends in `/`. */
  urlOf(path: string): string;
  /** Any status but a redirect is an answer. */
  send(verb: WebdavVerb, path: string, request?: WebdavRequest): Promise<HttpAnswer>;
  /** Takes the answer to a change as a success, or throws what it means; a page with 200 is no server's that did anything. */
  complete(verb: WebdavVerb, answer: HttpAnswer): Promise<void>;
  /** The error for an answer that is no success; lets go of its body. */
  refuse(verb: WebdavVerb, answer: HttpAnswer): Promise<CamphorError>;
  /** What is there and, for a folder, directly in it; null where nothing is. Throws `drive-damaged` for any other page. */
  propfind(path: string): Promise<DavResource[] | null>;
}

const writes: readonly WebdavVerb[] = ['PUT', 'MOVE', 'DELETE', 'MKCOL'];

/** A client for the folder. The credentials go into the header of requests to its own address, and nowhere else. */
export function createWebdavClient(config: WebdavConfig, environment: DriveEnvironment): WebdavClient {
  const root = new URL(config.url.endsWith('/') ? config.url : `${config.url}/`);
  const clock = createDriveClock(environment.nowMs);
  const signedIn = signInHeaders(config);
  let wasSignedIn = false;
  const client: WebdavClient = {
    root,
    clock,
    urlOf: (path) => root.href + path,
    async send(verb, path, request = {}) {
      const url = client.urlOf(path);
      const answer = await sendRequest(environment, { ...request, method: verb, url, headers: { ...signedIn, ...request.headers } });
      clock.hear(answer.headers.get('date'));
      if (showsSignedIn(answer.status)) wasSignedIn = true;
      return answer;
    },
    async complete(verb, answer) {
      if (!isSuccess(answer.status) || answer.status === 207) throw await client.refuse(verb, answer);
      const isPageInstead = answer.status === 200 && isPage(answer.headers, await answer.readBytes(0, 64));
      await answer.discard();
      if (isPageInstead) throw new CamphorError('drive-damaged', { step: 'page' });
    },
    async refuse(verb, answer) {
      await answer.discard();
      const waitMs = waitMsOf(answer.headers, environment.nowMs());
      return errorOfStatus(answer.status, { isWrite: writes.includes(verb), wasSignedIn, waitMs });
    },
    propfind: (path) => propfind(client, path),
  };
  return client;
}

async function propfind(client: WebdavClient, path: string): Promise<DavResource[] | null> {
  const headers = { Depth: '1', 'Content-Type': 'application/xml; charset=utf-8' };
  const answer = await client.send('PROPFIND', path, { headers, body: propfindBody });
  if (answer.status === 404 || answer.status === 410) {
    await answer.discard();
    return null;
  }
  if (!isSuccess(answer.status)) throw await client.refuse('PROPFIND', answer);
  const bytes = await answer.readBytes(0, multistatusLimitBytes);
  if (answer.status === 207) return readMultistatus(bytes);
  throw new CamphorError('drive-damaged', { step: isPage(answer.headers, bytes) ? 'page' : 'listing' });
}

/** True for answers that come only after the credentials were looked at; a 200 may be anybody's page. */
function showsSignedIn(status: number): boolean {
  return (isSuccess(status) && status !== 200) || status === 404 || status === 409 || status === 412;
}

/** Basic authentication over UTF-8 (RFC 7617 §2.1); none without a name and a password. */
function signInHeaders({ username, password }: WebdavConfig): Record<string, string> {
  if (username === '' && password === '') return {};
  return { Authorization: `Basic ${encodeBase64(new TextEncoder().encode(`${username}:${password}`))}` };
}
