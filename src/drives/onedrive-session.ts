// An upload session of OneDrive: fragments one after the other, to an address that needs no token, and may take none
// (learn.microsoft.com/graph/api/driveitem-createuploadsession).

import { CamphorError } from '../model/error';
import { type CloudClient, readJson } from './cloud-client';
import { contentBytes, type FileContent } from './file-content';
import type { HttpAnswer } from './http';
import { itemOf, type OnedriveItem } from './onedrive-items';

/** A multiple of 320 KiB, as all fragments but the last have to be; 5 to 10 MiB are advised, 60 MiB are too many. */
const fragmentBytes = 32 * 320 * 1024;

/** Fragments lost one after the other before the upload is given up. */
const mostLost = 3;

/** The file as it is now; 'taken' where the name is; 'ended' where the upload session is, and nothing says how. */
export type Uploaded = OnedriveItem | 'taken' | 'ended';

/** Sends the content to the address of a session, and goes on where a fragment or its answer was lost. */
export async function sendFragments(client: CloudClient, url: string, content: FileContent): Promise<Uploaded> {
  const sizeBytes = contentBytes(content);
  let fromByte = 0;
  for (let lost = 0; ;) {
    const toByte = Math.min(fromByte + fragmentBytes, sizeBytes);
    const answer = await sendFragment(client, url, { content, fromByte, toByte }).catch((error: unknown) => {
      lost += 1;
      if (lost >= mostLost || !isLost(error)) throw error;
      return null;
    });
    const next = answer === null || answer.status === 416 ? await askForNextByte(client, url) : await readFragmentAnswer(answer);
    if (typeof next !== 'number') return next;
    if (next > fromByte) lost = 0;
    else if (answer !== null) lost += 1;
    if (next >= sizeBytes || lost >= mostLost) throw new CamphorError('drive-damaged', { step: 'upload' });
    fromByte = next;
  }
}

interface Fragment {
  readonly content: FileContent;
  readonly fromByte: number;
  readonly toByte: number;
}

async function sendFragment(client: CloudClient, url: string, { content, fromByte, toByte }: Fragment): Promise<HttpAnswer> {
  const range = `bytes ${fromByte}-${toByte - 1}/${contentBytes(content)}`;
  const body = content instanceof Blob ? content.slice(fromByte, toByte) : content.subarray(fromByte, toByte);
  return client.sendBare({ method: 'PUT', url, headers: { 'Content-Range': range }, body }, [401, 404, 409, 416]);
}

/** The next byte it wants, or what became of the file. */
async function readFragmentAnswer(answer: HttpAnswer): Promise<number | Uploaded> {
  if (answer.status === 409) {
    await answer.discard();
    return 'taken';
  }
  if (answer.status === 401 || answer.status === 404) return endedSession(answer);
  const body = await readJson(answer);
  if (answer.status === 202) return nextByteIn(body);
  const item = itemOf(body);
  if (item === null) throw new CamphorError('drive-damaged', { step: 'upload' });
  return item;
}

/** Of a session that is not known any more nobody says whether its file was made. */
async function endedSession(answer: HttpAnswer): Promise<'ended'> {
  await answer.discard();
  return 'ended';
}

async function askForNextByte(client: CloudClient, url: string): Promise<number | 'ended'> {
  const answer = await client.sendBare({ method: 'GET', url, headers: {} }, [401, 404]);
  return answer.status === 401 || answer.status === 404 ? endedSession(answer) : nextByteIn(await readJson(answer));
}

/** The start of the first missing range, of `["12345-55232", …]` or `["26-"]`; none is missing where the session has to end. */
function nextByteIn(body: unknown): number {
  const ranges = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)['nextExpectedRanges'] : null;
  const start = /^(\d{1,15})-/.exec(Array.isArray(ranges) ? String(ranges[0] ?? '') : '')?.[1];
  if (start === undefined) throw new CamphorError('drive-damaged', { step: 'upload' });
  return Number(start);
}

function isLost(error: unknown): boolean {
  return error instanceof CamphorError && (error.code === 'drive-unreachable' || error.code === 'drive-damaged');
}

/** Lets go of what was sent. */
export async function endSession(client: CloudClient, url: string): Promise<void> {
  try {
    await (await client.sendBare({ method: 'DELETE', url, headers: {} }, [401, 404])).discard();
  } catch {
    // It has an end of its own.
  }
}
