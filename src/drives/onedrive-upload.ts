// Uploads to OneDrive that replace nothing: small ones in one request, others by an upload session, fragment after fragment
// (learn.microsoft.com/graph/api/driveitem-put-content, …/driveitem-createuploadsession).

import { CamphorError } from '../model/error';
import { type CloudClient, readJson } from './cloud-client';
import { contentBytes, type FileContent } from './file-content';
import type { HttpAnswer } from './http';
import { checkGivenUrl, itemUrl, readItem } from './onedrive-items';
import { endSession, sendFragments, type Uploaded } from './onedrive-session';

/** What one request may hold. */
const smallBytes = 4 * 1024 * 1024;

export interface OnedriveUploads {
  /** Creates the file at a path below the app's folder; folders on the way to it come into being. */
  put(path: string, content: FileContent): Promise<Uploaded>;
}

export function createOnedriveUploads(client: CloudClient): OnedriveUploads {
  let rootIsThere: Promise<void> | null = null;
  // An upload session into the app's folder is forbidden (403) before that folder is there; asking for it makes it.
  const askForRoot = (): Promise<void> => {
    const ask = async (): Promise<void> => {
      await readItem(await client.send({ method: 'GET', url: itemUrl('', '') + '?$select=id', headers: {} }));
    };
    rootIsThere ??= ask().catch((error: unknown) => {
      rootIsThere = null;
      throw error;
    });
    return rootIsThere;
  };
  const attempt = async (path: string, content: FileContent): Promise<Uploaded | 'no-folder'> => {
    if (contentBytes(content) <= smallBytes) return putSmall(client, path, content);
    await askForRoot();
    return putByFragments(client, path, content);
  };
  return {
    async put(path, content) {
      const first = await attempt(path, content);
      if (first !== 'no-folder') return first;
      await makeFolders(client, path);
      const second = await attempt(path, content);
      if (second === 'no-folder') throw new CamphorError('drive-failed', { step: 'folder' });
      return second;
    },
  };
}

async function putSmall(client: CloudClient, path: string, content: FileContent): Promise<Uploaded | 'no-folder'> {
  const url = itemUrl(path, '/content?@microsoft.graph.conflictBehavior=fail');
  const headers = { 'Content-Type': 'application/octet-stream' };
  const answer = await client.send({ method: 'PUT', url, headers, body: content }, [404, 409]);
  return (await conflictOf(answer)) ?? readItem(answer);
}

/** A 409 of another code than that of a taken name, or a 404, may mean a folder on the way (learn.microsoft.com/graph/errors). */
async function conflictOf(answer: HttpAnswer): Promise<'taken' | 'no-folder' | null> {
  if (answer.status !== 404 && answer.status !== 409) return null;
  const body = new TextDecoder().decode(await answer.readBytes(0, 64 * 1024));
  return answer.status === 409 && body.includes('nameAlreadyExists') ? 'taken' : 'no-folder';
}

async function putByFragments(client: CloudClient, path: string, content: FileContent): Promise<Uploaded | 'no-folder'> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const item = { '@microsoft.graph.conflictBehavior': 'fail', name, fileSize: contentBytes(content) };
  const begun = await client.send(
    {
      method: 'POST',
      url: itemUrl(path, '/createUploadSession'),
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ item }),
    },
    [404, 409],
  );
  const conflict = await conflictOf(begun);
  if (conflict !== null) return conflict;
  const url = checkGivenUrl(addressIn(await readJson(begun)));
  let uploaded: Uploaded | null = null;
  try {
    uploaded = await sendFragments(client, url, content);
    return uploaded;
  } finally {
    // What was sent is let go of; it ends by itself where this does not come through.
    if (uploaded === null || uploaded === 'taken') await endSession(client, url);
  }
}

function addressIn(body: unknown): string | null {
  const url = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)['uploadUrl'] : null;
  return typeof url === 'string' ? url : null;
}

/** Makes the folders on the way to a path, outermost first; those that are there stay. */
async function makeFolders(client: CloudClient, path: string): Promise<void> {
  const parts = path.split('/').slice(0, -1);
  for (const [index, name] of parts.entries()) {
    const url = itemUrl(parts.slice(0, index).join('/'), '/children');
    const body = JSON.stringify({ name, folder: {}, '@microsoft.graph.conflictBehavior': 'fail' });
    const answer = await client.send({ method: 'POST', url, headers: { 'Content-Type': 'application/json' }, body }, [409]);
    await answer.discard();
  }
}
