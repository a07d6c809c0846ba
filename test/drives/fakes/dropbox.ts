// A contract fake of Dropbox (API v2: files.stone, auth.stone of dropbox/dropbox-api-spec, and the HTTP documentation): one app
// folder, kept as plain files. It has one user, no shared folders, no revisions, and counts no bytes.
import { randomUUID } from 'node:crypto';
import { readArgument } from './dropbox-arguments';
import { contentHash, createDropboxFiles, type DropboxFiles, type Metadata } from './dropbox-files';
import { createFakeConsent, type FakeConsent, json } from './fake-consent';
import { type FakeAnswer, type FakeRequest, type FakeService, startFakeService } from './fake-service';

/** Dropbox gives as many entries a page as it likes. */
const pageEntries = 100;
const requestLimitBytes = 150 * 1024 * 1024;

type Argument = Readonly<Record<string, unknown>>;

/** An answer of 409: the tags from the outside in, each the value of the one before. */
export function dropboxError(...tags: readonly string[]): FakeAnswer {
  const error = tags.reduceRight<unknown>((inner, tag) => ({ '.tag': tag, ...(inner === undefined ? {} : { [tag]: inner }) }), undefined);
  return json(409, { error_summary: `${tags.join('/')}/..`, error });
}

/** Of `files/upload`, whose reason has a name of its own. */
export function uploadError(...tags: readonly string[]): FakeAnswer {
  const { error } = JSON.parse(String(dropboxError(...tags).body)) as { readonly error: unknown };
  const path = { '.tag': 'path', reason: error, upload_session_id: 'pid_upload_session:of-a-failed-upload' };
  return json(409, { error_summary: `path/${tags.join('/')}/..`, error: path });
}

/** 429; without `retryAfterSeconds` as for writes that meet, which has been seen without it. */
export function rateLimit(reason: 'too_many_requests' | 'too_many_write_operations', retryAfterSeconds?: number): FakeAnswer {
  const error = { reason: { '.tag': reason }, ...(retryAfterSeconds === undefined ? {} : { retry_after: retryAfterSeconds }) };
  return json(429, { error_summary: `${reason}/..`, error });
}

export async function startDropbox(): Promise<FakeService & { readonly consent: FakeConsent }> {
  const consent = createFakeConsent('dropbox');
  const hosts = [...new Set([...consent.hosts, 'api.dropboxapi.com', 'content.dropboxapi.com'])];
  let held: Held | null = null;
  const service = await startFakeService({
    name: 'dropbox',
    hosts,
    // Nothing is known for sure of the headers that a page may read, beyond the one its SDK reads.
    exposes: ['Dropbox-API-Result'],
    async handle(request, { folder, violations }) {
      held ??= { files: createDropboxFiles(folder), sessions: new Map(), listings: new Map() };
      return consent.answer(request, violations) ?? answer(request, held, consent, violations);
    },
  });
  return { ...service, consent };
}

interface Held {
  readonly files: DropboxFiles;
  /** What was sent so far. */
  readonly sessions: Map<string, { bytes: Buffer; isClosed: boolean }>;
  readonly listings: Map<string, readonly Metadata[]>;
}

