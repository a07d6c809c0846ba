// Uploads to the contract fake of Google Drive: what a file is and its bytes in one request, or a session that goes on where it was
// cut (developers.google.com/workspace/drive/api/guides/manage-uploads).
import { randomBytes } from 'node:crypto';
import { json } from './fake-consent';
import type { FakeAnswer, FakeRequest } from './fake-service';
import { fileMask, googleError, googleHost, type GoogleState, type NewFile, refuse } from './google-state';
import { folderType, shownNode } from './google-tree';

const unitBytes = 256 * 1024;

export function handleUpload(request: FakeRequest, state: GoogleState, isSignedIn: boolean): FakeAnswer {
  const { method, query } = request;
  if (method === 'PUT') return continueSession(request, state);
  if (!isSignedIn) return googleError(401, 'authError');
  const mask = fileMask(query);
  if (method !== 'POST' || mask === null) return refuse(state, `${method} of an upload, fields=${query.get('fields')}`);
  if ([...query.keys()].some((name) => name !== 'uploadType' && name !== 'fields')) return refuse(state, `upload?${query.toString()}`);
  if (query.get('uploadType') === 'multipart') return putWhole(request, mask, state);
  if (query.get('uploadType') === 'resumable') return beginSession(request, mask, state);
  return refuse(state, `uploadType=${query.get('uploadType')}`);
}

/** The file that is to be, or why it cannot. */
function readAbout(text: string, state: GoogleState): NewFile | FakeAnswer {
  const { id, name, mimeType, parents, ...others } = JSON.parse(text) as Record<string, unknown>;
  const [parentId, ...more] = Array.isArray(parents) ? (parents as unknown[]) : [];
  const isWhole = [id, name, mimeType, parentId].every((value) => typeof value === 'string' && value !== '');
  if (!isWhole || more.length > 0 || Object.keys(others).length > 0 || mimeType === folderType) return refuse(state, `a file by ${text}`);
  const file = { id, name, mimeType, parentId } as NewFile;
  if (!state.given.has(file.id)) return refuse(state, 'an id that was not given');
  if (state.tree.nodes.has(file.id)) return googleError(409, 'fileIdInUse');
  if (state.tree.nodes.get(file.parentId)?.mimeType !== folderType) return googleError(404, 'notFound');
  return file;
}

const isAnswer = (value: NewFile | FakeAnswer): value is FakeAnswer => 'status' in value;

function complete(file: NewFile, bytes: Buffer, mask: readonly string[], state: GoogleState): FakeAnswer {
  if (state.tree.nodes.has(file.id)) return googleError(409, 'fileIdInUse');
  if (!state.tree.nodes.has(file.parentId)) return googleError(404, 'notFound');
  return json(200, shownNode(state.tree, state.tree.add({ ...file, bytes }), mask));
}

/** RFC 2387, of two parts. */
function putWhole({ headers, body }: FakeRequest, mask: readonly string[], state: GoogleState): FakeAnswer {
  const boundary = /^multipart\/related; boundary=([\w-]{1,70})$/.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return refuse(state, `an upload as ${headers['content-type']}`);
  if (body.length > 5_000_000) return refuse(state, 'an upload of more than 5 MB in one request');
  const text = body.toString('latin1');
  const parts = text.split(`\r\n--${boundary}`);
  const [first = '', second = '', end] = parts;
  const about = /^--[\w-]+\r\nContent-Type: application\/json; charset=UTF-8\r\n\r\n(.*)$/s.exec(first)?.[1];
  const content = /^\r\nContent-Type: [\w/-]+\r\n\r\n(.*)$/s.exec(second)?.[1];
  if (parts.length !== 3 || end !== '--' || about === undefined || content === undefined)
    return refuse(state, 'an upload that is not of two parts');
  const file = readAbout(Buffer.from(about, 'latin1').toString('utf8'), state);
  return isAnswer(file) ? file : complete(file, Buffer.from(content, 'latin1'), mask, state);
}

function beginSession({ headers, body }: FakeRequest, mask: readonly string[], state: GoogleState): FakeAnswer {
  const sizeBytes = Number(headers['x-upload-content-length']);
  if (headers['content-type'] !== 'application/json; charset=UTF-8' || !(sizeBytes > 0) || (headers['x-upload-content-type'] ?? '') === '')
    return refuse(state, 'an upload session without what it is to hold');
  const file = readAbout(body.toString(), state);
  if (isAnswer(file)) return file;
  const id = randomBytes(16).toString('hex');
  state.sessions.set(id, { file, mask, sizeBytes, received: Buffer.alloc(0) });
  return { status: 200, headers: { Location: `https://${googleHost}/upload/drive/v3/files?uploadType=resumable&upload_id=${id}` } };
}

function continueSession({ query, headers, body }: FakeRequest, state: GoogleState): FakeAnswer {
  const id = query.get('upload_id') ?? '';
  const session = state.sessions.get(id);
  if ('authorization' in headers) return refuse(state, 'a token for an upload session, whose address is enough');
  if (session === undefined) return googleError(404, 'notFound');
  const done = state.tree.nodes.get(session.file.id);
  const incomplete = (): FakeAnswer => ({
    status: 308,
    headers: session.received.length === 0 ? {} : { Range: `bytes=0-${session.received.length - 1}` },
  });
  const asked = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(headers['content-range'] ?? '');
  if (asked === null || Number(asked[3]) !== session.sizeBytes) return refuse(state, `Content-Range: ${headers['content-range']}`);
  if (asked[1] === undefined) {
    if (body.length > 0) return refuse(state, 'a question with a body');
    return done === undefined ? incomplete() : json(200, shownNode(state.tree, done, session.mask));
  }
  const [from, to] = [Number(asked[1]), Number(asked[2])];
  if (from !== session.received.length || to - from + 1 !== body.length || to >= session.sizeBytes)
    return refuse(state, `bytes ${from}-${to} of ${body.length}`);
  if (to + 1 < session.sizeBytes && body.length % unitBytes !== 0) return refuse(state, 'a part that is no multiple of 256 KiB');
  const kept = state.knobs.keepsBytes;
  state.knobs.keepsBytes = null;
  session.received = Buffer.concat([session.received, kept === null ? body : body.subarray(0, kept)]);
  return session.received.length < session.sizeBytes ? incomplete() : complete(session.file, session.received, session.mask, state);
}
