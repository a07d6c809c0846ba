// Overlays: what the owner adds. Small records keyed by what they speak of; last writer wins by field.

/** Hybrid logical clock: wall ms, then a counter, then the device's random id; compares in that order. */
export interface OverlayStamp {
  readonly wallMs: number;
  readonly counter: number;
  readonly device: string;
}

export type OverlayKind =
  | 'bookmark'
  | 'note'
  | 'tag'
  | 'person-name'
  | 'merged-people'
  /** On a person: those who are somebody else, each a field named after their id. */
  | 'different-people'
  | 'joined-conversations'
  | 'conversation-name'
  | 'owner'
  | 'zone'
  | 'hidden'
  | 'pinned'
  | 'removed'
  | 'undone'
  /** On a receipt: its kept original travels in backups. */
  | 'original'
  | 'saved-search';

export interface Overlay {
  readonly kind: OverlayKind;
  /** `message:<conversation>/<seq>`, `conversation:<id>`, `person:<id>`, `receipt:<id>`, `search:<random id>`. */
  readonly subject: string;
  readonly fields: Readonly<Record<string, { readonly value: string | null; readonly stamp: OverlayStamp }>>;
}
