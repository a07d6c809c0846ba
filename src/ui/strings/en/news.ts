// What is new in this version: replaced with each one. A chunk of its own, wanted once after an update.

import type { Text } from '../text';

export const enNews = {
  'news.title': 'Camphor was updated to {version}',
  'news.show': 'What is new',
  'news.kept': 'Everything that you keep is as it was.',
  'news.people': 'People: you, in several archives, can be shown as one; proposals that are wrong can be declined.',
  'news.room': 'A picture that was moved to your drive is fetched where you open it.',
  'news.turning': 'Turning a tablet or changing the width of the window keeps what you were doing.',
  'news.language': 'Traditional Chinese is a language of the app.',
} as const satisfies Record<string, Text>;
