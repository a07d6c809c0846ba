// The doctor's steps with files: what the drive does, seen with a few small ones in the scratch folder.

import { CamphorError } from '../model/error';
import { diagnose } from './doctor-network';
import { type Examination, failed, failedBy, fine, limited, type Step, type StepResult } from './doctor-step';

/** Bytes of which each drive has to give back the same. */
export function checkBytes(sizeBytes: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeBytes);
  let state = seed;
  for (let at = 0; at < sizeBytes; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

const first = 'snapshots/first';
const firstBytes = 64 * 1024;

/** The finding of an error; where nothing came through, of the part that is not allowed. */
export async function failedWhile(examination: Examination, error: unknown): Promise<StepResult> {
  const isUnreachable = error instanceof CamphorError && error.code === 'drive-unreachable';
  return (isUnreachable ? await diagnose(examination) : null) ?? failedBy(error);
}

export const makeFolder: Step = async ({ probe }) => {
  await probe.makeFolder();
  return fine();
};

export const write: Step = async (examination) => {
  const bytes = checkBytes(firstBytes, 1);
  await examination.probe.drive.create(first, bytes);
  examination.written.set(first, bytes);
  return fine();
};

export const size: Step = async ({ probe, written }) => {
  for (const [name, bytes] of written) {
    const sizeBytes = await probe.drive.size(name);
    if (sizeBytes !== bytes.length) return failed('size-differs', { sizeBytes: sizeBytes ?? 0, expectedBytes: bytes.length });
    if (!isSame(await probe.drive.read(name), bytes)) return failed('size-differs', { sizeBytes, expectedBytes: bytes.length });
  }
  return fine();
};

/** A second create with other bytes of another size. */
export const noOverwrite: Step = async (examination) => {
  const { drive } = examination.probe;
  const other = checkBytes(firstBytes / 2, 2);
  const isRefused = await drive.create(first, other).then(
    () => false,
    (error: unknown) => {
      if (error instanceof CamphorError && error.code === 'drive-exists') return true;
      throw error;
    },
  );
  const bytes = await drive.read(first);
  const isKept = isSame(bytes, examination.written.get(first) ?? new Uint8Array(0));
  examination.written.set(first, bytes);
  examination.traits = { ...examination.traits, refusesTaken: isRefused && isKept };
  return isRefused && isKept ? fine() : limited('overwrites');
};

export const range: Step = async (examination) => {
  const hasRanges = await examination.probe.hasRange(first);
  examination.traits = { ...examination.traits, hasRanges };
  return hasRanges ? fine() : limited('no-range');
};

/** Files in two folders are listed, each with its size; a number of entries that looks like a whole page is a limit. */
export const list: Step = async (examination) => {
  const { probe, written, top } = examination;
  for (const [index, name] of ['data/00/second', 'data/01/third'].entries()) {
    const bytes = checkBytes(1000 + index, 3 + index);
    await probe.drive.create(name, bytes, { direct: true });
    written.set(name, bytes);
  }
  const { entries } = await probe.drive.list('');
  for (const [name, bytes] of written)
    if (!entries.some((entry) => entry.name === name && entry.sizeBytes === bytes.length))
      return failed('listing-cut', { entries: entries.length });
  if (top === null || top instanceof CamphorError || !top.isCut) return fine();
  examination.traits = { ...examination.traits, listingLimit: top.names.length };
  return limited('listing-cut', { entries: top.names.length });
};

export const remove: Step = async ({ probe, written }) => {
  try {
    for (const name of written.keys()) {
      await probe.drive.remove(name);
      if ((await probe.drive.size(name)) !== null) return limited('not-removable');
    }
    return fine();
  } catch (error) {
    if (error instanceof CamphorError && error.code === 'drive-read-only') return limited('not-removable', error.facts);
    throw error;
  }
};

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
