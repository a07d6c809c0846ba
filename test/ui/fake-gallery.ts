// The gallery of the invented conversations: the real one over their first thousand messages.

import type { GalleryShelf, GalleryView } from '../../src/model/gallery';
import type { ConversationId } from '../../src/model/ids';
import type { MessageView } from '../../src/model/view';

const shelves: Readonly<Record<GalleryShelf, (message: MessageView) => boolean>> = {
  media: ({ attachments }) => attachments.some(({ kind, sha256 }) => sha256 !== null && (kind === 'image' || kind === 'video')),
  files: ({ attachments }) => attachments.some(({ kind, sha256 }) => sha256 !== null && kind === 'file'),
  voice: ({ attachments }) => attachments.some(({ kind, sha256 }) => sha256 !== null && kind === 'voice'),
  links: ({ text }) => text.includes('http'),
};

export function fakeGallery(messagesOf: (id: ConversationId) => readonly MessageView[]) {
  const onShelf = (id: ConversationId, shelf: GalleryShelf) => messagesOf(id).filter(shelves[shelf]).toReversed();
  return {
    gallery: async (id: ConversationId, shelf: GalleryShelf): Promise<GalleryView> => {
      const months = new Map<string, number>();
      const found = onShelf(id, shelf);
      for (const { sentAtMs } of found) {
        const month = new Date(sentAtMs).toISOString().slice(0, 7);
        months.set(month, (months.get(month) ?? 0) + 1);
      }
      return { count: found.length, months: [...months], unreadMessages: 0 };
    },
    galleryItems: async (id: ConversationId, shelf: GalleryShelf, from: number, to: number) => onShelf(id, shelf).slice(from, to),
  };
}
