// Whose phone it was: what archives say, and what the owner chooses for one conversation, in reading, search, statistics and names.

import { describe, expect, test } from 'vitest';
import type { Overlay } from '../../src/model/overlay';
import { createTimeline } from '../../src/timeline/timeline';
import { conversationId, memoryReader, message, person, personId } from '../search/memory-reader';
import { engineOver, runSearch } from '../search/run-search';

const stamp = { wallMs: 1, counter: 0, device: 'd' };
const overlay = (kind: Overlay['kind'], subject: string, field: string, value: string | null): Overlay => ({
  kind,
  subject,
  fields: { [field]: { value, stamp } },
});
const isBen = overlay('owner', 'conversation:a', 'person', 'ben');

const people = [person('ann', ['Ann'], { isOwner: true }), person('ben', ['Ben'])];
const by = (sender: string, seq: number, text: string) => message(text, { seq, sentAtMs: seq * 1000, sender: personId(sender) });
const both = ['ann', 'ben'].map(personId);
const reader = memoryReader(
  [
    { id: 'a', name: null, people: both, messages: [by('ann', 0, 'said by Ann here'), by('ben', 1, 'said by Ben here')] },
    { id: 'b', name: null, people: both, messages: [by('ann', 0, 'said by Ann there'), by('ben', 1, 'said by Ben there')] },
  ],
  people,
);
const timelineOver = (overlays: readonly Overlay[]) =>
  createTimeline({ reader: async () => reader, overlays: async () => overlays, inlineTypes: new Set() });
const owned = async (overlays: readonly Overlay[], id: string): Promise<readonly string[]> => {
  const { messages } = await timelineOver(overlays).page(conversationId(id), { at: 'start' }, 0, 10);
  return messages.filter(({ senderView }) => senderView?.isOwner === true).map(({ text }) => text);
};

describe('who "me" is', () => {
  test('is as archives say it, until the owner chooses somebody, in that conversation alone', async () => {
    expect(await owned([], 'a')).toEqual(['said by Ann here']);
    expect(await owned([isBen], 'a')).toEqual(['said by Ben here']);
    expect(await owned([isBen], 'b')).toEqual(['said by Ann there']);
    expect(await owned([overlay('owner', 'conversation:a', 'person', null)], 'a')).toEqual(['said by Ann here']);
  });

  test('is so for a search', async () => {
    const { hits } = await runSearch(engineOver(reader, { overlays: async () => [isBen] }), 'from:me said');
    expect(hits.map(({ snippet }) => snippet).toSorted()).toEqual(['said by Ann there', 'said by Ben here']);
  });

  test('is so for counts', async () => {
    const owners = async (conversations: readonly string[]): Promise<readonly string[]> => {
      const query = { conversations: conversations.map(conversationId), zone: 'UTC' };
      const counted = await timelineOver([isBen]).statistics(query, () => {});
      return counted.people.filter(({ isOwner }) => isOwner).map(({ name }) => name).toSorted(); // prettier-ignore
    };
    expect(await owners(['a'])).toEqual(['Ben']);
    expect(await owners(['b'])).toEqual(['Ann']);
    expect(await owners(['a', 'b'])).toEqual(['Ann', 'Ben']);
  });

  test('is not whom a conversation without a name is called after', async () => {
    const names = async (overlays: readonly Overlay[]): Promise<readonly string[]> =>
      (await timelineOver(overlays).conversations()).map(({ name }) => name);
    expect(await names([isBen])).toContain('Ann');
  });

  test('goes with whom the chosen person was merged into', async () => {
    const merged: Overlay = { kind: 'merged-people', subject: 'person:ann', fields: { into: { value: 'person:ben', stamp } } };
    expect(await owned([isBen, merged], 'a')).toEqual(['said by Ann here', 'said by Ben here']);
  });
});
