// Branded ids. Ids of the vault are random, local and opaque; ids of sources are theirs, kept as text.

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type ConversationId = Branded<'conversation'>;
export type PersonId = Branded<'person'>;
export type SegmentId = Branded<'segment'>;
/** Derived from the content of the import, so that the same import on two devices has one receipt. */
export type ReceiptId = Branded<'receipt'>;
/** The name of one sealed object in the vault. */
export type ObjectId = Branded<'object'>;
/** SHA-256 of a medium's bytes, 64 lower-case hex digits. */
export type Sha256Hex = Branded<'sha256'>;

/** Where a message stands in the vault: `seq` is its number of arrival inside the conversation, never reused. */
export interface MessageAddress {
  readonly conversation: ConversationId;
  readonly seq: number;
}
