// A TAR in gzip (RFC 1952). It has no random access, so it is inflated once, whole, and held: only small ones are opened.

import { CamphorError } from '../model/error';
import { inflate, InflateError } from './inflate';
import { joinBytes } from './join-bytes';
import type { ByteSource } from './source';
import { isTar, tarBlockBytes } from './tar-header';
import { readPieces } from './zip-entry';

/** True where `source`, which begins with `head`, is gzip and its content begins like a TAR. */
export async function isTarInGzip(source: ByteSource, head: Uint8Array): Promise<boolean> {
  if (head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8) return false;
  const start: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of inflate(readPieces(source, 0, source.sizeBytes), 'gzip')) {
      start.push(chunk);
      bytes += chunk.length;
      if (bytes >= tarBlockBytes) break;
    }
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
  }
  return isTar(joinBytes(start, bytes));
}

/**
 * The TAR. Of a file that is damaged or cut, as much as can be inflated: what is missing shows in the TAR. Throws
 * CamphorError `archive-limit` above `limitBytes`, or what the source throws.
 */
export async function inflateTar(source: ByteSource, limitBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of inflate(readPieces(source, 0, source.sizeBytes), 'gzip')) {
      pieces.push(chunk);
      bytes += chunk.length;
      if (bytes > limitBytes) throw new CamphorError('archive-limit', { limit: 'nestedInMemoryBytes', found: bytes, allowed: limitBytes });
    }
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
  }
  return joinBytes(pieces, bytes);
}
