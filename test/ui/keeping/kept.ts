// Invented marks and memories, for tests and for axe.

import type { ConversationId } from '../../../src/model/ids';
import type { MemoryYear } from '../../../src/model/keeping';
import { tagFields } from '../../../src/model/marks';
import { inventedConversations } from '../fake-conversations';
import type { FakeOptions } from '../fake-session';

export const inventedMarks: NonNullable<FakeOptions['kept']> = [
  ['bookmark', 'message:mum/1', { bookmark: 'yes' }],
  ['note', 'message:mum/1', { note: '记得问她那张照片 — ask her where it was' }],
  ['tag', 'message:mum/3', tagFields([], ['家', 'Recipes'])],
  ['bookmark', 'message:reunion/2', { bookmark: 'yes' }],
  ['tag', 'message:reunion/2', tagFields([], ['Recipes'])],
];

/** Three messages of each of two conversations, as if they were of two earlier years. */
export function inventedMemories(): readonly MemoryYear[] {
  const byId = new Map(inventedConversations().map((one) => [one.view.id as string, one]));
  return [2, 5].map((ago) => ({
    year: new Date().getFullYear() - ago,
    conversations: ['mum', 'reunion'].flatMap((id) => {
      const found = byId.get(id);
      if (found === undefined) return [];
      const messages = [1, 2, 3].map((position) => found.message(position + ago));
      return [{ id: id as ConversationId, name: found.view.name, messageCount: 3 + ago, messages }];
    }),
  }));
}
