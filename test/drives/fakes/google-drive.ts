// A contract fake of Google Drive for the scope `drive.file`: the requests of API v3 that an app needs for files and folders of
// its own, as its reference says (developers.google.com/workspace/drive/api/reference/rest/v3).
import { createFakeConsent, type FakeConsent, json } from './fake-consent';
import { type FakeAnswer, type FakeRequest, type FakeService, startFakeService } from './fake-service';
import { readQuery } from './google-query';
import { fileMask, googleError, googleHost, type GoogleKnobs, type GoogleState, refuse, type UploadSession } from './google-state';
import { createGoogleTree, fileFieldNames, folderType, type GoogleNode, shownNode } from './google-tree';
import { handleUpload } from './google-uploads';
import { rangeAnswer } from './range-answer';

export interface FakeGoogleDrive extends FakeService, GoogleKnobs {
  readonly consent: FakeConsent;
  /** Upload sessions that are open end. */
  endUploads(): void;
  /** The owner puts a path (from their own Drive's root) into the trash. */
  trash(path: string): void;
  /** Another file under the name of one that is there, with these bytes. */
  addTwin(path: string, bytes: Buffer): void;
  /** Paths of all files. */
  kept(): readonly string[];
}

export async function startGoogleDrive(): Promise<FakeGoogleDrive> {
  const consent = createFakeConsent('google-drive');
  let state: GoogleState | null = null;
  const service = await startFakeService({
    name: 'google-drive',
    hosts: [...consent.hosts, googleHost],
    // What github.com/googleworkspace's samples for pages read of uploads.
    exposes: ['Location', 'Range', 'Date'],
    async handle(request, { violations }) {
      const ofConsent = consent.answer(request, violations);
      if (ofConsent !== null) return ofConsent;
      if (state === null || request.host !== googleHost) return { status: 404 };
      if (request.path === '/upload/drive/v3/files') return handleUpload(request, state, consent.isSignedIn(request));
      if (!consent.isSignedIn(request)) return googleError(401, 'authError');
      return handleFiles(request, state);
    },
  });
  const [given, sessions]: [Set<string>, Map<string, UploadSession>] = [new Set(), new Map()];
  const fake: FakeGoogleDrive = Object.assign(service, {
    consent,
    keepsBytes: null,
    isSearchIncomplete: false,
    findsAfterMs: 0,
    endUploads: () => sessions.clear(),
    trash: (path: string) => tree.trash(path),
    kept: () => tree.paths(),
    addTwin: (path: string, bytes: Buffer) => tree.addTwin(path, bytes),
  });
  const tree = createGoogleTree(service.folder);
  state = { tree, violations: service.violations, given, sessions, knobs: fake };
  return fake;
}

type Handle = (request: FakeRequest, state: GoogleState, id: string) => FakeAnswer;

const handlers: readonly (readonly [method: string, path: RegExp, parameters: readonly string[], handle: Handle])[] = [
  ['GET', /^\/drive\/v3\/files\/generateIds$/, ['count', 'space', 'fields'], giveIds],
  ['GET', /^\/drive\/v3\/files$/, ['q', 'pageSize', 'pageToken', 'fields'], listFiles],
  ['POST', /^\/drive\/v3\/files$/, ['fields'], makeFolder],
  ['GET', /^\/drive\/v3\/files\/([\w-]+)$/, ['alt', 'fields'], getFile],
  ['DELETE', /^\/drive\/v3\/files\/([\w-]+)$/, [], removeFile],
];

function handleFiles(request: FakeRequest, state: GoogleState): FakeAnswer {
  for (const [method, path, parameters, handle] of handlers) {
    const found = path.exec(request.path);
    if (method !== request.method || found === null) continue;
    const unknown = [...request.query.keys()].find((name) => !parameters.includes(name));
    return unknown === undefined
      ? handle(request, state, found[1] ?? '')
      : refuse(state, `${method} ${request.path}: unknown parameter ${unknown}`);
  }
  return refuse(state, `${request.method} ${request.path}`);
}

