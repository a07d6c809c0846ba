// The contract of a drive: a place that holds files under names, and nothing more. It sees ciphertext only, and never a key.
//
// Rules, each checked by test/drives/conformance.ts against every implementation and every real server:
// - a name is ASCII, relative, `/` between folders (`data/ab/ab12…`); folders come into being by themselves;
// - `create` makes a file appear whole or not at all, and never replaces one; what a killed `create` leaves behind is
//   never listed under the repository's names (it goes to `tmp/`), or is a pack that no index names;
// - what was created is listed, with its size, and read by everyone from then on;
// - errors are CamphorError with the codes of `driveErrorCodes`; none holds a credential.

import type { DriveTraits } from '../model/drive';
import type { FileContent } from './file-content';

export interface DriveEntry {
  /** Whole name, from the drive's root. */
  readonly name: string;
  readonly sizeBytes: number;
}

export interface Listing {
  readonly entries: readonly DriveEntry[];
  /** True where the drive may have left entries out (a round count, a page that did not come): nothing is removed on its word. */
  readonly isSuspect: boolean;
}

/** Half-open range of bytes. */
export interface ByteRange {
  readonly fromByte: number;
  readonly toByte: number;
}

export interface CreateOptions {
  readonly direct?: boolean;
}

export interface Drive {
  /** What is known of this drive's behaviour; the doctor's findings where it was examined. */
  readonly traits: DriveTraits;
  /** All files below a folder, however deep; '' is the root. A folder that is not there has none. */
  list(folder: string): Promise<Listing>;
  /**
   * The file's bytes, or a range of them; a range may reach beyond the end, and then gives less.
   * Throws `drive-missing` where there is no such file, `drive-damaged` where fewer bytes came than the drive announced.
   */
  read(name: string, range?: ByteRange): Promise<Uint8Array<ArrayBuffer>>;
  /** The file's size, or null where it is not there. */
  size(name: string): Promise<number | null>;
  /**
   * Creates the file whole, and returns when its size was seen on the drive. Throws `drive-exists` where the name is taken,
   * `drive-full`, `drive-too-large`, `drive-read-only`. `direct`: the name may be written at once, without a temporary
   * one, since a cut file under it does no harm (a pack that no index names yet).
   */
  create(name: string, content: FileContent, options?: CreateOptions): Promise<void>;
  /** Removes the file; one that is not there is removed already. */
  remove(name: string): Promise<void>;
  /** The drive's own time as last heard, in ms, moved on by the time since; null where it never said. */
  nowMs(): Promise<number | null>;
}
