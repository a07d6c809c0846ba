// Expected values were read off test/samples/qq/qce-page and qce-viewer.

import { describe, expect, it } from 'vitest';
import { qceHtml } from '../../../src/importers/qq/exporter/html';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, ownSamplePath, sampleAt, sampleOf } from '../samples';

const page = sampleAt(ownSamplePath('qq/qce-page'));
const viewer = sampleAt(ownSamplePath('qq/qce-viewer'));

describeConformance(qceHtml, [page, viewer]);

describe('a page with all messages', () => {
  // 12 blocks, of which one is on a day that February does not have.
  it('is the chat that its name says, of who stands on the right', async () => {
    const { detection, questions, conversations, people, problems } = await openArchive(qceHtml, page);
    expect(detection).toMatchObject({ formatVersion: 'page', title: '演示群' });
    expect(questions.map(({ id, guess, certain }) => [id, guess, certain])).toEqual([
      ['owner', 'id:u_bbb', true],
      ['zone', null, false],
    ]);
    expect(conversations).toMatchObject([{ sourceId: 'group:123456', name: '演示群', shape: 'group' }]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['1000001', '演示甲', false],
      ['u_bbb', '乙 & co', true],
    ]);
    expect(problems).toEqual(['bad-time']);
  });

  it('has its kinds, texts and clocks', async () => {
    const { messages } = await openArchive(qceHtml, page);
    expect(
      messages.map(({ sourceId, sentAtMs, kind, text }) => [
        sourceId?.slice(-2),
        new Date(sentAtMs).toISOString().slice(11, 19),
        kind,
        text,
      ]),
    ).toEqual([
      ['01', '08:00:00', 'text', '大家好/微笑'],
      ['02', '08:00:05', 'text', '你好\nline two'],
      ['03', '08:01:00', 'image', ''],
      ['04', '08:02:00', 'voice', ''],
      ['05', '08:03:00', 'video', ''],
      ['06', '08:04:00', 'sticker', ''],
      ['07', '08:05:00', 'link', expect.stringContaining('A page')],
      ['08', '08:06:00', 'forwarded', '群聊的聊天记录\n丙: 早'],
      [undefined, '08:07:00', 'system', '演示甲 撤回了一条消息'],
      ['09', '08:08:00', 'location', '湖心亭'],
      ['10', '08:09:00', 'unknown', ''],
    ]);
    expect(new Set(messages.map(({ clock }) => clock))).toEqual(new Set(['second']));
    expect(messages[1]?.facts?.replyTo).toEqual({ sourceId: '7000000000000000001', excerpt: '大家好' });
    expect(messages[0]?.facts?.extra).toMatchObject({ senderTitle: '群主' });
  });

  it('has its files, those too that it holds itself', async () => {
    const { messages, files } = await openArchive(qceHtml, page);
    const attachments = messages.flatMap((message) => message.attachments);
    expect(attachments.map(({ kind, name, missing, sizeBytes }) => [kind, name, missing, sizeBytes])).toEqual([
      ['image', 'cat 1.png', null, null],
      ['image', 'in.png', null, 8],
      ['voice', 'a.amr', 'not-in-archive', null],
      ['file', 'map.pdf', 'not-in-archive', null],
      ['video', 'v.mp4', 'not-in-archive', null],
      ['sticker', '摸头', 'not-exported', null],
    ]);
    expect(files.entries[attachments[0]?.entry ?? -1]?.path).toBe('resources/images/cat 1.png');
    const { offsetBytes, lengthBytes } = attachments[1]!.part!;
    const bytes = await files.entries[attachments[1]!.entry!]!.open().read(offsetBytes, offsetBytes + lengthBytes);
    // Eight bytes, the signature of PNG.
    expect(new TextDecoder().decode(bytes)).toBe('iVBORw0KGgo=');
  });
});

describe("a viewer's chunks", () => {
  it('are one chat, of instants, with a problem for the chunk that is not there', async () => {
    const { detection, questions, conversations, people, messages, problems } = await openArchive(qceHtml, viewer);
    expect(detection).toMatchObject({ formatVersion: 'chunks', title: '演示群' });
    expect(detection.entries).toHaveLength(3);
    expect(questions.map(({ id, guess }) => [id, guess])).toEqual([['owner', 'id:1000002']]);
    expect(conversations).toMatchObject([{ sourceId: null, name: '演示群', shape: 'group' }]);
    expect(messages.map(({ sourceId, sentAtMs, clock, kind, text }) => [sourceId, sentAtMs, clock, kind, text])).toEqual([
      ['7000000000000000001', 1_706_745_600_000, 'absolute', 'text', 'Hello All'],
      ['7000000000000000002', 1_706_745_605_000, 'absolute', 'image', ''],
      ['s1', 1_706_745_700_000, 'absolute', 'system', '乙 加入了群聊'],
    ]);
    expect(people.find(({ isOwner }) => isOwner)).toMatchObject({ sourceId: 'u_bbb' });
    expect(problems).toEqual(['media-missing', 'bad-time']);
  });

  it('hold files too', async () => {
    const { messages, files } = await openArchive(qceHtml, viewer);
    const { entry, part } = messages[1]!.attachments[0]!;
    const bytes = await files.entries[entry!]!.open().read(part!.offsetBytes, part!.offsetBytes + part!.lengthBytes);
    expect(new TextDecoder().decode(bytes)).toBe('iVBORw0KGgo=');
  });

  it('may stand in one page', async () => {
    const files = await viewer.open();
    const scripts = await Promise.all(
      files.entries
        .filter(({ path }) => path.endsWith('.js'))
        .map(async (entry) => new TextDecoder().decode(await entry.open().read(0, 1 << 20))),
    );
    const inline = scripts.map((script) => `<script>${script}</script>`).join('\n');
    const text = `<html><head><title>x</title><script>window.__QCE_MANIFEST__=function(m){};window.__QCE_CHUNK__=function(c){};</script>${inline}</head></html>`;
    const { detection, messages, people } = await openArchive(qceHtml, sampleOf('x', { 'x.html': text }));
    expect(detection).toMatchObject({ formatVersion: 'page', title: '演示群' });
    expect(messages.map(({ sourceId, clock }) => [sourceId?.slice(-2), clock])).toEqual([
      ['01', 'absolute'],
      ['02', 'absolute'],
      ['s1', 'absolute'],
    ]);
    expect(people.find(({ isOwner }) => isOwner)).toMatchObject({ sourceId: 'u_bbb' });
  });

  it('are told from other scripts', async () => {
    expect(await qceHtml.detect(filesOf('x', { 'a.js': 'window.chunk({id:"1",messages:[]})' }))).toEqual([]);
  });
});