function giveIds({ query }: FakeRequest, state: GoogleState): FakeAnswer {
  const count = Number(query.get('count') ?? 10);
  if (!(count >= 1 && count <= 1000) || (query.get('space') ?? 'drive') !== 'drive')
    return refuse(state, `generateIds?${query.toString()}`);
  const ids = Array.from({ length: count }, () => state.tree.newId());
  for (const id of ids) state.given.add(id);
  return json(200, { ids });
}

/** Small, so that paging is used. */
const pageFiles = 100;

function listFiles({ query }: FakeRequest, state: GoogleState): FakeAnswer {
  const asked = readQuery(query.get('q') ?? '');
  const size = Number(query.get('pageSize') ?? 100);
  const mask = /^nextPageToken,incompleteSearch,files\(([\w,]+)\)$/.exec(query.get('fields') ?? '')?.[1]?.split(',');
  if (asked === null) return refuse(state, `q=${query.get('q')}`);
  if (!Number.isInteger(size) || size < 1 || size > 1000) return refuse(state, `pageSize=${query.get('pageSize')}`);
  if (mask === undefined || !mask.every((name) => fileFieldNames.includes(name))) return refuse(state, `fields=${query.get('fields')}`);
  if ((query.get('q') ?? '').length > 5000) return refuse(state, 'a question of more than 5,000 letters');
  if (!asked.parents.every((id) => id === 'root' || state.tree.nodes.has(id))) return googleError(404, 'notFound');
  const foundUntilMs = Date.now() - state.knobs.findsAfterMs;
  const isFound = ({ bytes, createdTime }: GoogleNode): boolean => bytes === null || Date.parse(createdTime) <= foundUntilMs;
  const found = [...state.tree.nodes.values()].filter((node) => isFound(node) && asked.matches(node, state.tree));
  const from = Number(query.get('pageToken') ?? 0);
  const to = from + Math.min(size, pageFiles);
  return json(200, {
    incompleteSearch: state.knobs.isSearchIncomplete,
    files: found.slice(from, to).map((node) => shownNode(state.tree, node, mask)),
    ...(to < found.length ? { nextPageToken: String(to) } : {}),
  });
}

function makeFolder({ query, headers, body }: FakeRequest, state: GoogleState): FakeAnswer {
  const mask = fileMask(query);
  if (mask === null || !(headers['content-type'] ?? '').startsWith('application/json'))
    return refuse(state, 'a folder without a mask, or not as JSON');
  const { name, mimeType, parents, ...others } = JSON.parse(body.toString()) as Record<string, unknown>;
  const [parentId, ...more] = Array.isArray(parents) ? (parents as unknown[]) : [];
  if (
    typeof name !== 'string' ||
    mimeType !== folderType ||
    typeof parentId !== 'string' ||
    more.length > 0 ||
    Object.keys(others).length > 0
  )
    return refuse(state, `a folder by ${body.toString()}`);
  if (parentId !== 'root' && !state.tree.nodes.has(parentId)) return googleError(404, 'notFound');
  return json(200, shownNode(state.tree, state.tree.add({ id: state.tree.newId(), name, mimeType, parentId, bytes: null }), mask));
}

function getFile({ query, headers }: FakeRequest, state: GoogleState, id: string): FakeAnswer {
  const node = state.tree.nodes.get(id);
  if (node === undefined) return googleError(404, 'notFound');
  if (query.get('alt') === 'media')
    return node.bytes === null ? googleError(403, 'fileNotDownloadable') : rangeAnswer(node.bytes, headers['range']);
  const mask = fileMask(query);
  return mask === null ? refuse(state, `fields=${query.get('fields')}`) : json(200, shownNode(state.tree, node, mask));
}

function removeFile(_: FakeRequest, state: GoogleState, id: string): FakeAnswer {
  if (!state.tree.nodes.has(id)) return googleError(404, 'notFound');
  state.tree.remove(id);
  return { status: 204 };
}
