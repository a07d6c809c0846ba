// Words of the gallery. A chunk of its own.

import type { Text } from '../text';

export const enGallery = {
  'gallery.shelves': 'What to show',
  'gallery.media': 'Photos and videos',
  'gallery.files': 'Files',
  'gallery.voice': 'Voice messages',
  'gallery.links': 'Links',
  'gallery.looking': 'Looking through the conversation',
  'gallery.empty': 'Nothing of this kind here',
  'gallery.emptyWords': 'What this conversation holds of it appears here by month, the newest first.',
  'gallery.items': { one: '{count} message', other: '{count} messages' },
  'gallery.show': 'Show in the conversation',
  'gallery.more': '+{count}',
  'gallery.tile': '{what}, {date}',
} as const satisfies Readonly<Record<string, Text>>;
