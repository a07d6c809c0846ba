// How a file comes to a WebDAV server whole: PUT, its size seen, MOVE without overwriting, its size seen.

import { CamphorError } from '../model/error';
import type { Drive } from './drive';
import { contentBytes, type FileContent } from './file-content';
import type { HttpAnswer } from './http';
import type { DavResource } from './multistatus';
import { sameContent } from './same-content';
import type { WebdavClient } from './webdav-client';
import type { FolderMaker } from './webdav-folders';
import { nameOf } from './webdav-listing';

export interface WebdavWriter {
  readonly client: WebdavClient;
  readonly folders: FolderMaker;
  readonly drive: Pick<Drive, 'size' | 'read' | 'remove'>;
}

/** What the server says of a file; null where there is none under that name. */
export async function findFile(client: WebdavClient, name: string): Promise<DavResource | null> {
  const resources = (await client.propfind(name)) ?? [];
  const file = resources.find((resource) => nameOf(client, name, resource) === name);
  return file && !file.isFolder && file.status !== 404 ? file : null;
}

/** A longer body is not sent to find out whether its folder is there: most of a first backup's packs are the first in theirs. */
const preparedBytes = 64 * 1024;

/** True where its folder was made for it: nothing can lie there. */
async function prepareFor({ folders }: WebdavWriter, name: string, content: FileContent): Promise<boolean> {
  return contentBytes(content) >= preparedBytes && folders.prepare(name);
}

/**
 * Writes it under its own name, and sees its size. Throws `drive-exists` where the name is taken, and as `putSized`. A PUT replaces what is
 * there: it is looked for, but not in a folder that was made for this file, as in a first backup most are.
 */
export async function putDirect(writer: WebdavWriter, name: string, content: FileContent): Promise<void> {
  const isFirst = await prepareFor(writer, name, content);
  if (!isFirst && (await writer.drive.size(name)) !== null) throw new CamphorError('drive-exists');
  return put(writer, name, content);
}

/** Writes it and sees its size. Throws `drive-damaged` where another size came, after taking it away again. */
export async function putSized(writer: WebdavWriter, name: string, content: FileContent): Promise<void> {
  await prepareFor(writer, name, content);
  return put(writer, name, content);
}

async function put({ client, folders, drive }: WebdavWriter, name: string, content: FileContent): Promise<void> {
  const send = (): Promise<HttpAnswer> =>
    client.send('PUT', name, { body: content, headers: { 'Content-Type': 'application/octet-stream' } });
  await withFolders(client, 'PUT', folders, name, send);
  const file = await findFile(client, name);
  // The date of what was written this moment is the server's clock, and may be read where its `Date` header may not.
  if (client.clock.nowMs() === null && file) client.clock.hear(file.modified);
  if (file?.sizeBytes === contentBytes(content)) return;
  if (file) await drive.remove(name).catch(() => {});
  throw new CamphorError('drive-damaged', { step: 'size' });
}

export interface Move {
  readonly temporary: string;
  readonly name: string;
  /** What was written under the temporary name. */
  readonly content: FileContent;
}

/**
 * Moves it to its name. A name that is taken is fine where it holds the same bytes (the answer to a first MOVE was lost);
 * else throws `drive-exists`. What was temporary is gone in any case but that of a lost connection.
 */
export async function moveToName(writer: WebdavWriter, { temporary, name, content }: Move): Promise<void> {
  const { client, folders, drive } = writer;
  try {
    await withFolders(client, 'MOVE', folders, name, () => move(client, temporary, name));
  } catch (error) {
    if (!isTaken(error)) throw await tidied(writer, temporary, error);
    const isOurs = await sameContent(drive, name, content);
    await drive.remove(temporary).catch(() => {});
    if (isOurs) return;
    throw new CamphorError('drive-exists', {}, error);
  }
  if ((await drive.size(name)) !== contentBytes(content)) throw new CamphorError('drive-damaged', { step: 'size' });
}

function isTaken(error: unknown): boolean {
  return error instanceof CamphorError && error.facts['status'] === 412;
}

/** The error, after what was written was taken away; not where the drive cannot be reached, since that would only wait again. */
async function tidied({ drive }: WebdavWriter, temporary: string, error: unknown): Promise<unknown> {
  if (!(error instanceof CamphorError) || error.code !== 'drive-unreachable') await drive.remove(temporary).catch(() => {});
  return error;
}

async function move(client: WebdavClient, from: string, to: string): Promise<HttpAnswer> {
  const request = (destination: string): Promise<HttpAnswer> =>
    client.send('MOVE', from, { headers: { Destination: destination, Overwrite: 'F' } });
  const answer = await request(client.urlOf(to));
  // A server behind a proxy takes another scheme or port for another server; a path means the same to it (RFC 4918 §10.3).
  if (answer.status !== 502 && answer.status !== 400) return answer;
  await answer.discard();
  return request(new URL(client.urlOf(to)).pathname);
}

/** Answers that may mean that a folder is missing: 409 by the standard; to a MOVE, Apache says 500 and rclone 403. */
const folderMissing = { PUT: [404, 409], MOVE: [403, 404, 409, 500] } as const;

/** Runs the request; where a folder may be missing, makes it and runs the request once more. */
async function withFolders(
  client: WebdavClient,
  verb: 'PUT' | 'MOVE',
  folders: FolderMaker,
  name: string,
  run: () => Promise<HttpAnswer>,
): Promise<void> {
  let answer = await run();
  if (folderMissing[verb].some((status) => status === answer.status)) {
    await answer.discard();
    await folders.makeFor(name);
    answer = await run();
  }
  await client.complete(verb, answer);
}
