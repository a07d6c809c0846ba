import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { countReads } from '../../src/bytes/counted-source';
import { fileSetOfFiles } from '../../src/bytes/file-set';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import type { ByteSource } from '../../src/bytes/source';
import { keepMedium } from '../../src/intake/attachments';
import type { IntakeEnvironment } from '../../src/intake/environment';
import type { ReceiptId } from '../../src/model/ids';
import { buildZip } from '../hostile/zip-builder';
import { plainStyle, writeChat } from './chat-text';
import { disguised, friend, md5, messages0, picture, voice, voices } from '../importers/wechat-database/wechat-4-samples';
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

test('a small medium whose reading gives memory of its own is read once, to be stored and pictured', async () => {
  const vault = await openRealVault();
  const writer = await vault.openWriter();
  const [path, bytes] = pictures[0] as [string, Uint8Array];
  const { source, count } = countReads(sourceOfBytes(bytes));
  const own: ByteSource = { ...source, givesOwn: true, read: async (from, to) => (await source.read(from, to)).slice() };
  const entry = { path, sizeBytes: bytes.length, modifiedAtMs: null, open: () => own };
  const input = { environment: { vault, ...describing } as IntakeEnvironment, writer, files: fileSetOfFiles('x', 'folder', [entry]) };
  const medium = await keepMedium(input, 0, 'a' as ReceiptId);
  expect(medium?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect((await writer.next.media(medium!.sha256))?.thumbnail).toMatchObject({ widthPx: 4 });
  expect(count).toEqual({ reads: 1, bytes: bytes.length });
  await writer.abandon();
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

test.each(['files', 'zip'] as const)('a file inside of another, as base64, is stored as what it is (%s)', async (container) => {
  const picture = new Uint8Array(5000).map((_, at) => (at === 0 ? 0xff : at % 251));
  const part = `<part seq="0" ct="image/jpeg" data="${Buffer.from(picture).toString('base64')}" />`;
  const mms = (date: number) => `<mms date="${date}" msg_box="1" address="1001"><parts>${part}</parts></mms>`;
  const harness = makeHarness(await openRealVault(), describing);
  const xml = new TextEncoder().encode(`<smses>${mms(1_700_000_000_000)}${mms(1_700_000_060_000)}</smses>`);
  const archive =
    container === 'files' ? { 'sms.xml': xml } : { 'sms.zip': buildZip([{ name: 'sms.xml', content: xml, isDeflated: true }]) };
  expect(await harness.import(archive)).toMatchObject({ mediaFound: 2, mediaMissing: 0, problemCounts: {} });
  const reader = await harness.vault.openReader();
  const kept = [];
  for await (const medium of reader.mediaEntries()) kept.push(medium);
  reader.release();
  const sha256 = createHash('sha256').update(picture).digest('hex');
  expect(kept).toMatchObject([{ sha256, sizeBytes: 5000, mime: 'image/jpeg' }]);
  const attachments = (await harness.messages()).flatMap((message) => message.attachments);
  expect(attachments.map(({ sha256: hash }) => hash)).toEqual([sha256, sha256]);
  expect(attachments.some((attachment) => 'part' in attachment)).toBe(false);
});

test('a file that its importer reads out of a database is stored as what it is', async () => {
  const harness = makeHarness(await openRealVault(), describing);
  const receipt = await harness.import({
    'message_0.db': messages0,
    'media_0.db': voices,
    [`msg/attach/${md5(friend)}/2024-01/Img/img0001.dat`]: disguised,
  });
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  // The film and the file of other messages are not there.
  const held = (await harness.messages()).flatMap((message) => message.attachments).flatMap((attachment) => attachment.sha256 ?? []);
  expect(held.sort()).toEqual([sha256(voice), sha256(picture)].sort());
  expect(receipt).toMatchObject({ mediaFound: 2, mediaMissing: 2 });
  const reader = await harness.vault.openReader();
  for await (const medium of reader.mediaEntries())
    expect(medium.sizeBytes).toBe(medium.sha256 === sha256(voice) ? voice.length : picture.length);
  reader.release();
});
