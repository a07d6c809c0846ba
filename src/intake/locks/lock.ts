// The contract of a lock: files of one kind that only their owner's secret opens.
//
// To add one:
// 1. Write `<kind>-lock.ts` beside this file, a `Lock`, and put it into the list in `locks.ts`. It is loaded with every drop, so it
//    imports nothing heavy: what opens the file is behind `await import(…)` in `examine` and `open`.
// 2. Name its kind in `LockKind` (model/view.ts), and what opens it in `secretForms` (model/secret-form.ts), with the shape of a
//    secret that has one; the compiler lists the strings that miss it (`locked.*` in ui/strings, both languages).
// 3. `open` reads in place: it gives a source (with `readSync` where SQLite shall read it) or the files of an archive, decrypts what
//    is asked for, and stores nothing. What was opened is planned as any other drop: its importer knows nothing of the lock.
// 4. Errors are three different ones: `wrong-secret`, `damaged`, `unsupported-version`; and `secret-costs-too-much` for parameters of a
//    derivation above a ceiling, before any work. Where the format has a MAC it is checked before a byte is given to anyone.
// 5. Where one secret opens many files of a drop: `groupOf`, and `triesEach` where it mostly does. Files that only go with a locked
//    one (a write-ahead log) wait with it: `suffixesBeside`.
// 6. Tests: the right secret; a wrong one; one flipped bit in every part; the file cut short; parameters without measure.

import type { OpenedZip } from '../../bytes/zip';
import type { ByteSource } from '../../bytes/source';
import type { LockKind } from '../../model/view';
import type { Secret, SecretForm } from '../../model/secret-form';
import type { PhoneBackup } from './phone-backup';

export interface LockedSource {
  readonly path: string;
  readonly source: ByteSource;
  /** Another file of the same drop by its path, such as what lies beside; null where there is none. */
  beside(path: string): ByteSource | null;
  /** Size of another file of the drop without opening it; null where there is none. */
  sizeOf(path: string): number | null;
  /** Paths of all files of the drop. */
  readonly paths: readonly string[];
}

/** What takes the place of a locked file: one file, or the files of an archive. */
export type Unlocked =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly source: ByteSource;
      /** Opens another file of the group (`triesEach`) as this one was opened, without trying what did not fit. Throws as `Lock.open` does. */
      readonly openAlike?: (other: LockedSource) => Promise<Unlocked>;
    }
  /** `takes`: paths of other files of the drop that are parts of it, and are no longer files by themselves. */
  | { readonly kind: 'archive'; readonly path: string; readonly archive: OpenedZip; readonly takes?: ReadonlySet<string> }
  /** A phone's backup, of which the owner chooses apps. */
  | { readonly kind: 'backup'; readonly backup: PhoneBackup };

/** Steps of a derivation that takes a while. */
export type ReportSteps = (doneSteps: number, totalSteps: number) => void;

export interface Lock {
  readonly kind: LockKind;
  /** Files so named are looked into in a large drop as well. */
  readonly names: RegExp;
  /** Files named as a locked one with this behind it go with it, and are not spoken of while it is locked. */
  readonly suffixesBeside?: readonly string[];
  /** By `lockHeadBytes` of the beginning (or all), and by name and size where the format has no beginning of its own. Never throws. */
  recognises(head: Uint8Array, file: { readonly path: string; readonly sizeBytes: number }): boolean;
  /**
   * A closer look: what opens it, or null where it is not locked after all. Throws CamphorError `damaged`, `unsupported-version`,
   * `archive-limit` where no secret would open it, and what reading throws.
   */
  examine(file: LockedSource): Promise<SecretForm | null>;
  /**
   * Files with the same word are opened by the same secret: the first of them is asked for, and `open` opens them all. Of files that
   * `examine` found locked. Absent where each file has a secret of its own.
   */
  groupOf?(file: LockedSource): Promise<string>;
  /** True where files of a group may have secrets of their own after all: `open` opens one, and what was given is tried on each of them. */
  readonly triesEach?: true;
  /** Of a group of which so many were not opened, no more are tried: a wrong secret is told at once. Absent where all are. */
  readonly triesAtMost?: number;
  /** True for files that an archive keeps as they are where nobody opens them: they stay with its files, each counted as a problem. */
  readonly staysWhileLocked?: true;
  /** True where files within archives are asked for too (inner-locks.ts): `open` gives one file, read in place. */
  readonly opensInArchives?: true;
  /**
   * Which other files of the drop are parts of it, locked or open, and no files by themselves. Such a lock is known by `names` alone
   * before anything else is looked at.
   */
  partsOf?(file: LockedSource): (path: string) => boolean;
  /** What needs no secret after all, and is no plain file either; asked where `examine` gives null. Throws as `examine`. */
  openPlain?(file: LockedSource): Promise<Unlocked | null>;
  /**
   * Opens it. The secret is as typed, or the bytes of a key file. Looks at its form first (`secret-malformed`), then tries it on as
   * little as the format allows. Throws CamphorError `wrong-secret`, `damaged`, `unsupported-version`, `secret-costs-too-much`, `archive-limit`.
   */
  open(file: LockedSource, secret: Secret, report: ReportSteps): Promise<Unlocked>;
}

/** How much of a file `recognises` is given. */
export const lockHeadBytes = 2048;
