// The file `main` of Signal's local backups: frames under gzip under AES-CBC. Its MAC is checked before anything of it is given; then it
// is decrypted and inflated as it is read, from the start, and lies nowhere.

import { inflate, InflateError, inflateInputBytes } from '../../bytes/inflate';
import type { ByteSource } from '../../bytes/source';
import { sourceOfStream } from '../../bytes/streamed-source';
import {
  deriveBackupKey,
  deriveLocalKeys,
  isSignalTag,
  openBackupId,
  openBlocks,
  type SealedBackupId,
  signalBlockBytes,
  signalIvBytes,
  type SignalLocalKeys,
  signalLocalMacBytes,
} from '../../crypto/signal-local-backup';
import { archiveLimits } from '../../bytes/limits';
import { CamphorError } from '../../model/error';
import type { ReportSteps } from './lock';

const gzipMagic = [0x1f, 0x8b, 8];
const readBytes = 1 << 20;
/** The length at the end of gzip, which zeros may follow, has four bytes, and any of its last three may be zeros itself. */
const gzipEnds = [0, 1, 2, 3];

/** What is in `main`. Throws CamphorError `wrong-secret`, before the long pass, `damaged`, `archive-limit`, and what reading throws. */
export async function openSignalMain(
  source: ByteSource,
  recoveryKey: string,
  sealedId: SealedBackupId,
  report: ReportSteps,
): Promise<ByteSource> {
  const backupKey = deriveBackupKey(recoveryKey);
  return openMainWithKeys(source, deriveLocalKeys(backupKey, openBackupId(backupKey, sealedId)), report);
}

/** As `openSignalMain`, with the keys themselves. */
export async function openMainWithKeys(source: ByteSource, keys: SignalLocalKeys, report: ReportSteps = () => {}): Promise<ByteSource> {
  const sealedEnd = source.sizeBytes - signalLocalMacBytes;
  if (sealedEnd < signalIvBytes + signalBlockBytes || sealedEnd % signalBlockBytes !== 0) throw new CamphorError('damaged');
  const head = await source.read(0, signalIvBytes + signalBlockBytes);
  const first = openBlocks(keys, head.subarray(0, signalIvBytes), head.subarray(signalIvBytes));
  if (!gzipMagic.every((byte, at) => first[at] === byte)) throw new CamphorError('wrong-secret');
  const total = 2 * source.sizeBytes;
  const tag = await source.read(sealedEnd, source.sizeBytes);
  if (
    !(await isSignalTag(
      keys,
      readTold(source, sealedEnd, (done) => report(done, total)),
      tag,
    ))
  )
    throw new CamphorError('damaged');
  const contentEnd = await findContentEnd(source, keys, sealedEnd);
  for (const behind of gzipEnds) {
    const endByte = Math.min(contentEnd + behind, sealedEnd);
    const sizeBytes = await measure(source, keys, endByte, (done) => report(source.sizeBytes + done, total));
    if (sizeBytes !== null) return sourceOfStream(sizeBytes, () => ({ startByte: 0, chunks: inflateTo(source, keys, endByte, () => {}) }));
  }
  throw new CamphorError('damaged');
}

async function* readTold(source: ByteSource, endByte: number, onBytes: (done: number) => void): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < endByte; at += readBytes) {
    yield source.read(at, Math.min(at + readBytes, endByte));
    onBytes(Math.min(at + readBytes, endByte));
  }
}

/** The place in the file behind the last byte, once decrypted, that is neither padding of AES-CBC nor one of the zeros that hide the size. */
async function findContentEnd(source: ByteSource, keys: SignalLocalKeys, sealedEnd: number): Promise<number> {
  for (let end = sealedEnd; end > signalIvBytes;) {
    const from = Math.max(signalIvBytes, end - readBytes);
    const plain = await openRange(source, keys, from, end);
    const padding = end === sealedEnd ? (plain.at(-1) ?? 0) : 0;
    if (padding > signalBlockBytes) throw new CamphorError('damaged');
    let at = plain.length - padding;
    while (at > 0 && plain[at - 1] === 0) at--;
    if (at > 0) return from + at;
    end = from;
  }
  throw new CamphorError('damaged');
}

/** Whole blocks [fromByte, toByte) of the file, decrypted; the block before them, or the IV, is in the file too. */
async function openRange(source: ByteSource, keys: SignalLocalKeys, fromByte: number, toByte: number): Promise<Uint8Array> {
  const bytes = await source.read(fromByte - signalBlockBytes, toByte);
  return openBlocks(keys, bytes.subarray(0, signalBlockBytes), bytes.subarray(signalBlockBytes));
}

/** Size of the content where gzip ends at `endByte`; null where it does not. */
async function measure(
  source: ByteSource,
  keys: SignalLocalKeys,
  endByte: number,
  onBytes: (done: number) => void,
): Promise<number | null> {
  let sizeBytes = 0;
  try {
    for await (const chunk of inflateTo(source, keys, endByte, onBytes)) {
      sizeBytes += chunk.length;
      if (sizeBytes > archiveLimits.entryBytes)
        throw new CamphorError('archive-limit', { limit: 'entryBytes', found: sizeBytes, allowed: archiveLimits.entryBytes });
    }
    return sizeBytes;
  } catch (error) {
    if (error instanceof InflateError) return null;
    throw error;
  }
}

function inflateTo(
  source: ByteSource,
  keys: SignalLocalKeys,
  endByte: number,
  onBytes: (done: number) => void,
): AsyncGenerator<Uint8Array, void, void> {
  return inflate(openPieces(source, keys, endByte, onBytes), 'gzip');
}

async function* openPieces(
  source: ByteSource,
  keys: SignalLocalKeys,
  endByte: number,
  onBytes: (done: number) => void,
): AsyncGenerator<Uint8Array, void, void> {
  for (let at = signalIvBytes; at < endByte; at += readBytes) {
    const wanted = Math.min(readBytes, endByte - at);
    const blocks = Math.ceil(wanted / signalBlockBytes) * signalBlockBytes;
    const plain = (await openRange(source, keys, at, at + blocks)).subarray(0, wanted);
    for (let piece = 0; piece < plain.length; piece += inflateInputBytes) yield plain.subarray(piece, piece + inflateInputBytes);
    onBytes(at + wanted);
  }
}
