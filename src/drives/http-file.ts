// A file's bytes out of the answer to a GET, whole or a range of it.

import { CamphorError } from '../model/error';
import type { ByteRange, Drive } from './drive';
import type { HttpAnswer } from './http';

/** More than any file of a repository has; an answer without end is cut here. */
const wholeLimitBytes = 2 ** 30;

/** Headers that ask for the range. `bytes=a-b` needs no permission of CORS. */
export function rangeHeaders(range: ByteRange | undefined): Record<string, string> {
  return range ? { Range: `bytes=${range.fromByte}-${range.toByte - 1}` } : {};
}

/**
 * The bytes that an answer of 200, 206 or 416 holds; null for any other status. A whole file that came in place of its range
 * is cut. Throws `drive-damaged` for another range, for a cut body, and for a page in place of a file.
 */
export async function readFileBytes(answer: HttpAnswer, range: ByteRange | undefined): Promise<Uint8Array<ArrayBuffer> | null> {
  if (answer.status === 416 && range) {
    await answer.discard();
    return new Uint8Array(0);
  }
  if (answer.status !== 200 && answer.status !== 206) return null;
  const isPart = answer.status === 206;
  if (isPart && (!range || !isRangeStart(answer.headers, range))) throw new CamphorError('drive-damaged', { step: 'range' });
  const lengthBytes = range ? range.toByte - range.fromByte : wholeLimitBytes;
  const fromByte = range && !isPart ? range.fromByte : 0;
  const bytes = await answer.readBytes(fromByte, fromByte + lengthBytes);
  if (!range && bytes.length === wholeLimitBytes) throw new CamphorError('drive-damaged', { step: 'endless' });
  if (fromByte === 0 && isPage(answer.headers, bytes)) throw new CamphorError('drive-damaged', { step: 'page' });
  return bytes;
}

/** True where the range begins where it was asked to, as far as the answer says. */
function isRangeStart(headers: Headers, range: ByteRange): boolean {
  const start = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1];
  return start === undefined || Number(start) === range.fromByte;
}

/** True for HTML, which captive portals and login pages answer with, and of which a repository holds none. */
export function isPage(headers: Headers, bytes: Uint8Array): boolean {
  if (!/^(text\/html|application\/xhtml)/i.test(headers.get('content-type') ?? '')) return false;
  const first = bytes.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  return first === 0x3c;
}

/** An empty range, which HTTP cannot ask for. Throws `drive-missing` where there is no such file. */
export async function readNothing(drive: Pick<Drive, 'size'>, name: string): Promise<Uint8Array<ArrayBuffer>> {
  if ((await drive.size(name)) === null) throw new CamphorError('drive-missing');
  return new Uint8Array(0);
}
