// A search over invented conversations, as the pool of workers would answer it.

import type { ConversationId } from '../../src/model/ids';
import type { SearchHit, SearchRequest, SearchUpdate } from '../../src/model/view';
import type { Session } from '../../src/session/session';
import { monthNumber, splitRange } from '../../src/ui/searching/month-range';
import type { FakeConversation } from './fake-conversations';

export function localDay(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

export function runSearch(
  conversations: readonly FakeConversation[],
  request: SearchRequest,
  onUpdate: (update: SearchUpdate) => void,
): { finished: Promise<void>; cancel(): void } {
  const words = request.query
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '' && !word.includes(':'));
  const { range } = splitRange(request.query);
  const day = /(?:^|\s)(?:on|日期):(\d{4}-\d{2}-\d{2})(?:\s|$)/u.exec(request.query)?.[1];
  const isInTime = (sentAtMs: number): boolean => {
    const local = localDay(sentAtMs);
    const month = monthNumber(local.slice(0, 7));
    return (range === null || (month >= range.from && month <= range.to)) && (day === undefined || local === day);
  };
  const hits: SearchHit[] = [];
  for (const conversation of conversations) {
    if (request.conversation !== null && conversation.view.id !== request.conversation) continue;
    for (let at = Math.max(0, conversation.view.messageCount - 3000); at < conversation.view.messageCount; at++) {
      const message = conversation.message(at);
      const place = words.map((word) => message.text.toLowerCase().indexOf(word));
      if (!isInTime(message.sentAtMs) || (words.length === 0 && day === undefined) || place.some((index) => index < 0)) continue;
      const highlights = place.map((index, word) => ({ from: index, to: index + (words[word] ?? '').length }));
      hits.push({
        conversation: conversation.view.id,
        seq: message.seq,
        sentAtMs: message.sentAtMs,
        senderName: message.senderView?.name ?? null,
        conversationName: conversation.view.name,
        kind: message.kind,
        snippet: message.text,
        highlights,
      });
    }
  }
  hits.sort((a, b) => (request.order === 'newest' ? b.sentAtMs - a.sentAtMs : a.sentAtMs - b.sentAtMs));
  const names = conversations
    .filter(({ view }) => words.some((word) => view.name.toLowerCase().includes(word)))
    .map(({ view }) => ({ kind: 'conversation' as const, id: view.id, name: view.name }));
  let over = false;
  const finished = Promise.resolve().then(() => {
    if (over) return;
    const sent = hits.slice(0, request.hitLimit);
    onUpdate({ hits: sent.slice(0, 10), ...countsOf(hits.slice(0, 10)), done: false, segmentsScanned: 1, segmentsTotal: 2, names });
    onUpdate({ hits: sent.slice(10), ...countsOf(hits), done: true, segmentsScanned: 2, segmentsTotal: 2, names });
  });
  return { finished, cancel: () => void (over = true) };
}

function countsOf(hits: readonly SearchHit[]): Pick<SearchUpdate, 'count' | 'months' | 'conversations'> {
  const months = new Map<string, number>();
  const conversations = new Map<ConversationId, number>();
  for (const { sentAtMs, conversation } of hits) {
    const month = localDay(sentAtMs).slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + 1);
    conversations.set(conversation, (conversations.get(conversation) ?? 0) + 1);
  }
  return { count: hits.length, months, conversations };
}

export function suggestFor(text: string): Awaited<ReturnType<Session['suggest']>> {
  const word = text.split(/\s/u).at(-1) ?? '';
  if (word === '') return [];
  return ['from:', 'in:', 'before:', 'after:', 'has:']
    .filter((operator) => operator.startsWith(word) && operator !== word)
    .map((insert) => ({ insert, kind: 'operator' as const, label: insert }));
}
