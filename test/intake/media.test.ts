import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { IntakeEnvironment } from '../../src/intake/environment';
import { plainStyle, writeChat } from './chat-text';
import { makeHarness, openRealVault } from './intake-harness';

const withMedia = writeChat({ ...plainStyle, phone: 'iphone', withMedia: true });
const pictures = Object.entries(withMedia).filter(([path]) => path.endsWith('.jpg'));
const hashes = pictures.map(([, bytes]) => createHash('sha256').update(bytes).digest('hex')).sort();

const describing: Partial<IntakeEnvironment> = {
  describeMedium: (head) =>
    head[0] === 0xff
      ? { mime: 'image/jpeg', widthPx: 40, heightPx: 30 }
      : { mime: 'application/octet-stream', widthPx: null, heightPx: null },
  makeThumbnail: async (medium) => ({ bytes: medium.slice(0, 8), mime: 'image/webp', widthPx: 4, heightPx: 3 }),
};

test('media are stored once, described by their bytes, and have thumbnails', async () => {
  const harness = makeHarness(await openRealVault(), describing);
  const first = await harness.import(withMedia);
  expect(first).toMatchObject({ mediaFound: 3, mediaMissing: 0, problemCounts: {} });
  const second = await harness.import(writeChat({ ...plainStyle, withMedia: true }));
  expect(second).toMatchObject({ added: 0, mediaFound: 3 });
  const reader = await harness.vault.openReader();
  const kept = [];
  for await (const medium of reader.mediaEntries()) kept.push(medium);
  expect(kept.map(({ sha256 }) => sha256).sort()).toEqual(hashes);
  expect(
    kept.every(
      ({ mime, widthPx, thumbnail, receipts }) =>
        mime === 'image/jpeg' && widthPx === 40 && thumbnail?.widthPx === 4 && receipts.length === 2,
    ),
  ).toBe(true);
  reader.release();
});

test('a medium goes with the last import that holds it', async () => {
  const harness = makeHarness();
  const first = await harness.import(withMedia);
  const second = await harness.import(writeChat({ ...plainStyle, withMedia: true }));
  await harness.import(writeChat(plainStyle));
  await harness.undo(first.id);
  expect((await harness.dump()).split('\n').filter((line) => line.startsWith('medium'))).toHaveLength(3);
  await harness.undo(second.id);
  expect((await harness.dump()).split('\n').filter((line) => line.startsWith('medium'))).toEqual([]);
  const attachments = (await harness.messages()).flatMap((message) => message.attachments);
  expect(attachments.map(({ sha256, missing }) => [sha256, missing])).toEqual(Array.from({ length: 3 }, () => [null, 'omitted']));
});

test('a missing medium is named, and the message stays', async () => {
  const [gone] = pictures[1] as [string, Uint8Array];
  const harness = makeHarness();
  const receipt = await harness.import(Object.fromEntries(Object.entries(withMedia).filter(([path]) => path !== gone)));
  expect(receipt).toMatchObject({ messagesRead: 18, mediaFound: 2, mediaMissing: 1 });
  const later = await harness.import(withMedia);
  expect(later).toMatchObject({ added: 0, changed: 1, mediaFound: 3 });
});

test('thumbnails only, then all', async () => {
  const harness = makeHarness(undefined, describing);
  const small = await harness.import(withMedia, { media: 'thumbnails' });
  expect(small).toMatchObject({ mediaFound: 0, mediaMissing: 3 });
  const previews = (await harness.messages()).flatMap((message) => message.attachments);
  expect(previews.every(({ sha256, missing }) => sha256 !== null && missing === 'not-exported')).toBe(true);
  await harness.import(withMedia);
  const wholes = (await harness.messages()).flatMap((message) => message.attachments);
  expect(wholes.map(({ sha256 }) => sha256).sort()).toEqual(hashes);
  expect(await harness.messages()).toHaveLength(18);
});

test('no media', async () => {
  const harness = makeHarness(undefined, describing);
  await harness.import(withMedia, { media: 'none' });
  expect((await harness.messages()).flatMap((message) => message.attachments).map(({ sha256, missing }) => [sha256, missing])).toEqual([
    [null, 'not-exported'],
    [null, 'not-exported'],
    [null, 'not-exported'],
  ]);
});
