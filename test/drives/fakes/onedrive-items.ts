// Microsoft Graph's requests on items, for the contract fake of OneDrive: by path below the app's folder.
import { randomBytes } from 'node:crypto';
import { json } from './fake-consent';
import type { FakeAnswer, FakeRequest } from './fake-service';
import { contentHost, graphError, graphHost, type OnedriveState, refuse, shownItem } from './onedrive-state';

const root = '/v1.0/me/drive/special/approot';

/** Small, so that paging is used. */
const pageItems = 50;

const smallBytes = 4 * 1024 * 1024;

export async function handleItems(request: FakeRequest, state: OnedriveState): Promise<FakeAnswer> {
  const address = addressOf(request.path);
  if (address === null) return refuse(state, 400, 'invalidRequest', `${request.method} ${request.path}`);
  const { path, part } = address;
  const handler = handlers[`${request.method} ${part}`];
  if (handler === undefined) return refuse(state, 405, 'notAllowed', `${request.method} ${request.path}`);
  const unknown = [...request.query.keys()].find((name) => !handler.query.includes(name));
  if (unknown !== undefined)
    return refuse(state, 400, 'invalidRequest', `${request.method} ${part || 'item'}: unknown parameter ${unknown}`);
  if (request.method === 'GET' && path === '') state.hasRoot = true;
  return handler.run(path, request, state);
}

/** `…/approot`, `…/approot/children`, `…/approot:/a/b`, `…/approot:/a/b:/children`; null for any other. */
function addressOf(encoded: string): { readonly path: string; readonly part: string } | null {
  if (!encoded.startsWith(root)) return null;
  const rest = encoded.slice(root.length);
  if (/^(\/\w+)?$/.test(rest)) return { path: '', part: rest };
  const [, middle = '', part = ''] = /^:\/([^:]+?)(?::(\/\w+)?)?$/.exec(rest) ?? [];
  const path = decodeURIComponent(middle);
  return path === '' || path.split('/').some((name) => !isAllowedName(name)) ? null : { path, part };
}

