// What a conversation holds beside words, by shelf and month.

export const galleryShelves = ['media', 'files', 'voice', 'links'] as const;
/** `media`: pictures, films and animations, without stickers. */
export type GalleryShelf = (typeof galleryShelves)[number];

export interface GalleryView {
  /** Messages on the shelf. */
  readonly count: number;
  /** The newest first: `yyyy-mm` in the zone of the screen, and how many messages of the shelf it holds. */
  readonly months: readonly (readonly [month: string, messages: number])[];
  /** Messages of segments that could not be read. */
  readonly unreadMessages: number;
}
