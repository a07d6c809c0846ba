// Items of OneDrive by Microsoft Graph: their addresses below the app's own folder, and what is read of them
// (learn.microsoft.com/graph/api/resources/driveitem, …/onedrive-addressing-driveitems).

import { CamphorError } from '../model/error';
import { readJson } from './cloud-client';
import type { HttpAnswer } from './http';

export const graphOrigin = 'https://graph.microsoft.com';

const root = `${graphOrigin}/v1.0/me/drive/special/approot`;

/** Address of a path below the app's folder, without `/` at its end ('' is that folder), or of something of it: `/children`. */
export function itemUrl(path: string, part: '' | `/${string}` = ''): string {
  if (path === '') return root + part;
  return `${root}:/${path.split('/').map(encodeURIComponent).join('/')}${part === '' ? '' : `:${part}`}`;
}

export interface OnedriveItem {
  readonly name: string;
  /** Null for a folder, and where it is not said. */
  readonly sizeBytes: number | null;
  readonly isFolder: boolean;
  /** How many items a folder has by the word of its own; null where it is not said. */
  readonly childCount: number | null;
  /** As the service wrote it; null where it is not said. */
  readonly modified: string | null;
  /** An address that gives the file to whoever has it, for a while; null where it was not asked for. */
  readonly downloadUrl: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const countOf = (value: unknown): number | null => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null);

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Null for what is no item. */
export function itemOf(value: unknown): OnedriveItem | null {
  if (!isFields(value)) return null;
  const { folder } = value;
  const isFolder = isFields(folder);
  return {
    name: textOf(value['name']) ?? '',
    sizeBytes: isFolder ? null : countOf(value['size']),
    isFolder,
    childCount: isFolder ? countOf(folder['childCount']) : null,
    modified: textOf(value['lastModifiedDateTime']),
    downloadUrl: textOf(value['@microsoft.graph.downloadUrl']),
  };
}

/** The item in an answer. Throws `drive-damaged` where it is none. */
export async function readItem(answer: HttpAnswer): Promise<OnedriveItem> {
  const item = itemOf(await readJson(answer));
  if (item === null) throw new CamphorError('drive-damaged', { step: 'json' });
  return item;
}

export interface OnedrivePage {
  readonly items: readonly OnedriveItem[];
  readonly nextLink: string | null;
}

/** A page of children. Throws `drive-damaged` where it is none. */
export async function readItemPage(answer: HttpAnswer): Promise<OnedrivePage> {
  const body = await readJson(answer);
  if (!isFields(body) || !Array.isArray(body['value'])) throw new CamphorError('drive-damaged', { step: 'listing' });
  const items = body['value'].map(itemOf);
  if (!items.every((item) => item !== null)) throw new CamphorError('drive-damaged', { step: 'listing' });
  return { items, nextLink: textOf(body['@odata.nextLink']) };
}

/** An address that the service gave, which is asked without a token. Throws `drive-damaged` for any other than https. */
export function checkGivenUrl(url: string | null): string {
  if (url === null || !URL.canParse(url) || new URL(url).protocol !== 'https:')
    throw new CamphorError('drive-damaged', { step: 'address' });
  return url;
}
