// What sniffing gives.

export type MediaKind = 'image' | 'audio' | 'video' | 'document' | 'archive' | 'other';

export interface SniffedMedia {
  readonly mime: string;
  readonly kind: MediaKind;
  /** Usual file extension, without the dot. */
  readonly extension: string;
}

export const unknownMedia: SniffedMedia = { mime: 'application/octet-stream', kind: 'other', extension: 'bin' };
