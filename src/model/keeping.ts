// What the screens of bookmarks and memories show.

import type { ConversationId, MessageAddress } from './ids';
import type { MessageView } from './view';

/** A message that the owner keeps something on, as its conversation is shown. */
export interface KeptMessage extends MessageAddress {
  readonly position: number;
  readonly sentAtMs: number;
  readonly bookmarked: boolean;
  readonly note: string | null;
  readonly tags: readonly string[];
}

export interface KeptView {
  /** The newest message first. */
  readonly messages: readonly KeptMessage[];
  /** Tags in use, the most used first. */
  readonly tags: readonly (readonly [name: string, messages: number])[];
}

/** One earlier year of a calendar day. */
export interface MemoryYear {
  readonly year: number;
  readonly conversations: readonly {
    readonly id: ConversationId;
    readonly name: string;
    readonly messageCount: number;
    /** The first of that day that say something. */
    readonly messages: readonly MessageView[];
  }[];
}
