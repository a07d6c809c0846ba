// A message as the vault keeps it: a record whose people, conversation and media have been given their vault ids.

import type { PersonId, Sha256Hex } from './ids';
import type { AttachmentRecord, Clock, MessageFacts, MessageKind } from './record';

export interface Attachment extends Omit<AttachmentRecord, 'entry'> {
  /** SHA-256 of its bytes, or null where it is missing; `missing` says why. Where both are set, the bytes are a preview only. */
  readonly sha256: Sha256Hex | null;
}

export interface Message {
  /** Number of arrival inside the conversation. Each import that brings messages takes the next run of numbers. */
  readonly seq: number;
  readonly sender: PersonId | null;
  readonly sourceId: string | null;
  /** An instant; for a zoneless source worked out from the clock and the zone chosen at import. */
  readonly sentAtMs: number;
  readonly clock: Clock;
  /** sentAtMs + zoneOffsetMin * 60,000 is the source's own wall clock read as UTC; 0 for `absolute`. */
  readonly zoneOffsetMin: number;
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly facts: MessageFacts | null;
}