/** support.microsoft.com, on names in OneDrive. */
const isAllowedName = (name: string): boolean => name !== '' && !/["*:<>?\\|]/.test(name) && !/^[ ~]|[ .]$/.test(name);

interface Handler {
  readonly query: readonly string[];
  readonly run: (path: string, request: FakeRequest, state: OnedriveState) => FakeAnswer;
}

const missing = (): FakeAnswer => graphError(404, 'itemNotFound');

const handlers: Readonly<Record<string, Handler>> = {
  'GET ': {
    query: ['$select', 'select'],
    run(path, { query }, state) {
      if (path !== '' && state.files.find(path) === null) return missing();
      return json(200, shownItem(state, path, selected(query)));
    },
  },
  'DELETE ': {
    query: [],
    run(path, _, state) {
      if (path === '') return refuse(state, 403, 'accessDenied', 'the app’s folder cannot be removed');
      if (state.files.find(path) === null) return missing();
      state.files.remove(path);
      return { status: 204 };
    },
  },
  'GET /children': { query: ['$top', '$select', '$skiptoken'], run: listPage },
  'POST /children': { query: [], run: makeFolder },
  'GET /content': {
    query: [],
    run: (_, __, state) => refuse(state, 302, 'notAllowed', 'a page cannot follow the redirect of /content'),
  },
  'PUT /content': { query: ['@microsoft.graph.conflictBehavior'], run: putContent },
  'POST /createUploadSession': { query: [], run: createSession },
};

const selected = (query: URLSearchParams): readonly string[] | null => (query.get('$select') ?? query.get('select'))?.split(',') ?? null;

function listPage(path: string, { query, path: encoded }: FakeRequest, state: OnedriveState): FakeAnswer {
  if (path !== '' && state.files.find(path)?.isFolder !== true) return missing();
  const top = Number(query.get('$top') ?? 200);
  if (!Number.isInteger(top) || top < 1 || top > 1000) return refuse(state, 400, 'invalidRequest', `$top=${query.get('$top')}`);
  const names = state.files.childrenOf(path);
  const from = Number(query.get('$skiptoken') ?? 0);
  const to = from + Math.min(top, pageItems);
  const value = names.slice(from, to).map((name) => shownItem(state, path === '' ? name : `${path}/${name}`, selected(query)));
  const next = new URLSearchParams([...[...query].filter(([name]) => name !== '$skiptoken'), ['$skiptoken', String(to)]]);
  return json(200, { value, ...(to < names.length ? { '@odata.nextLink': `https://${graphHost}${encoded}?${next.toString()}` } : {}) });
}

function makeFolder(path: string, request: FakeRequest, state: OnedriveState): FakeAnswer {
  const { name, folder, '@microsoft.graph.conflictBehavior': behavior } = fieldsOf(request);
  if (typeof name !== 'string' || !isAllowedName(name) || JSON.stringify(folder) !== '{}' || behavior !== 'fail')
    return refuse(state, 400, 'invalidRequest', `a folder by ${request.body.toString()}`);
  if (path !== '' && state.files.find(path)?.isFolder !== true) return missing();
  const whole = path === '' ? name : `${path}/${name}`;
  if (state.files.find(whole) !== null) return graphError(409, 'nameAlreadyExists');
  state.files.makeFolder(whole);
  return json(201, shownItem(state, whole, null));
}

function putContent(path: string, { query, headers, body }: FakeRequest, state: OnedriveState): FakeAnswer {
  if (path === '') return refuse(state, 400, 'invalidRequest', 'content for a folder');
  if (query.get('@microsoft.graph.conflictBehavior') !== 'fail')
    return refuse(state, 400, 'invalidRequest', 'content that may replace a file');
  if ((headers['content-type'] ?? '') === '') return refuse(state, 400, 'invalidRequest', 'content of no type');
  if (body.length > smallBytes) return refuse(state, 413, 'invalidRequest', `content of ${body.length} bytes`);
  const conflict = conflictAt(path, state);
  if (conflict !== null) return conflict;
  state.hasRoot = true;
  state.files.write(path, body);
  return json(201, shownItem(state, path, null));
}

/** Null where a file may come into being. */
function conflictAt(path: string, state: OnedriveState): FakeAnswer | null {
  if (state.files.find(path) !== null) return graphError(409, 'nameAlreadyExists');
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return state.makesFolders || folder === '' || state.files.find(folder)?.isFolder === true ? null : missing();
}

function createSession(path: string, request: FakeRequest, state: OnedriveState): FakeAnswer {
  // Seen with accounts whose app folder was not made yet (github.com/OneDrive/onedrive-api-docs/issues/1097).
  if (!state.hasRoot) return graphError(403, 'accessDenied');
  const { item, ...others } = fieldsOf(request);
  const { name, fileSize, '@microsoft.graph.conflictBehavior': behavior, ...more } = (item ?? {}) as Record<string, unknown>;
  const isKnown = Object.keys(others).length === 0 && Object.keys(more).length === 0;
  if (!isKnown || name !== path.split('/').at(-1) || behavior !== 'fail' || typeof fileSize !== 'number')
    return refuse(state, 400, 'invalidRequest', `an upload session by ${request.body.toString()}`);
  if (fileSize < 1) return refuse(state, 400, 'invalidRequest', 'an upload session for an empty file');
  const conflict = conflictAt(path, state);
  if (conflict !== null) return conflict;
  const id = randomBytes(12).toString('hex');
  state.sessions.set(id, { path, sizeBytes: fileSize, pieces: [], receivedBytes: 0 });
  const expirationDateTime = new Date(Date.now() + 3_600_000).toISOString();
  return json(200, {
    uploadUrl: `https://${contentHost}/personal/of-the-fake/uploadSession/${id}`,
    expirationDateTime,
    nextExpectedRanges: ['0-'],
  });
}

function fieldsOf({ headers, body }: FakeRequest): Record<string, unknown> {
  if (!(headers['content-type'] ?? '').startsWith('application/json')) return {};
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
