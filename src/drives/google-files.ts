// Files and folders of Google Drive, as its API tells of them. Names are not unique there: of several under one name all
// devices take the same one (developers.google.com/workspace/drive/api/reference/rest/v3/files).

import { CamphorError } from '../model/error';
import { type CloudClient, readJson } from './cloud-client';

export const filesUrl = 'https://www.googleapis.com/drive/v3/files';
export const folderType = 'application/vnd.google-apps.folder';

export interface GoogleFile {
  readonly id: string;
  readonly name: string;
  readonly isFolder: boolean;
  /** Null for a folder, for what is no file of bytes (a document of Google's), and where it cannot be read. */
  readonly sizeBytes: number | null;
  /** True for a document of Google's, a shortcut and the like: nothing of ours. */
  readonly isForeign: boolean;
  readonly parentId: string;
  /** As the service wrote it, always in UTC and of the same length. */
  readonly createdTime: string;
  /** In lower-case hex; null where it was not asked for or is not known. */
  readonly sha256: string | null;
  readonly isTrashed: boolean;
}

/** What of a file is asked for. */
export const fileFields = 'id,name,size,mimeType,parents,createdTime,sha256Checksum,trashed';

type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Sizes are digits in a text. Throws `drive-damaged` for what is no file. */
export function fileOf(value: unknown): GoogleFile {
  if (!isFields(value) || textOf(value['id']) === '') throw new CamphorError('drive-damaged', { step: 'json' });
  const type = textOf(value['mimeType']);
  const { size, parents } = value;
  return {
    id: textOf(value['id']),
    name: textOf(value['name']),
    isFolder: type === folderType,
    sizeBytes: type !== folderType && typeof size === 'string' && /^\d{1,15}$/.test(size) ? Number(size) : null,
    isForeign: type !== folderType && type.startsWith('application/vnd.google-apps.'),
    parentId: Array.isArray(parents) ? textOf(parents[0]) : '',
    createdTime: textOf(value['createdTime']),
    sha256: textOf(value['sha256Checksum']) || null,
    isTrashed: value['trashed'] === true,
  };
}

/** The order in which files of one name are taken: the oldest is theirs, for everyone. */
export function compareFiles(one: GoogleFile, other: GoogleFile): number {
  const [a, b] = [`${one.createdTime} ${one.id}`, `${other.createdTime} ${other.id}`];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A text in a query. */
export const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** That a file lies in one of these folders, and not in the trash. */
export const liesIn = (folderIds: readonly string[]): string =>
  `(${folderIds.map((id) => `${quote(id)} in parents`).join(' or ')}) and trashed = false`;

export interface FoundFiles {
  readonly files: readonly GoogleFile[];
  /** More may be there. */
  readonly isSuspect: boolean;
}

const pageLimit = 10_000;

/** All files that a query means, page by page; null where it names a folder that is not there (404). */
export async function askFiles(client: CloudClient, query: string): Promise<FoundFiles | null> {
  const files: GoogleFile[] = [];
  let isSuspect = false;
  let token = '';
  for (let pages = 0; pages < pageLimit; pages++) {
    const parameters = { q: query, pageSize: '1000', fields: `nextPageToken,incompleteSearch,files(${fileFields})` };
    const url = `${filesUrl}?${new URLSearchParams(token === '' ? parameters : { ...parameters, pageToken: token }).toString()}`;
    const answer = await client.send({ method: 'GET', url, headers: {} }, [404]);
    if (answer.status === 404) {
      await answer.discard();
      return pages === 0 ? null : { files, isSuspect: true };
    }
    const body = await readJson(answer);
    if (!isFields(body) || !Array.isArray(body['files'])) throw new CamphorError('drive-damaged', { step: 'listing' });
    for (const each of body['files']) files.push(fileOf(each));
    isSuspect ||= body['incompleteSearch'] === true;
    const next = textOf(body['nextPageToken']);
    if (next === '') return { files, isSuspect };
    if (next === token) break;
    token = next;
  }
  return { files, isSuspect: true };
}