function answer(request: FakeRequest, held: Held, consent: FakeConsent, violations: string[]): FakeAnswer {
  const route = request.path.replace(/^\/2\//, '');
  const refuse = (words: string): FakeAnswer => {
    violations.push(`${route}: ${words}`);
    return {
      status: 400,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      body: `Error in call to API function "${route}": ${words}`,
    };
  };
  if (!request.path.startsWith('/2/')) return refuse('no API function');
  if (request.headers['authorization'] === undefined) return refuse('Must provide HTTP header "Authorization"');
  const argument = readArgument(request, route);
  if (typeof argument === 'string') return refuse(argument);
  if (request.query.size > 0) return refuse('a query');
  if (!consent.isSignedIn(request)) return json(401, { error_summary: 'expired_access_token/', error: { '.tag': 'expired_access_token' } });
  const wrong = (words: string, ...tags: readonly string[]): FakeAnswer => {
    violations.push(`${route}: ${words}`);
    return dropboxError(...tags);
  };
  const { path = '' } = (argument['commit'] ?? argument) as { readonly path?: string };
  if (path === '/' || path.endsWith('/') || path.includes('//')) return wrong(`path ${path}`, 'path', 'malformed_path');
  if (request.body.length > requestLimitBytes) return wrong('more than 150 MB', 'payload_too_large');
  const claimed = argument['content_hash'];
  if (claimed !== undefined && claimed !== contentHash(request.body)) return dropboxError('content_hash_mismatch');
  return call(route, { request, argument, path }, held, refuse);
}

interface Call {
  readonly request: FakeRequest;
  readonly argument: Argument;
  readonly path: string;
}

function call(route: string, { request, argument, path }: Call, held: Held, refuse: (words: string) => FakeAnswer): FakeAnswer {
  const { files } = held;
  switch (route) {
    case 'files/upload':
      return commit(files, argument, request.body, uploadError);
    case 'files/upload_session/start':
    case 'files/upload_session/append_v2':
    case 'files/upload_session/finish':
      return continueSession(route, { request, argument, path }, held);
    case 'files/get_metadata': {
      if (path === '') return refuse('the root has no metadata');
      const found = files.find(path);
      return found ? json(200, found) : dropboxError('path', 'not_found');
    }
    case 'files/delete_v2': {
      const metadata = files.find(path);
      if (!metadata) return dropboxError('path_lookup', 'not_found');
      files.remove(path);
      return json(200, { metadata });
    }
    case 'files/list_folder': {
      const found = path === '' ? null : files.find(path);
      if (path !== '' && found?.['.tag'] !== 'folder') return dropboxError('path', found ? 'not_folder' : 'not_found');
      const listing = `listing-${held.listings.size}`;
      held.listings.set(listing, files.list(path, argument['recursive'] === true));
      return page(held, `${listing}:0`);
    }
    case 'files/list_folder/continue':
      return page(held, String(argument['cursor']));
    default:
      return download(files, request, path);
  }
}

function page({ listings }: Held, cursor: string): FakeAnswer {
  const [, listing = '', from = ''] = /^(.*):(\d+)$/.exec(cursor) ?? [];
  const entries = listings.get(listing);
  if (!entries) return dropboxError('reset');
  const to = Number(from) + pageEntries;
  return json(200, { entries: entries.slice(Number(from), to), cursor: `${listing}:${to}`, has_more: to < entries.length });
}

function download(files: DropboxFiles, { headers }: FakeRequest, path: string): FakeAnswer {
  const found = files.find(path);
  if (found?.['.tag'] !== 'file') return dropboxError('path', found ? 'not_file' : 'not_found');
  const bytes = files.read(path);
  const result = JSON.stringify(found).replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const about = { 'Content-Type': 'application/octet-stream', 'Dropbox-API-Result': result, 'Accept-Ranges': 'bytes' };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers['range'] ?? '') ?? [];
  if (from === undefined) return { status: 200, headers: about, body: bytes };
  if (Number(from) >= bytes.length) return { status: 416, headers: { 'Content-Range': `bytes */${bytes.length}` } };
  const end = to ? Math.min(Number(to) + 1, bytes.length) : bytes.length;
  const range = { 'Content-Range': `bytes ${from}-${end - 1}/${bytes.length}` };
  return { status: 206, headers: { ...about, ...range }, body: bytes.subarray(Number(from), end) };
}

type WriteFault = (...tags: readonly string[]) => FakeAnswer;

/** Makes the file, where the mode and what is there allow it (`WriteMode` of files.stone). */
function commit(files: DropboxFiles, argument: Argument, bytes: Buffer, fault: WriteFault): FakeAnswer {
  const path = String(argument['path']);
  const name = path.slice(path.lastIndexOf('/') + 1);
  // oxlint-disable-next-line no-control-regex -- names that Dropbox does not take
  if (name.length > 255 || /[\\\u0000-\u001f]/.test(path)) return fault('disallowed_name');
  if (files.hasFileAbove(path)) return fault('conflict', 'file_ancestor');
  const there = files.find(path);
  if (there?.['.tag'] === 'folder') return fault('conflict', 'folder');
  const mode = (argument['mode'] as Argument | undefined)?.['.tag'] ?? argument['mode'] ?? 'add';
  if (there && mode === 'add') {
    const isSame = there['content_hash'] === contentHash(bytes);
    return isSame && argument['strict_conflict'] !== true ? fileAnswer(there) : fault('conflict', 'file');
  }
  return fileAnswer(files.write(path, bytes));
}

/** A route that gives a `FileMetadata` names no `.tag`. */
function fileAnswer(metadata: Metadata): FakeAnswer {
  return json(200, { ...metadata, '.tag': undefined });
}

function continueSession(route: string, { request, argument }: Call, { files, sessions }: Held): FakeAnswer {
  if (route.endsWith('/start')) {
    const session_id = `pid_upload_session:${randomUUID()}`;
    sessions.set(session_id, { bytes: request.body, isClosed: argument['close'] === true });
    return json(200, { session_id });
  }
  const isFinish = route.endsWith('/finish');
  const fault: WriteFault = (tag) => (isFinish ? dropboxError('lookup_failed', tag ?? '') : dropboxError(tag ?? ''));
  const { session_id, offset } = argument['cursor'] as Argument;
  const session = sessions.get(String(session_id));
  if (!session) return fault('not_found');
  if (session.isClosed && (!isFinish || request.body.length > 0)) return fault('closed');
  if (offset !== session.bytes.length) return wrongOffset(isFinish, session.bytes.length);
  session.bytes = Buffer.concat([session.bytes, request.body]);
  session.isClosed ||= argument['close'] === true;
  if (!isFinish) return { status: 200, headers: { 'Content-Type': 'application/json' }, body: 'null' };
  const made = commit(files, argument['commit'] as Argument, session.bytes, (...tags) => dropboxError('path', ...tags));
  if (made.status === 200) sessions.delete(String(session_id));
  return made;
}

function wrongOffset(isFinish: boolean, correct_offset: number): FakeAnswer {
  const lookup = { '.tag': 'incorrect_offset', correct_offset };
  const error = isFinish ? { '.tag': 'lookup_failed', lookup_failed: lookup } : lookup;
  return json(409, { error_summary: `${isFinish ? 'lookup_failed/' : ''}incorrect_offset/..`, error });
}
