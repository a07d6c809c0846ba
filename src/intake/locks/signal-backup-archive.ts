// A Signal Android backup as an archive: `frames`, its frames decrypted one after the other, and the files behind them, each read in
// place. One pass over the frames checks them and notes where files lie; what it keeps grows with files and megabytes, not with rows.

import type { OpenedZip } from '../../bytes/zip';
import { ownArchiveLimits } from '../../bytes/limits';
import { sourceOfRanges } from '../../bytes/ranged-source';
import type { ByteSource, ContainerProblem, FileEntry } from '../../bytes/source';
import { sourceOfStream } from '../../bytes/streamed-source';
import {
  deriveSignalBackupKeys,
  type SignalBackupHeader,
  type SignalBackupKeys,
  signalBackupRounds,
  signalFirstCounter,
  type SignalFrameOpener,
  signalFrameOpener,
  signalIv,
  signalLengthBytes,
} from '../../crypto/signal-backup';
import { signalPayloadReader } from '../../crypto/signal-payload';
import { CamphorError } from '../../model/error';
import type { ReportSteps } from './lock';
import { type FramePayload, type FramePlace, walkFrames } from './signal-backup-frames';

/** Name of the entry that holds the frames: of each its length, four bytes with the highest first, and itself, as in the backup. */
const framesPath = 'frames';
/** So often a place is noted from which frames can be read on. */
const stationBytes = 1 << 20;
const chunkBytes = 256 << 10;
/** More damage than this is not listed one by one. */
const problemLimit = 10_000;
/** The number of the row that a file belongs to, by which it is named: no two rows have the same. */
const rowIdField = 1;

/** What stands in the clear, and where it ends. */
interface BackupHead {
  readonly header: SignalBackupHeader;
  readonly endByte: number;
}

interface Station extends FramePlace {
  /** Where the frame begins in `frames`. */
  readonly plainByte: number;
}

interface Pass {
  readonly head: Uint8Array;
  readonly stations: Station[];
  readonly files: FramePayload[];
  readonly problems: ContainerProblem[];
  plainBytes: number;
}

/**
 * Opens a backup with its keys; `onShare` is told how much of it is passed, from 0 to 1. Throws CamphorError `wrong-secret` where not one
 * frame near the beginning is of these keys, `archive-limit`, and what reading throws.
 */
export async function openSignalBackup(
  source: ByteSource,
  { header, endByte }: BackupHead,
  keys: SignalBackupKeys,
  onShare: (share: number) => void = () => {},
): Promise<OpenedZip> {
  const opener = signalFrameOpener(keys, header);
  const first = { offsetBytes: endByte, counter: signalFirstCounter(header.iv) };
  const head = Uint8Array.from(await source.read(0, endByte));
  const pass = await passFrames(source, opener, first, head, onShare);
  const frames = sourceOfStream(pass.plainBytes, (fromByte) => streamFrames(source, opener, pass, fromByte));
  const entry: FileEntry = { path: framesPath, sizeBytes: frames.sizeBytes, modifiedAtMs: null, open: () => frames };
  const files = pass.files.map((file, at) => entryOf(source, keys, header, file, at));
  return { entries: [entry, ...files], problems: pass.problems, directory: null };
}

/** Opens a backup with its 30 digits; throws as `openSignalBackup` does. The pass over it counts as many steps as the derivation. */
export async function openWithDigits(source: ByteSource, found: BackupHead, digits: string, report: ReportSteps): Promise<OpenedZip> {
  const total = 2 * signalBackupRounds;
  const keys = deriveSignalBackupKeys(digits, found.header.salt, (rounds) => report(rounds, total));
  return openSignalBackup(source, found, keys, (share) => report(signalBackupRounds + Math.floor(share * signalBackupRounds), total));
}

