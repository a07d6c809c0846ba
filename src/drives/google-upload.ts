// Uploads to Google Drive, each under an id that was given beforehand, so that one which is sent again is known: small ones with
// their name in one request, others by an upload session (developers.google.com/workspace/drive/api/guides/manage-uploads).

import { CamphorError } from '../model/error';
import { type CloudClient, readJson } from './cloud-client';
import { contentBytes, type FileContent } from './file-content';
import { fileFields, fileOf, filesUrl, type GoogleFile, isFields } from './google-files';
import { sendToSession } from './google-session';

export interface NewGoogleFile {
  readonly name: string;
  readonly parentId: string;
  readonly content: FileContent;
}

export interface GoogleUploads {
  /** The file as it is now, or 'no-folder' where its folder has gone. */
  put(file: NewGoogleFile): Promise<GoogleFile | 'no-folder'>;
}

const uploadUrl = 'https://www.googleapis.com/upload/drive/v3/files';
const contentType = 'application/octet-stream';

/** What one request should hold at most is 5 MB. */
const smallBytes = 4 * 1024 * 1024;

const idsAtOnce = 50;

export function createGoogleUploads(client: CloudClient, random: () => number): GoogleUploads {
  const ids: string[] = [];
  const takeId = async (): Promise<string> => {
    if (ids.length === 0) ids.push(...(await askForIds(client)));
    const id = ids.pop();
    if (id === undefined) throw new CamphorError('drive-damaged', { step: 'upload' });
    return id;
  };
  return {
    async put({ name, parentId, content }) {
      const about = JSON.stringify({ id: await takeId(), name, mimeType: contentType, parents: [parentId] });
      return contentBytes(content) <= smallBytes ? putWhole(client, about, content, random) : putBySession(client, about, content);
    },
  };
}

async function askForIds(client: CloudClient): Promise<readonly string[]> {
  const parameters = new URLSearchParams({ count: String(idsAtOnce), space: 'drive', fields: 'ids' });
  const body = await readJson(await client.send({ method: 'GET', url: `${filesUrl}/generateIds?${parameters.toString()}`, headers: {} }));
  const ids: unknown = isFields(body) ? body['ids'] : null;
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) throw new CamphorError('drive-damaged', { step: 'json' });
  return ids;
}

const urlFor = (uploadType: 'multipart' | 'resumable'): string =>
  `${uploadUrl}?${new URLSearchParams({ uploadType, fields: fileFields }).toString()}`;

/** What the file is, and its content, as two parts of one body (RFC 2387). */
async function putWhole(client: CloudClient, about: string, content: FileContent, random: () => number): Promise<GoogleFile | 'no-folder'> {
  const boundary = `camphor-${Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32).toString(36)).join('-')}`;
  const head = `--${boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${about}\r\n--${boundary}\r\nContent-Type: ${contentType}\r\n\r\n`;
  const headers = { 'Content-Type': `multipart/related; boundary=${boundary}` };
  const body = new Blob([head, content, `\r\n--${boundary}--`]);
  const answer = await client.send({ method: 'POST', url: urlFor('multipart'), headers, body }, [404]);
  if (answer.status !== 404) return fileOf(await readJson(answer));
  await answer.discard();
  return 'no-folder';
}

async function putBySession(client: CloudClient, about: string, content: FileContent): Promise<GoogleFile | 'no-folder'> {
  const headers = {
    'Content-Type': 'application/json; charset=UTF-8',
    'X-Upload-Content-Type': contentType,
    'X-Upload-Content-Length': String(contentBytes(content)),
  };
  const begun = await client.send({ method: 'POST', url: urlFor('resumable'), headers, body: about }, [404]);
  await begun.discard();
  if (begun.status === 404) return 'no-folder';
  const url = begun.headers.get('location') ?? '';
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') throw new CamphorError('drive-damaged', { step: 'address' });
  return sendToSession(client, url, content);
}
