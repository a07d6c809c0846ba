// A phone's backup as the screen sees it.

import type { SourceApp } from './source';

/** A phone's backup that is open, before the owner chose what of it is looked into. */
export interface BackupView {
  /** For `ImportVerbs.chooseApps`. */
  readonly fileId: string;
  /** Its folder, as it was dropped. */
  readonly path: string;
  readonly deviceName: string | null;
  readonly osVersion: string | null;
  readonly madeAtMs: number | null;
  readonly isEncrypted: boolean;
  /** False where the phone did not finish it, or files that it names are not in the folder. */
  readonly isWhole: boolean;
  /** All that it holds, of any app. */
  readonly files: number;
  readonly sizeBytes: number;
  readonly missing: number;
  readonly apps: readonly BackupAppView[];
  /** Ids of the apps that the plan looks into. */
  readonly chosen: readonly string[];
}

/** An app, or one account of an app, in a phone's backup. */
export interface BackupAppView {
  readonly id: string;
  readonly source: SourceApp;
  readonly name: string;
  /** The account as the app names its folder; null where the app has one. */
  readonly account: string | null;
  readonly files: number;
  readonly sizeBytes: number;
  /** Files that the backup names and that are not there. */
  readonly missing: number;
  /** False where such backups hold none of its messages, or none that can be read. */
  readonly isReadable: boolean;
}
