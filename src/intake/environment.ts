// What the intake job stands on, handed in by the worker or by a test.

import type { Importer } from '../importers/importer';
import type { ConversationId, ReceiptId } from '../model/ids';
import type { Overlay, OverlayKind } from '../model/overlay';
import type { ArchiveReader, ArchiveWriter } from '../vault/archive';
import type { KeptSecret } from '../vault/kept-secrets';

export interface Thumbnail {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface MediumFacts {
  /** By magic bytes; `application/octet-stream` where they say nothing. */
  readonly mime: string;
  readonly widthPx: number | null;
  readonly heightPx: number | null;
}

export interface IntakeEnvironment {
  readonly vault: { openReader(): Promise<ArchiveReader>; openWriter(): Promise<ArchiveWriter> };
  /** All of them, loaded when the first archive is looked at: undoing and joining need none. */
  loadImporters(): Promise<readonly Importer[]>;
  /** What the owner has set; among it how tables were read before. */
  settings?(): Promise<Readonly<Record<string, string>>>;
  /** Secrets that the owner kept, the newest first; tried in silence on what is locked. */
  keptSecrets?(): Promise<readonly KeptSecret[]>;
  keepSecret?(kept: Omit<KeptSecret, 'id'>): Promise<void>;
  /** How far each importer understands its format; 1 where it is not told. */
  revisionOf?(format: string): number;
  /** Media of a phone's backup up to this size are taken with its messages; more only after them. */
  readonly mediaAtOnceBytes?: number;
  nowMs(): number;
  /** What the browser still lets us keep; Infinity where it does not say. */
  freeBytes(): Promise<number>;
  /** Lets messages to this thread in; called at least every 50 ms of work. */
  yieldToEvents(): Promise<void>;
  /** Facts of a medium by its first bytes (at most 64 KiB). */
  describeMedium?(head: Uint8Array): MediumFacts;
  /** A small picture of a whole medium, or null where there is none to make. */
  makeThumbnail?(medium: Uint8Array, mime: string): Promise<Thumbnail | null>;
  /** What the owner added; without it nothing is joined. */
  overlays?(): Promise<readonly Overlay[]>;
  setOverlay?(kind: OverlayKind, subject: string, fields: Readonly<Record<string, string | null>>): Promise<void>;
  /** After a restore was committed: what the owner added where the snapshot was made, by this vault's ids. */
  mergeOverlays?(overlays: readonly Overlay[]): Promise<unknown>;
  /** After an undo was committed: the overlay that keeps other devices from bringing it back. */
  onUndone?(receipt: ReceiptId): Promise<void>;
  /** After a conversation was removed, or a removal was lifted by importing it again. */
  onRemoved?(conversation: ConversationId, isRemoved: boolean): Promise<void>;
}