async function passFrames(
  source: ByteSource,
  opener: SignalFrameOpener,
  first: FramePlace,
  head: Uint8Array,
  onShare: (share: number) => void,
): Promise<Pass> {
  const pass: Pass = { head, stations: [], files: [], problems: [], plainBytes: head.length };
  let toldByte = 0;
  for await (const step of walkFrames(source, opener, first)) {
    if (step.kind === 'frame') {
      takeFrame(pass, step.plain, step.place, step.payload);
      if (step.place.offsetBytes - toldByte < stationBytes) continue;
      toldByte = step.place.offsetBytes;
      onShare(toldByte / source.sizeBytes);
    } else if (step.kind === 'damaged') {
      addProblem(pass, 'entry-damaged', `bytes ${step.fromByte} to ${step.toByte} are not what was written`);
    } else if (step.kind === 'ends-early') {
      // Keys of another passphrase open nothing; damage leaves at least one frame that they open.
      if (pass.plainBytes === head.length) throw new CamphorError('wrong-secret');
      addProblem(pass, 'ends-early', `nothing can be read from byte ${step.fromByte} of ${source.sizeBytes}`);
    } else if (step.toByte < source.sizeBytes) {
      addProblem(pass, 'not-understood', `${source.sizeBytes - step.toByte} bytes behind the last frame`);
    }
  }
  onShare(1);
  return pass;
}

function takeFrame(pass: Pass, plain: Uint8Array, place: FramePlace, payload: FramePayload | null): void {
  const last = pass.stations.at(-1);
  if (last === undefined || pass.plainBytes - last.plainByte >= stationBytes) pass.stations.push({ ...place, plainByte: pass.plainBytes });
  pass.plainBytes += signalLengthBytes + plain.length;
  // Pictures of people, and stickers of packs that no message has: nothing of ours shows them.
  if (payload?.kind !== 'attachment') return;
  if (pass.files.length >= ownArchiveLimits.entryCount)
    throw new CamphorError('archive-limit', {
      limit: 'entryCount',
      found: pass.files.length + 1,
      allowed: ownArchiveLimits.entryCount,
    });
  pass.files.push(payload);
}

function addProblem({ problems }: Pass, code: ContainerProblem['code'], detail: string): void {
  if (problems.length < problemLimit) problems.push({ code, detail, entry: 0 });
}

/** `frames` from the last station before a byte; the header stands before the first one. */
function streamFrames(
  source: ByteSource,
  opener: SignalFrameOpener,
  { stations, head }: Pass,
  fromByte: number,
): ReturnType<Parameters<typeof sourceOfStream>[1]> {
  const station = stations.findLast(({ plainByte }) => plainByte <= fromByte);
  const [first] = stations;
  const start = station ?? first;
  const chunks = async function* (): AsyncGenerator<Uint8Array, void, void> {
    if (station === undefined) yield head;
    if (start !== undefined) yield* gather(walkFrames(source, opener, start));
  };
  return { startByte: station?.plainByte ?? 0, chunks: chunks() };
}

async function* gather(steps: ReturnType<typeof walkFrames>): AsyncGenerator<Uint8Array, void, void> {
  let chunk = new Uint8Array(chunkBytes);
  let filled = 0;
  for await (const step of steps) {
    if (step.kind !== 'frame') continue;
    const { length } = step.plain;
    if (filled + signalLengthBytes + length > chunk.length) {
      if (filled > 0) yield chunk.subarray(0, filled);
      chunk = new Uint8Array(Math.max(chunkBytes, signalLengthBytes + length));
      filled = 0;
    }
    new DataView(chunk.buffer).setUint32(filled, length);
    chunk.set(step.plain, filled + signalLengthBytes);
    filled += signalLengthBytes + length;
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

function entryOf(source: ByteSource, keys: SignalBackupKeys, header: SignalBackupHeader, file: FramePayload, at: number): FileEntry {
  const { offsetBytes, sizeBytes, counter } = file;
  const rowId = file.fields.integer(rowIdField);
  const open = (): ByteSource => {
    const read = (from: number, to: number): Promise<Uint8Array> => source.read(offsetBytes + from, offsetBytes + to);
    return quietWhenLookedAt(sourceOfRanges(sizeBytes, signalPayloadReader(keys, { iv: signalIv(header.iv, counter), sizeBytes, read })));
  };
  return { path: rowId === null ? `attachments/at ${at}` : `attachments/${rowId}`, sizeBytes, modifiedAtMs: null, open };
}

/**
 * Importers look into every file of a small archive, by `read`: one that is damaged has nothing for them, and is no reason to stop. Who
 * takes the file whole streams it, and is told.
 */
function quietWhenLookedAt(source: ByteSource): ByteSource {
  return {
    ...source,
    read: (fromByte, toByte) =>
      source.read(fromByte, toByte).catch((error: unknown) => {
        if (error instanceof CamphorError && error.code === 'damaged') return new Uint8Array(0);
        throw error;
      }),
  };
}
