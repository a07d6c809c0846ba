// SQLite's write-ahead log (sqlite.org/fileformat2, 4): which of its frames hold the newest committed state of which page.

import type { SyncFile } from './pages';

/** What of a log holds: frames with the header's salts and right checksums, up to the last commit. */
export interface MergedLog {
  readonly pageSizeBytes: number;
  /** Where in the log the newest committed content of a page lies, by page number. */
  readonly offsetByPage: ReadonlyMap<number, number>;
  /** Pages of the database after the last commit. */
  readonly pageCount: number;
  /** Bytes up to the end of the last commit's frame; what follows is of an older log, or was never committed. */
  readonly committedBytes: number;
}

const logHeaderBytes = 32;
const frameHeaderBytes = 24;
const magicLittleEndian = 0x377f0682;
const magicBigEndian = 0x377f0683;
const readBytes = 1 << 20;

/** Null where the log commits nothing: empty, damaged at its beginning, or of another page size than `pageSizeBytes` (null: any). */
export function mergeLog(log: SyncFile, pageSizeBytes: number | null): MergedLog | null {
  const header = log.readSync(0, logHeaderBytes);
  const start = readLogHeader(header);
  if (start === null || (pageSizeBytes !== null && start.pageSizeBytes !== pageSizeBytes)) return null;
  const frameBytes = frameHeaderBytes + start.pageSizeBytes;
  const committed = new Map<number, number>();
  const open = new Map<number, number>();
  let pageCount = 0;
  let committedBytes = 0;
  for (const { frame, offsetBytes } of readFrames(log, frameBytes)) {
    const view = viewOf(frame);
    if (view.getUint32(8) !== start.salt1 || view.getUint32(12) !== start.salt2) break;
    start.sum.add(view, 0, 8);
    start.sum.add(view, frameHeaderBytes, frameBytes);
    if (!start.sum.equals(view, 16)) break;
    open.set(view.getUint32(0), offsetBytes + frameHeaderBytes);
    if (view.getUint32(4) === 0) continue;
    pageCount = view.getUint32(4);
    committedBytes = offsetBytes + frameBytes;
    for (const [page, at] of open) committed.set(page, at);
    open.clear();
  }
  return committedBytes === 0 ? null : { pageSizeBytes: start.pageSizeBytes, offsetByPage: committed, pageCount, committedBytes };
}

interface LogStart {
  readonly pageSizeBytes: number;
  readonly salt1: number;
  readonly salt2: number;
  readonly sum: RunningSum;
}

function readLogHeader(header: Uint8Array): LogStart | null {
  if (header.length < logHeaderBytes) return null;
  const view = viewOf(header);
  const magic = view.getUint32(0);
  if (magic !== magicLittleEndian && magic !== magicBigEndian) return null;
  const sum = runningSum(magic === magicLittleEndian);
  sum.add(view, 0, 24);
  const stored = view.getUint32(8);
  const pageSizeBytes = stored === 1 ? 65_536 : stored;
  if (!sum.equals(view, 24) || pageSizeBytes < 512 || pageSizeBytes > 65_536) return null;
  return { pageSizeBytes, salt1: view.getUint32(16), salt2: view.getUint32(20), sum };
}

function* readFrames(log: SyncFile, frameBytes: number): Generator<{ readonly frame: Uint8Array; readonly offsetBytes: number }> {
  const framesAtOnce = Math.max(1, Math.floor(readBytes / frameBytes));
  for (let at = logHeaderBytes; at + frameBytes <= log.sizeBytes;) {
    const bytes = log.readSync(at, at + framesAtOnce * frameBytes);
    if (bytes.length < frameBytes) return;
    for (let from = 0; from + frameBytes <= bytes.length; from += frameBytes, at += frameBytes)
      yield { frame: bytes.subarray(from, from + frameBytes), offsetBytes: at };
  }
}

interface RunningSum {
  /** Over the 32-bit words of [from, to), a multiple of 8 bytes. */
  add(view: DataView, from: number, to: number): void;
  /** Whether the two words at `at` are the sum so far. */
  equals(view: DataView, at: number): boolean;
}

/** Words are read in the byte order that the log's magic names; the sums themselves are stored big-endian. */
function runningSum(isLittleEndian: boolean): RunningSum {
  let first = 0;
  let second = 0;
  return {
    add(view, from, to) {
      for (let at = from; at < to; at += 8) {
        first = (first + view.getUint32(at, isLittleEndian) + second) >>> 0;
        second = (second + view.getUint32(at + 4, isLittleEndian) + first) >>> 0;
      }
    },
    equals: (view, at) => view.getUint32(at) === first && view.getUint32(at + 4) === second,
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
