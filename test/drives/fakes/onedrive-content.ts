// Upload sessions and download addresses of the contract fake of OneDrive: a host of its own, where no token goes.
import { json } from './fake-consent';
import type { FakeAnswer, FakeRequest } from './fake-service';
import { graphError, type OnedriveState, refuse, shownItem, type UploadSession } from './onedrive-state';
import { rangeAnswer } from './range-answer';

const fragmentUnitBytes = 320 * 1024;

export async function handleContent(request: FakeRequest, state: OnedriveState): Promise<FakeAnswer> {
  if ('authorization' in request.headers)
    return refuse(state, 401, 'unauthenticated', `${request.method} with a token to an address that needs none`);
  if (request.path === '/personal/of-the-fake/download.aspx') return download(request, state);
  const id = /^\/personal\/of-the-fake\/uploadSession\/(\w+)$/.exec(request.path)?.[1] ?? '';
  const session = state.sessions.get(id);
  if (session === undefined) return graphError(404, 'itemNotFound', 'uploadSessionNotFound');
  const about = (): Record<string, unknown> => ({
    expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
    nextExpectedRanges: [`${session.receivedBytes}-`],
  });
  if (request.method === 'GET') return json(200, about());
  if (request.method === 'DELETE') {
    state.sessions.delete(id);
    return { status: 204 };
  }
  if (request.method !== 'PUT') return refuse(state, 405, 'invalidRequest', `${request.method} to an upload session`);
  const fault = takeFragment(request, session, state);
  if (fault !== null) return fault;
  if (session.receivedBytes < session.sizeBytes) return json(202, about());
  if (state.files.find(session.path) !== null) {
    // It waits for another name.
    return graphError(409, 'nameAlreadyExists');
  }
  state.files.write(session.path, Buffer.concat(session.pieces));
  state.sessions.delete(id);
  return json(201, shownItem(state, session.path, null));
}

/** Null where it was taken. */
function takeFragment({ headers, body }: FakeRequest, session: UploadSession, state: OnedriveState): FakeAnswer | null {
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '');
  if (range === null) return refuse(state, 400, 'invalidRequest', `Content-Range: ${headers['content-range']}`);
  const [from, to, total] = range.slice(1).map(Number) as [number, number, number];
  if (total !== session.sizeBytes) return refuse(state, 400, 'invalidRequest', 'a fragment of another size of the file');
  if (to - from + 1 !== body.length || to >= total)
    return refuse(state, 400, 'invalidRequest', 'a fragment that is not as long as it says');
  if (body.length >= 60 * 1024 * 1024) return refuse(state, 413, 'invalidRequest', 'a fragment of 60 MiB');
  if (to + 1 < total && body.length % fragmentUnitBytes !== 0)
    return refuse(state, 400, 'invalidRequest', 'a fragment that is no multiple of 320 KiB');
  if (from < session.receivedBytes) return graphError(416, 'invalidRange', 'fragmentOverlap');
  if (from > session.receivedBytes) return refuse(state, 416, 'invalidRange', 'a fragment out of order');
  session.pieces.push(body);
  session.receivedBytes += body.length;
  return null;
}

function download({ method, query, headers }: FakeRequest, state: OnedriveState): FakeAnswer {
  if (method !== 'GET') return refuse(state, 405, 'invalidRequest', `${method} to an address for downloads`);
  const path = state.downloads.get(query.get('tempauth') ?? '');
  if (path === undefined) return { status: 401, body: 'The address has ended.' };
  const bytes = state.files.read(path);
  if (bytes === null) return { status: 404 };
  return rangeAnswer(bytes, headers['range']);
}
