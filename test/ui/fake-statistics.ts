// Invented counts of two years for the screens.

import type { ConversationId, PersonId } from '../../src/model/ids';
import type { StatisticsQuery, StatisticsView, WordsView } from '../../src/model/statistics';

const dayMs = 86_400_000;
const days = Array.from(
  { length: 700 },
  (_, at) =>
    [new Date(Date.UTC(2023, 0, 5) + at * dayMs).toISOString().slice(0, 10), 1 + ((at * 37) % 23) + (at % 11 === 0 ? 40 : 0)] as const,
).filter((_, at) => at % 9 !== 4);

const messages = days.reduce((sum, [, count]) => sum + count, 0);

const inventedStatistics: StatisticsView = {
  messages,
  days,
  hours: Array.from({ length: 168 }, (_, at) => (at % 24 < 7 ? at % 3 : ((at * 7) % 31) + (at % 24 === 21 ? 60 : 0))),
  kinds: [
    ['text', messages - 1_500],
    ['image', 900],
    ['voice', 400],
    ['sticker', 200],
  ],
  people: [
    { id: 'me' as PersonId, name: 'Ann', hue: 2, isOwner: true, messages: 4_100, answers: { count: 900, medianMs: 95_000 } },
    { id: 'mum' as PersonId, name: '妈妈', hue: 5, isOwner: false, messages: 3_900, answers: { count: 870, medianMs: 412_000 } },
    { id: 'rtl' as PersonId, name: 'سارة', hue: 7, isOwner: false, messages: 60, answers: { count: 0, medianMs: null } },
  ],
  peopleCount: 3,
  conversations: [
    { id: 'mum' as ConversationId, name: 'Mum', messages: messages - 60 },
    { id: 'hiking' as ConversationId, name: '周末爬山', messages: 60 },
  ],
  conversationCount: 2,
  unreadMessages: 0,
};

const inventedWords: WordsView = {
  words: [
    { word: '火锅', count: 212 },
    { word: 'harbour', count: 120 },
    { word: '周末', count: 77 },
    { word: 'train', count: 31 },
  ],
  emoji: [
    { word: '😂', count: 340 },
    { word: '🚢', count: 12 },
  ],
  unreadMessages: 0,
};

const ofYear = (year: number): StatisticsView => {
  const within = days.filter(([day]) => day.startsWith(`${year}-`));
  return { ...inventedStatistics, days: within, messages: within.reduce((sum, [, count]) => sum + count, 0) };
};

export const inventedCounts = {
  statistics: async ({ year }: StatisticsQuery) => (year === undefined ? inventedStatistics : ofYear(year)),
  words: async () => inventedWords,
};
