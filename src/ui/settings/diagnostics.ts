// What a developer needs to know of this device to look into a fault, and nothing that says whose it is or what is kept: no
// name, no text, no address, no file name, no key.

import type { DriveStatus } from '../../model/backup-view';
import type { ConversationView, ReceiptView, StorageView, VaultStatus } from '../../model/view';

/** What the report is made of; null where it could not be had. */
export interface DiagnosticFacts {
  readonly version: string;
  readonly status: VaultStatus | null;
  readonly storage: StorageView | null;
  readonly conversations: readonly ConversationView[];
  readonly receipts: readonly ReceiptView[] | null;
  /** Null where no drive was ever set up, or they could not be asked for. */
  readonly drives: readonly DriveStatus[] | null;
}

/** The browser as far as it matters here. */
export interface DiagnosticWindow {
  readonly userAgent: string;
  readonly languages: readonly string[];
  readonly processors: number;
  /** GiB, rounded by the browser; null where it does not say. */
  readonly memoryGb: number | null;
  readonly size: readonly [widthPx: number, heightPx: number, pixelRatio: number];
  readonly features: Readonly<Record<string, boolean>>;
}

/** JSON, indented, in English whatever the language of the interface. Times are days only. */
export function diagnosticsText(facts: DiagnosticFacts, browser: DiagnosticWindow): string {
  const { version, status, storage } = facts;
  return JSON.stringify(
    {
      app: version,
      browser,
      vault: status && { state: status.state, hasPassphrase: status.hasPassphrase, resealing: status.resealing },
      storage,
      conversations: countBy(facts.conversations.map(({ source, shape }) => `${source} ${shape}`)),
      mostMessages: Math.max(0, ...facts.conversations.map(({ messageCount }) => messageCount)),
      imports: facts.receipts?.map(importFacts),
      drives: facts.drives?.map(driveFacts),
    },
    null,
    2,
  );
}

function importFacts(receipt: ReceiptView): object {
  const { format, revision, openedAs, messagesRead, added, known, changed, mediaFound, mediaMissing, problemCounts } = receipt;
  return {
    format,
    revision,
    openedAs,
    day: day(receipt.importedAtMs),
    isUndone: receipt.undoneAtMs !== null,
    messagesRead,
    added,
    known,
    changed,
    mediaFound,
    mediaMissing,
    problemCounts,
  };
}

function driveFacts(drive: DriveStatus): object {
  const { kind, schedule, retention, snapshotCount, verifiedShare, isUpToDate, isSynced, warnings } = drive;
  return {
    kind,
    schedule,
    retention,
    snapshotCount,
    verifiedShare,
    isUpToDate,
    isSynced,
    warnings,
    lastBackup: day(drive.lastBackupAtMs),
    lastChecked: day(drive.lastCheckedAtMs),
    lastVerified: day(drive.lastVerifiedAtMs),
  };
}

function countBy(keys: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function day(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString().slice(0, 10);
}

/** What this browser can do of what the app makes use of. */
export function readBrowser(): DiagnosticWindow {
  const memoryGb = 'deviceMemory' in navigator && typeof navigator.deviceMemory === 'number' ? navigator.deviceMemory : null;
  const has = (name: string, of: object = globalThis): boolean => name in of;
  return {
    userAgent: navigator.userAgent,
    languages: navigator.languages,
    processors: navigator.hardwareConcurrency,
    memoryGb,
    size: [innerWidth, innerHeight, devicePixelRatio],
    features: {
      installed: matchMedia('(display-mode: standalone)').matches,
      secureContext: isSecureContext,
      serviceWorker: has('serviceWorker', navigator) && navigator.serviceWorker.controller !== null,
      originPrivateFiles: has('storage', navigator) && has('getDirectory', navigator.storage),
      persist: has('storage', navigator) && has('persist', navigator.storage),
      filePicker: has('showSaveFilePicker'),
      folderPicker: has('showDirectoryPicker'),
      compressionStreams: has('CompressionStream'),
      videoDecoder: has('VideoDecoder'),
      offscreenCanvas: has('OffscreenCanvas'),
      webLocks: has('locks', navigator),
      trustedTypes: has('trustedTypes'),
      wakeLock: has('wakeLock', navigator),
    },
  };
}
