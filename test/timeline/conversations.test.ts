import { describe, expect, test } from 'vitest';
import type { Sha256Hex } from '../../src/model/ids';
import type { Overlay, OverlayKind } from '../../src/model/overlay';
import type { MediaEntry } from '../../src/vault/archive';
import { demoArchiveName } from '../../src/model/source';
import type { Receipt } from '../../src/model/receipt';
import { demoConversations } from '../../src/timeline/conversations';
import { hueOf } from '../../src/timeline/hues';
import { createTimeline } from '../../src/timeline/timeline';
import { conversationId, memoryReader, message, person, personId } from '../search/memory-reader';
import type { MemoryReader } from '../search/memory-reader';

const stamp = { wallMs: 1, counter: 0, device: 'd' };
const overlay = (kind: OverlayKind, subject: string, value: string | null): Overlay => ({
  kind,
  subject,
  fields: { [kind]: { value, stamp } },
});

function timelineOver(reader: MemoryReader, overlays: readonly Overlay[] = []) {
  return createTimeline({ reader: async () => reader, overlays: async () => overlays, inlineTypes: new Set(['image/png']) });
}

const people = [person('anna', ['Anna', 'Annie']), person('ben', ['Ben']), person('me', ['Me'], { isOwner: true })];
const reader = memoryReader(
  [
    { id: 'old', messages: [message('早', { sentAtMs: 1, sender: personId('anna') })] },
    { id: 'new', messages: [message('late', { sentAtMs: 9 })], name: 'Lena' },
    { id: 'empty', messages: [] },
    {
      id: 'nameless',
      messages: [message('x', { sentAtMs: 5, sender: personId('me') })],
      name: null,
      people: [personId('me'), personId('ben'), personId('anna')],
      ownerPeople: [personId('me')],
    },
  ],
  people,
);

describe('the list of conversations', () => {
  test('has the latest first, what was pinned before them, nothing that was removed', async () => {
    expect((await timelineOver(reader).conversations()).map(({ id }) => id)).toEqual(['new', 'nameless', 'old', 'empty']);
    const overlays = [
      overlay('pinned', 'conversation:old', 'yes'),
      overlay('removed', 'conversation:new', 'yes'),
      overlay('hidden', 'conversation:empty', 'yes'),
    ];
    const views = await timelineOver(reader, overlays).conversations();
    expect(views.map(({ id, pinned, hidden }) => [id, pinned, hidden])).toEqual([
      ['old', true, false],
      ['nameless', false, false],
      ['empty', false, true],
    ]);
    await expect(timelineOver(reader, overlays).page(conversationId('new'), { at: 'end' }, 1, 1)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('takes back what was taken back', async () => {
    const views = await timelineOver(reader, [
      overlay('pinned', 'conversation:old', null),
      overlay('removed', 'conversation:new', null),
    ]).conversations();
    expect(views.map(({ id }) => id)).toEqual(['new', 'nameless', 'old', 'empty']);
  });

  test('calls a conversation as the owner does, else by its name, else after the people in it', async () => {
    const views = await timelineOver(reader, [
      overlay('conversation-name', 'conversation:old', 'Mum'),
      overlay('person-name', 'person:ben', 'Benny'),
    ]).conversations();
    expect(Object.fromEntries(views.map(({ id, name }) => [id, name]))).toEqual({
      new: 'Lena',
      nameless: 'Benny, Anna',
      old: 'Mum',
      empty: 'empty',
    });
  });

  test('shows the last message in short', async () => {
    const views = await timelineOver(reader).conversations();
    expect(views.find(({ id }) => id === 'old')).toMatchObject({
      last: { text: '早', senderName: 'Anna', kind: 'text' },
      demo: false,
      messageCount: 1,
      firstAtMs: 1,
      lastAtMs: 1,
    });
    expect(views.find(({ id }) => id === 'empty')).toMatchObject({ last: null, lastAtMs: null });
  });

  test('says which conversations came with the demo archive and with nothing else', () => {
    const receipt = (path: string, conversations: readonly string[], undoneAtMs: number | null = null): Receipt =>
      ({ files: [{ path }], conversations: conversations.map((conversation) => ({ conversation })), undoneAtMs }) as unknown as Receipt;
    const demos = demoConversations([
      receipt('chat.zip', ['own', 'joined']),
      receipt(demoArchiveName, ['demo', 'joined']),
      receipt(demoArchiveName, ['undone'], 1),
      receipt('other.zip', ['demo'], 1),
    ]);
    expect([...demos]).toEqual(['demo']);
  });
});

describe('people', () => {
  test('are named, told from the owner and given a stable hue', async () => {
    const views = await timelineOver(reader, [overlay('person-name', 'person:anna', 'Mum'), overlay('owner', 'person:ben', 'yes')]).people(
      conversationId('nameless'),
    );
    expect(views).toEqual([
      { id: 'me', name: 'Me', names: ['Me'], isOwner: true, hue: hueOf(personId('me')) },
      { id: 'ben', name: 'Ben', names: ['Ben'], isOwner: true, hue: hueOf(personId('ben')) },
      { id: 'anna', name: 'Mum', names: ['Anna', 'Annie'], isOwner: false, hue: hueOf(personId('anna')) },
    ]);
  });
});

describe('media', () => {
  const sha256 = 'ab'.repeat(32) as Sha256Hex;
  const withMedia = (mime: string, chunks: readonly string[] = ['a chunk']): MemoryReader => {
    const entry: MediaEntry = {
      sha256,
      sizeBytes: 6,
      mime,
      chunks: chunks as MediaEntry['chunks'],
      thumbnail: null,
      widthPx: 2,
      heightPx: 3,
      receipts: [],
    };
    const stream = async function* (): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(1, 2, 3);
      yield Uint8Array.of(4, 5, 6);
    };
    const source = { sizeBytes: 6, stream, read: async () => new Uint8Array() };
    return { ...reader, media: async (wanted) => (wanted === sha256 ? entry : null), openMedia: () => source };
  };

  test('keep their type where it may be shown, and are bytes to save where not', async () => {
    const image = await timelineOver(withMedia('image/png')).readMedia(sha256);
    expect(image.type).toBe('image/png');
    expect([...new Uint8Array(await image.arrayBuffer())]).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await timelineOver(withMedia('image/svg+xml')).readMedia(sha256)).type).toBe('application/octet-stream');
    expect(await timelineOver(withMedia('image/png')).media(sha256)).toEqual({
      sha256,
      mime: 'image/png',
      sizeBytes: 6,
      widthPx: 2,
      heightPx: 3,
      isHere: true,
    });
    expect(await timelineOver(withMedia('image/png', [])).media(sha256)).toMatchObject({ sizeBytes: 6, isHere: false });
  });

  test('that are not there are not found', async () => {
    const timeline = timelineOver(reader);
    expect(await timeline.media(sha256)).toBeNull();
    expect(await timeline.readThumbnail(sha256)).toBeNull();
    await expect(timeline.readMedia(sha256)).rejects.toMatchObject({ code: 'not-found' });
  });
});
