import { expect, test } from 'vitest';
import { openFileSet } from '../../../src/bytes/file-set';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import { skypeJson } from '../../../src/importers/skype/skype-json';
import { buildTar } from '../../hostile/tar-builder';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { bytesOf } from '../altered-files';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';

const own = sampleAt(ownSamplePath('skype/export_9-messages'), { hasEnd: true });

describeConformance(skypeJson, [own]);

test('conversations, people and the owner', async () => {
  const { conversations, people, questions, messages, problems } = await openArchive(skypeJson, own);
  expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
    ['8:live:ben_demo', 'Ben Demo', 'direct'],
    ['19:demo@thread.skype', 'Trip', 'group'],
  ]);
  expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
    ['8:live:ben_demo', 'Ben Demo', false],
    ['8:live:ann_demo', 'Ann', true],
  ]);
  expect(questions).toMatchObject([{ id: 'owner', guess: '8:live:ann_demo', certain: true }]);
  expect(messages.map(({ kind }) => kind)).toEqual(['call', 'unknown', 'text', 'image', 'text', 'text', 'location', 'contact', 'system']);
  expect(problems).toEqual([]);
});

test('reads text with its marks, reactions, a reply that was edited, and a deleted message', async () => {
  const { messages } = await openArchive(skypeJson, own);
  const [, , deleted, , reply, text] = messages;
  expect(text).toMatchObject({ text: '新年好, happy new year & :) Ben\nsecond line', sentAtMs: Date.UTC(2024, 0, 1) });
  expect(text?.facts).toEqual({
    entities: [
      { type: 'bold', offset: 11, length: 3 },
      { type: 'mention', offset: 25, length: 3 },
    ],
    reactions: [{ emoji: '❤️', count: 1, by: ['Ben Demo'] }],
  });
  expect(reply).toMatchObject({ text: 'same to you', facts: { edited: { editedAtMs: Date.UTC(2024, 0, 1, 0, 1, 10) } } });
  expect(reply?.facts?.replyTo).toEqual({ sourceId: '1704067200000', conversationSourceId: '8:live:ben_demo', excerpt: '新年好' });
  expect(deleted).toMatchObject({ text: '', facts: { deleted: { by: 'sender' } } });
});

test('links files by their document; reads calls, places and contacts; keeps what it does not know', async () => {
  const { files, messages } = await openArchive(skypeJson, own);
  const [call, unknown, , image, , , place, contact, service] = messages;
  expect(image?.attachments).toMatchObject([{ kind: 'image', name: 'lake.jpg', sizeBytes: 14 }]);
  expect(files.entries[image!.attachments[0]!.entry!]?.path).toBe('media/0-demo-d1.1.jpg');
  expect(call?.facts?.call).toEqual({ durationMs: 35_500, outcome: 'answered', video: false });
  expect(place?.facts?.location).toEqual({ latitude: 31.23, longitude: 121.47, address: 'Bund' });
  expect(contact?.facts?.contact).toEqual({ name: 'Dan Demo' });
  expect(service).toMatchObject({ sender: -1, facts: { service: { action: 'invite_members', members: ['Ben Demo'] } } });
  expect(unknown?.facts?.extra).toEqual({ raw: '<hologram size="3">hello hologram</hologram>', messagetype: 'RichText/Hologram' });
});

test('is read out of its TAR', async () => {
  const { files, detection } = await openArchive(skypeJson, own);
  const content = await bytesOf(files, detection.entries[0]!);
  const tar = buildTar([{ name: 'messages.json', content }]);
  const { sets } = await openFileSet('drop', 'files', [{ path: '8_live_ann_export.tar', source: sourceOfBytes(tar), modifiedAtMs: null }]);
  expect((await skypeJson.detect(sets[0]!)).map(({ title }) => title)).toEqual(['ann_demo']);
});

test('a message without a time is a problem; other JSON is not claimed', async () => {
  const json =
    '{"userId":"8:me","conversations":[{"id":"8:a","MessageList":[{"id":"x","content":"?"},{"id":"1700000000000","messagetype":"Text","content":"a < b","from":"8:a"}]}]}';
  const { messages, problems } = await openArchive(skypeJson, sampleOf('odd', { 'messages.json': json }));
  expect(problems).toEqual(['bad-time']);
  expect(messages).toMatchObject([{ text: 'a < b', sentAtMs: 1_700_000_000_000 }]);
  expect(await skypeJson.detect(filesOf('x', { 'messages.json': '{"userId":"8:me","conversations":[]}' }))).toEqual([]);
});

test.skipIf(!hasSharedSamples)('reads the shared TAR', async () => {
  const { messages } = await openArchive(
    skypeJson,
    sampleAt(sharedSamplePath('international/_generated/samples/skype/8_live_me_export.tar')),
  );
  expect(messages.map(({ text }) => text)).toEqual(['reply', 'hi you & :)']);
});
