// Overlays by what they speak of. Each kind says one thing, in one field; null takes it back. (Tags are several: marks.ts.)

import type { ConversationId, MessageAddress, PersonId, ReceiptId } from './ids';
import type { Overlay, OverlayKind } from './overlay';

export const conversationSubject = (id: ConversationId): string => `conversation:${id}`;
export const personSubject = (id: PersonId): string => `person:${id}`;
export const receiptSubject = (id: ReceiptId): string => `receipt:${id}`;
export const searchSubject = (id: string): string => `search:${id}`;
export const messageSubject = ({ conversation, seq }: MessageAddress): string => `message:${conversation}/${seq}`;

export interface OverlayIndex {
  /** The text that the owner gave, or null. */
  value(kind: OverlayKind, subject: string): string | null;
  /** Whether it is set. */
  has(kind: OverlayKind, subject: string): boolean;
}

export function indexOverlays(overlays: readonly Overlay[]): OverlayIndex {
  const fields = new Map<string, Overlay['fields']>();
  for (const overlay of overlays) fields.set(`${overlay.kind} ${overlay.subject}`, overlay.fields);
  const value: OverlayIndex['value'] = (kind, subject) =>
    Object.values(fields.get(`${kind} ${subject}`) ?? {}).find((field) => field.value !== null)?.value ?? null;
  return {
    value,
    has: (kind, subject) => value(kind, subject) !== null,
  };
}

/** Whether it says anything: not all of it was taken back. */
export function isSaid({ fields }: Overlay): boolean {
  return Object.values(fields).some(({ value }) => value !== null);
}

/** Fields that take back all that it says. */
export function takenBack({ fields }: Overlay): Readonly<Record<string, null>> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
}
