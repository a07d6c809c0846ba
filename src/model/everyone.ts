// What the screen of people shows.

import type { ConversationId, PersonId } from './ids';
import type { SourceApp } from './source';

export interface OneOfEveryone {
  readonly id: PersonId;
  readonly name: string;
  readonly names: readonly string[];
  readonly isOwner: boolean;
  readonly hue: number;
  /** As archives know them: one, or those that the owner has merged. */
  readonly members: readonly {
    readonly id: PersonId;
    readonly name: string;
    readonly source: SourceApp;
    /** Their number or address (`tel:+…`, `mailto:…`), where one is known. */
    readonly number: string | null;
  }[];
  /** The latest first. */
  readonly conversations: readonly ConversationId[];
}

export interface EveryoneView {
  readonly people: readonly OneOfEveryone[];
  /** People who may be one: they have the same number, or the same name in two apps, or all of them are the owner. */
  readonly alike: readonly { readonly by: 'owner' | 'number' | 'name'; readonly people: readonly PersonId[] }[];
}
