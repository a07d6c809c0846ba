import { expect, test } from 'vitest';
import { conceal, isConcealed } from '../../src/model/concealed';
import type { Overlay, OverlayKind } from '../../src/model/overlay';
import { indexOverlays } from '../../src/model/overlay-index';
import { createTimeline } from '../../src/timeline/timeline';
import { conversationId, memoryReader, message } from '../search/memory-reader';

const stamp = { wallMs: 1, counter: 0, device: 'd' };
const overlay = (kind: OverlayKind, id: string, value: string | null): Overlay => ({
  kind,
  subject: `conversation:${id}`,
  fields: { [kind]: { value, stamp } },
});
const reader = memoryReader([
  { id: 'kept', name: 'Kept', messages: [message('tea', { sentAtMs: 1 })] },
  { id: 'away', name: 'Away', messages: [message('wine', { sentAtMs: 2 })] },
  { id: 'back', name: 'Back', messages: [message('water', { sentAtMs: 3 })] },
]);
const overlays = [overlay('hidden', 'away', 'yes'), overlay('hidden', 'back', null), overlay('removed', 'away', null)];
const timelineOver = (said: readonly Overlay[]) =>
  createTimeline({ reader: async () => reader, overlays: async () => said, inlineTypes: new Set<string>() });

test('a hidden conversation is read as if it were removed, one that is hidden no longer is not', () => {
  const index = indexOverlays(conceal(overlays));
  expect(['kept', 'away', 'back'].map((id) => isConcealed(index, `conversation:${id}`))).toEqual([false, true, false]);
  expect(isConcealed(indexOverlays(overlays), 'conversation:away')).toBe(false);
});

test('nothing changes where nothing is hidden', () => {
  const pinned = [overlay('pinned', 'kept', 'yes'), overlay('hidden', 'back', null)];
  expect(conceal(pinned)).toBe(pinned);
});

test('no verb of the timeline knows it, by whatever id it is asked for', async () => {
  const id = conversationId('away');
  const timeline = timelineOver(conceal(overlays));
  expect((await timeline.conversations()).map(({ name }) => name)).toEqual(['Back', 'Kept']);
  for (const asked of [
    timeline.page(id, { at: 'end' }, 1, 1),
    timeline.people(id),
    timeline.months(id, 'UTC'),
    timeline.days(id, '1970-01', 'UTC'),
    timeline.gallery(id, 'media', 'UTC'),
    timeline.galleryItems(id, 'media', 0, 1),
  ])
    await expect(asked).rejects.toMatchObject({ code: 'not-found' });
  expect((await timeline.statistics({ conversations: [id], zone: 'UTC' }, () => {})).messages).toBe(0);
  expect((await timeline.words({ conversations: [id], zone: 'UTC' }, () => {})).words).toEqual([]);
  expect(await timeline.keptMessages([{ conversation: id, seq: 0 }])).toEqual([]);
  expect((await timeline.statistics({ conversations: null, zone: 'UTC' }, () => {})).conversations.map(({ name }) => name)).toEqual([
    'Back',
    'Kept',
  ]);
});
