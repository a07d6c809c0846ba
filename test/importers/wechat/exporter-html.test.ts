// Expected values were read off test/samples/wechat/exporter-pages.

import { describe, expect, it } from 'vitest';
import { wechatExporterHtml } from '../../../src/importers/wechat/exporter-html';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, ownSamplePath, sampleAt, sampleOf } from '../samples';

const own = sampleAt(ownSamplePath('wechat/exporter-pages'));

describeConformance(wechatExporterHtml, [own]);

describe('a page with scripts', () => {
  // The page has 10 boxes, of which one has no time, and one more in its script; the file beside it has 3.
  it('is one chat, whose own messages the page marks', async () => {
    const { detection, questions, conversations, people, problems } = await openArchive(wechatExporterHtml, own);
    expect(detection).toMatchObject({ title: '湖边散步', isSingle: true });
    expect(detection.entries).toHaveLength(2);
    expect(questions.map(({ id }) => id)).toEqual(['zone']);
    expect(conversations).toMatchObject([{ sourceId: null, name: '湖边散步' }]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['wxid_an000000000', '安', false],
      ['wxid_me000000000', '我自己', true],
    ]);
    expect(problems).toEqual(['bad-time']);
  });

  it('has its kinds, texts and clocks', async () => {
    const { messages } = await openArchive(wechatExporterHtml, own);
    expect(messages.map(({ kind, text, sender, sentAtMs }) => [new Date(sentAtMs).toISOString().slice(5, 19), sender, kind, text])).toEqual(
      [
        ['06-01T08:00:00', -1, 'system', '你已添加了安，现在可以开始聊天了。'],
        ['06-01T08:00:00', 0, 'text', 'Walk to the lake & back\n  [图片]'],
        ['06-01T08:01:00', 1, 'text', '好的'],
        ['06-01T08:02:00', 0, 'image', ''],
        ['06-01T08:03:00', 1, 'voice', ''],
        ['06-01T08:04:00', 1, 'video', ''],
        ['06-01T08:04:00', -1, 'system', '"安" 撤回了一条消息'],
        ['06-01T08:05:00', 0, 'link', 'Lakes\nof the north\nMaps\nhttps://example.invalid/w'],
        ['06-01T08:06:00', 0, 'contact', '波\n个人名片'],
        ['06-01T08:08:00', 1, 'sticker', ''],
        ['06-02T09:00:00', 0, 'transfer', '[转账] ¥5.00\n微信转账'],
        ['06-02T09:01:00', 1, 'file', ''],
        ['06-02T09:02:00', 0, 'call', ''],
      ],
    );
    expect(messages[0]?.facts?.extra).toMatchObject({ time: 'of the message behind' });
    expect(messages[2]?.facts?.replyTo).toEqual({ sourceId: null, excerpt: '安：Walk' });
    expect(messages[8]?.facts?.contact).toEqual({ name: '波' });
  });

  it('has its files', async () => {
    const { messages, files } = await openArchive(wechatExporterHtml, own);
    const attachments = messages.flatMap((message) => message.attachments);
    expect(attachments.map(({ kind, name, entry, missing }) => [kind, name, files.entries[entry ?? -1]?.path, missing])).toEqual([
      ['image', '4.png', '湖边散步_files/Img/4.png', null],
      ['voice', '5.mp3', undefined, 'not-in-archive'],
      ['video', '6.mp4', undefined, 'not-in-archive'],
      ['sticker', '11.gif', undefined, 'not-in-archive'],
      ['file', 'map.pdf', undefined, 'not-in-archive'],
    ]);
  });
});

describe('parts and other pages', () => {
  it('scripts alone are a chat', async () => {
    const files = await own.open();
    const script = files.entries.find(({ path }) => path.endsWith('.js'));
    const bytes = await script!.open().read(0, 1 << 20);
    const { detection, messages } = await openArchive(wechatExporterHtml, sampleOf('x', { '湖边散步_files/Data/msg-1.js': bytes }));
    expect(detection.title).toBe('湖边散步');
    expect(messages).toHaveLength(3);
  });

  it('an older page is read by its own names of classes', async () => {
    const box =
      '<div class="msg chat-right " msgid="1"><div class="ntBox"><span class="name-right">我</span> 2019-01-02 03:04:05</div>' +
      '<div class="contentBox"><span class="dont-break-out">旧的</span></div></div>';
    const { messages, people } = await openArchive(wechatExporterHtml, sampleOf('x', { 'a.html': `<html><body>${box}</body></html>` }));
    expect(messages).toMatchObject([{ text: '旧的', sentAtMs: Date.UTC(2019, 0, 2, 3, 4, 5), clock: 'second' }]);
    expect(people).toMatchObject([{ isOwner: true }]);
  });

  it('a page of boxes without names and times is none', async () => {
    expect(await wechatExporterHtml.detect(filesOf('x', { 'a.html': '<div class="msg" msgid="1">x</div>' }))).toEqual([]);
  });
});
