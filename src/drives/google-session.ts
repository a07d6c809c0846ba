// An upload session of Google Drive: the whole content in one request, and what is missing of it in the next where that was cut.
// The address of a session is a secret, and needs no token (developers.google.com/workspace/drive/api/guides/manage-uploads).

import { CamphorError } from '../model/error';
import { type CloudClient, readJson } from './cloud-client';
import { contentBytes, type FileContent } from './file-content';
import { fileOf, type GoogleFile } from './google-files';
import type { HttpAnswer } from './http';

/** Requests lost one after the other, nothing of which arrived, before the upload is given up. */
const mostLost = 3;

/** Sends the content, and goes on from where it arrived when the line is cut. */
export async function sendToSession(client: CloudClient, url: string, content: FileContent): Promise<GoogleFile> {
  let fromByte = 0;
  for (let lost = 1; ; lost++) {
    try {
      return await readFile(await sendFrom(client, url, content, fromByte));
    } catch (error) {
      if (lost >= mostLost || !isLost(error)) throw error;
    }
    const next = await askForNextByte(client, url, contentBytes(content));
    if (typeof next !== 'number') return next;
    if (next > fromByte) lost = 0;
    fromByte = next;
  }
}

async function sendFrom(client: CloudClient, url: string, content: FileContent, fromByte: number): Promise<HttpAnswer> {
  const sizeBytes = contentBytes(content);
  const body = content instanceof Blob ? content.slice(fromByte) : content.subarray(fromByte);
  const headers = { 'Content-Range': `bytes ${fromByte}-${sizeBytes - 1}/${sizeBytes}` };
  return client.sendBare({ method: 'PUT', url, headers, body }, endedStatuses);
}

/** What a session answers that is not known any more. */
const endedStatuses = [404, 410];

async function readFile(answer: HttpAnswer): Promise<GoogleFile> {
  if (!endedStatuses.includes(answer.status)) return fileOf(await readJson(answer));
  await answer.discard();
  throw new CamphorError('drive-damaged', { step: 'session' });
}

/** Where to go on: 308 says how much has arrived, in `Range: bytes=0-N`, or nothing; another success has the file. */
async function askForNextByte(client: CloudClient, url: string, sizeBytes: number): Promise<number | GoogleFile> {
  const headers = { 'Content-Range': `bytes */${sizeBytes}` };
  const answer = await client.sendBare({ method: 'PUT', url, headers, takes308: true }, [308, ...endedStatuses]);
  if (answer.status !== 308) return readFile(answer);
  await answer.discard();
  const last = /^bytes=0-(\d{1,15})$/.exec(answer.headers.get('range') ?? '')?.[1];
  const next = last === undefined ? 0 : Number(last) + 1;
  if (next >= sizeBytes) throw new CamphorError('drive-damaged', { step: 'session' });
  return next;
}

function isLost(error: unknown): boolean {
  if (!(error instanceof CamphorError)) return false;
  // A 308 of a session to which not all has come.
  return (
    error.code === 'drive-unreachable' ||
    error.code === 'drive-redirected' ||
    (error.code === 'drive-damaged' && error.facts['step'] === 'cut')
  );
}
