// The vault: everything kept on this device, sealed under the vault key. This file is what the rest of the app sees;
// what lies on disk, and in which order it is written, is in docs/vault.md.

import type { Overlay, OverlayKind } from '../model/overlay';
import type { ReportProgress } from '../model/progress';
import type { IntegrityReport, VaultStatus } from '../model/view';
import type { ArchiveReader, ArchiveWriter } from './archive';
import type { Channel, VaultEvent } from './channel';
import type { ColumnCodec } from './codec';
import type { Locks } from './locks';
import type { Sentinel } from './sentinel';

/** What the vault stands on. Only the first three are needed; the others default to the browser's, or to none in Node. */
export interface VaultEnvironment {
  readonly databaseName: string;
  readonly codec: ColumnCodec;
  nowMs(): number;
  readonly indexedDB?: IDBFactory;
  readonly IDBKeyRange?: typeof IDBKeyRange;
  readonly locks?: Locks;
  /** Null: changes are told to nobody else. */
  readonly channel?: Channel | null;
  /** Null: eviction cannot be told from a first visit. */
  readonly sentinel?: Sentinel | null;
  /** Fills the array with random bytes. */
  readonly fillRandom?: (bytes: Uint8Array) => void;
  /** `navigator.storage`, or what stands for it. */
  readonly storage?: { estimate(): Promise<{ readonly usage?: number; readonly quota?: number }>; persisted?(): Promise<boolean> } | null;
  /** Megabytes that a key derivation may take; less than 64 MiB only where memory is short. */
  readonly argon2?: { readonly memoryKiB: number; readonly passes: number };
}

export interface WriterOptions {
  /** Makes the search signature of a segment's text, a column of its own. */
  signatureOf(text: { readonly joined: string; readonly ends: Uint32Array }): Uint8Array;
}

/** Counts from the catalogue; usage and quota come from the browser. */
export interface StorageCounts {
  readonly messages: number;
  readonly segmentCount: number;
  readonly mediaCount: number;
  readonly mediaBytes: number;
}

/** What the owner adds, and settings: root `notes`, short writes of their own, never part of an import. */
export interface Notes {
  /** All overlays, or those of one kind. */
  overlays(kind: OverlayKind | null): Promise<readonly Overlay[]>;
  /** Sets fields (null clears one) with a new stamp of this device. */
  setOverlay(kind: OverlayKind, subject: string, fields: Readonly<Record<string, string | null>>): Promise<void>;
  /** Takes in overlays of another device: last writer wins by field. Stamps more than 24 h ahead are clamped and counted. */
  mergeOverlays(overlays: readonly Overlay[]): Promise<{ readonly clamped: number }>;
  settings(): Promise<Readonly<Record<string, string>>>;
  setSetting(name: string, value: string): Promise<void>;
}

export interface Vault {
  status(): Promise<VaultStatus>;
  /** Opens with the device's key where there is no passphrase; makes the vault where there is none. */
  open(): Promise<VaultStatus>;
  /** Throws `wrong-secret`, `damaged`, `tampered`, `newer-vault`. */
  unlock(passphrase: string, report?: ReportProgress): Promise<VaultStatus>;
  /** Forgets the keys here and tells the other threads and tabs; where a writer is open, after it has ended. */
  lock(): void;
  /** `current` proves the factor in use (null where there is none). Throws `secret-too-weak`, `wrong-secret`, `busy`. */
  setPassphrase(next: string, current: string | null, report?: ReportProgress): Promise<VaultStatus>;
  removePassphrase(current: string, report?: ReportProgress): Promise<VaultStatus>;
  /** The vault key: HKDF, not extractable, may be posted to another thread. Throws `locked`. */
  key(): CryptoKey;
  /** Takes a key that another thread handed over. Throws `wrong-secret` when it is not this vault's. */
  useKey(key: CryptoKey): Promise<VaultStatus>;

  openReader(): Promise<ArchiveReader>;
  /** Throws `busy` while another tab or thread writes, `newer-vault` where the vault is read-only. */
  openWriter(options: WriterOptions): Promise<ArchiveWriter>;
  readonly notes: Notes;

  storageCounts(): Promise<StorageCounts>;
  /** Reads everything kept, authenticates it and hashes media again. */
  verify(report?: ReportProgress): Promise<IntegrityReport>;
  /** Removes what no spared root reaches. Does nothing while another thread writes. Gives the number of objects removed. */
  sweep(options?: { readonly dropPrevious: boolean }): Promise<number>;
  /** After the first passphrase: seals some media again under the new key; true while there is more to do. */
  resealMedia(report?: ReportProgress): Promise<boolean>;
  /** Deletes the whole vault; may be repeated when it was cut short. */
  forget(): Promise<void>;
  /** Hears of changes made here and elsewhere. Gives the function that stops it. */
  onChange(listener: (event: VaultEvent) => void): () => void;
  /** Lets go of the database and the channel. */
  close(): void;
}
