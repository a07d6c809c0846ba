// The gallery against a plain filter of the messages, in random segmentations.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CamphorError } from '../../src/model/error';
import { type GalleryShelf, galleryShelves } from '../../src/model/gallery';
import type { Sha256Hex } from '../../src/model/ids';
import type { Attachment, Message } from '../../src/model/message';
import { createTimeline } from '../../src/timeline/timeline';
import { conversationId, type MemoryReader, memoryReader, message } from '../search/memory-reader';

const id = conversationId('c');
const timelineOver = (reader: MemoryReader) =>
  createTimeline({ reader: async () => reader, overlays: async () => [], inlineTypes: new Set() });

const attachment = (kind: Attachment['kind'], isHere = true): Attachment =>
  ({
    kind,
    name: null,
    mime: null,
    sha256: isHere ? ('ab'.repeat(32) as Sha256Hex) : null,
    missing: isHere ? null : 'not-exported',
  }) as never;

const plainShelf: Readonly<Record<GalleryShelf, (one: Message) => boolean>> = {
  media: (one) => one.attachments.some(({ kind, sha256 }) => sha256 !== null && ['image', 'video', 'animation'].includes(kind)),
  files: (one) => one.attachments.some(({ kind, sha256 }) => sha256 !== null && ['file', 'audio'].includes(kind)),
  voice: (one) => one.attachments.some(({ kind, sha256 }) => sha256 !== null && kind === 'voice'),
  links: (one) => one.kind === 'link' || /https?:\/\/|www\./i.test(one.text),
};

describe('the gallery', () => {
  it('holds what a plain filter finds, the newest first, in steps of any length', async () => {
    const kind = fc.constantFrom<Attachment['kind']>('image', 'video', 'animation', 'file', 'audio', 'voice', 'sticker');
    const attached = fc.array(fc.tuple(kind, fc.boolean()), { maxLength: 3 });
    const text = fc.constantFrom('', 'plain', 'see HTTPS://example.org', 'www.example.org', 'http:/no');
    const any = fc.tuple(attached, text, fc.boolean(), fc.integer({ min: 0, max: 2 * 365 * 86_400_000 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(any, { maxLength: 50 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        async (made, size, step) => {
          const messages = made.map(([kinds, words, isLink, sentAtMs], seq) =>
            message(words, {
              seq,
              sentAtMs,
              kind: isLink ? 'link' : 'text',
              attachments: kinds.map(([of, isHere]) => attachment(of, isHere)),
            }),
          );
          const timeline = timelineOver(memoryReader([{ id: 'c', messages }], [], size));
          for (const shelf of galleryShelves) {
            const expected = messages
              .filter(plainShelf[shelf])
              .toSorted((a, b) => a.sentAtMs - b.sentAtMs || a.seq - b.seq)
              .toReversed();
            const { count, months } = await timeline.gallery(id, shelf, 'UTC');
            expect(count).toBe(expected.length);
            expect(months.reduce((sum, [, each]) => sum + each, 0)).toBe(count);
            expect([...new Set(expected.map(({ sentAtMs }) => new Date(sentAtMs).toISOString().slice(0, 7)))]).toEqual(
              months.map(([month]) => month),
            );
            const read = [];
            for (let from = 0; from < count; from += step) read.push(...(await timeline.galleryItems(id, shelf, from, from + step)));
            expect(read.map(({ seq }) => seq)).toEqual(expected.map(({ seq }) => seq));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives no more than 200 at once, and nothing beyond the end', async () => {
    const messages = Array.from({ length: 450 }, (_, seq) => message('www.example.org', { seq }));
    const timeline = timelineOver(memoryReader([{ id: 'c', messages }]));
    expect(await timeline.galleryItems(id, 'links', 0, 10_000)).toHaveLength(200);
    expect((await timeline.galleryItems(id, 'links', 440, 460)).map(({ seq }) => seq)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(await timeline.galleryItems(id, 'links', 450, 460)).toEqual([]);
    expect(await timeline.galleryItems(id, 'links', 900, 960)).toEqual([]);
  });

  it('opens no text for pictures, and each segment once', async () => {
    const messages = Array.from({ length: 40 }, (_, seq) => message('', { seq, attachments: [attachment('image')] }));
    const reader = memoryReader([{ id: 'c', messages }], [], 10);
    const timeline = timelineOver(reader);
    await timeline.gallery(id, 'media', 'UTC');
    await timeline.gallery(id, 'files', 'Asia/Shanghai');
    expect(reader.opened.filter((one) => one.endsWith(' text'))).toEqual([]);
    expect(reader.opened).toHaveLength(8);
  });

  it('says how much of it could not be read', async () => {
    const messages = Array.from({ length: 30 }, (_, seq) => message('', { seq, attachments: [attachment('voice')] }));
    const reader = memoryReader([{ id: 'c', messages }], [], 10);
    const { readColumns } = reader;
    reader.readColumns = async (segment, names) => {
      if (segment === 'c#10') throw new CamphorError('tampered');
      return readColumns(segment, names);
    };
    expect(await timelineOver(reader).gallery(id, 'voice', 'UTC')).toMatchObject({ count: 20, unreadMessages: 10 });
  });
});
