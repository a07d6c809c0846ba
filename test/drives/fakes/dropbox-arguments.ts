// The arguments that Dropbox takes (files.stone of dropbox/dropbox-api-spec, at 318810d and as its SDKs of 2025 have it): a call
// with any other is answered with 400 and words (dropbox.com/developers/documentation/http#error-handling).
import type { FakeRequest } from './fake-service';

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, readonly [need: 'required' | 'optional', check: Check]>>;

interface Route {
  readonly style: 'rpc' | 'upload' | 'download';
  readonly fields: Fields;
}

const text =
  (pattern: RegExp, minLength = 0, maxLength = Infinity): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value) && value.length >= minLength && value.length <= maxLength;
const flag: Check = (value) => typeof value === 'boolean';
const whole =
  (min: number, max: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max;
const members =
  (fields: Fields): Check =>
  (value) =>
    faultOf(fields, value) === null;

const readPath = text(/^((\/(.|[\r\n])*|id:.*)|(rev:[0-9a-f]{9,})|(ns:[0-9]+(\/.*)?))$/);
const writePath = text(/^((\/(.|[\r\n])*)|(ns:[0-9]+(\/.*)?)|(id:.*))$/);
const folderPath = text(/^((\/(.|[\r\n])*)?|id:.*|(ns:[0-9]+(\/.*)?))$/);
const hash = text(/^[0-9a-f]*$/, 64, 64);
/** A member without a value may be its name alone. */
const mode: Check = (value) => ['add', 'overwrite'].includes(String((value as Record<string, unknown> | null)?.['.tag'] ?? value));
const time = text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

const commit: Fields = {
  path: ['required', writePath],
  mode: ['optional', mode],
  autorename: ['optional', flag],
  client_modified: ['optional', time],
  mute: ['optional', flag],
  strict_conflict: ['optional', flag],
};
const cursor = members({ session_id: ['required', text(/^/)], offset: ['required', whole(0, Number.MAX_SAFE_INTEGER)] });

export const routes: Readonly<Record<string, Route>> = {
  'files/upload': { style: 'upload', fields: { ...commit, content_hash: ['optional', hash] } },
  'files/upload_session/start': { style: 'upload', fields: { close: ['optional', flag], content_hash: ['optional', hash] } },
  'files/upload_session/append_v2': {
    style: 'upload',
    fields: { cursor: ['required', cursor], close: ['optional', flag], content_hash: ['optional', hash] },
  },
  'files/upload_session/finish': {
    style: 'upload',
    fields: { cursor: ['required', cursor], commit: ['required', members(commit)], content_hash: ['optional', hash] },
  },
  'files/download': { style: 'download', fields: { path: ['required', readPath], rev: ['optional', text(/^[0-9a-f]+$/, 9)] } },
  'files/get_metadata': {
    style: 'rpc',
    fields: { path: ['required', readPath], include_deleted: ['optional', flag], include_has_explicit_shared_members: ['optional', flag] },
  },
  'files/list_folder': {
    style: 'rpc',
    fields: {
      path: ['required', folderPath],
      recursive: ['optional', flag],
      include_deleted: ['optional', flag],
      include_mounted_folders: ['optional', flag],
      limit: ['optional', whole(1, 2000)],
    },
  },
  'files/list_folder/continue': { style: 'rpc', fields: { cursor: ['required', text(/^/, 1)] } },
  'files/delete_v2': { style: 'rpc', fields: { path: ['required', writePath], parent_rev: ['optional', text(/^[0-9a-f]+$/, 9)] } },
};

const hosts = { rpc: 'api.dropboxapi.com', upload: 'content.dropboxapi.com', download: 'content.dropboxapi.com' };
const contentTypes = {
  rpc: /^(application\/json(; ?charset=utf-8)?|text\/plain; ?charset=dropbox-cors-hack)$/,
  upload: /^(application\/octet-stream|text\/plain; ?charset=dropbox-cors-hack)$/,
  download: /^(|application\/octet-stream(; ?charset=utf-8)?|text\/plain(; ?charset=[\w-]+)?)$/,
};

/** The argument of a call, or in words what is wrong with it. */
export function readArgument(request: FakeRequest, route: string): Readonly<Record<string, unknown>> | string {
  const known = routes[route];
  if (!known) return 'unknown API function';
  const { style, fields } = known;
  if (request.host !== hosts[style]) return `not on ${request.host}`;
  if (request.method !== 'POST') return `no ${request.method}`;
  if (!contentTypes[style].test(request.headers['content-type'] ?? '')) return `bad HTTP "Content-Type" header`;
  if (style === 'download' && request.body.length > 0) return 'a body where there is none';
  const json = style === 'rpc' ? request.body.toString() : (request.headers['dropbox-api-arg'] ?? '');
  // oxlint-disable-next-line no-control-regex -- what a header may hold
  if (style !== 'rpc' && !/^[\x20-\x7e]*$/.test(json)) return 'HTTP header "Dropbox-API-Arg": not ASCII';
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return 'could not decode input as JSON';
  }
  return faultOf(fields, value) ?? (value as Readonly<Record<string, unknown>>);
}

function faultOf(fields: Fields, value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'expected object';
  const given = value as Record<string, unknown>;
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) return `unknown field '${unknown}'`;
  for (const [name, [need, check]] of Object.entries(fields))
    if (!Object.hasOwn(given, name)) {
      if (need === 'required') return `missing required field '${name}'`;
    } else if (!check(given[name])) return `${name}: ${JSON.stringify(given[name])} does not fit`;
  return null;
}
