// Expected values were read off test/samples/wechat/pages*.

import { describe, expect, it } from 'vitest';
import { wechatHtml } from '../../../src/importers/wechat/wechat-html';
import type { MessageRecord } from '../../../src/model/record';
import { openArchive } from '../open-archive';
import { filesOf, ownSamplePath, sampleAt } from '../samples';

const open = (path: string) => openArchive(wechatHtml, sampleAt(ownSamplePath(`wechat/${path}`)));
const brief = ({ kind, text, sender }: MessageRecord) => [kind, text, sender];

describe('pages with an array in their script', () => {
  it('of literals: dates are lines of the page, pictures tell who is who', async () => {
    const { detection, conversations, people, messages, problems } = await open('pages-literal');
    expect(detection).toMatchObject({ formatVersion: 'memotrace-2', title: '安' });
    expect(problems).toEqual([]);
    expect(conversations).toMatchObject([{ sourceId: null, name: '安' }]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['wxid_an000000000', '安', false],
      ['wxid_me000000000', '我自己', true],
    ]);
    expect(messages.map(brief)).toEqual([
      ['text', "Are you home\nit's {late}", 0],
      ['image', '', 1],
      ['voice', '', 0],
      ['text', '好', 1],
      ['file', '', 0],
      ['link', '湖边天气\n晴\nhttps://example.invalid/?a=1&b=2', 0],
      ['transfer', '￥20.00\n船票\n发起转账', 1],
      ['call', '', 0],
      ['system', '"安" 撤回了一条消息', -1],
    ]);
    expect(messages[0]).toMatchObject({ sentAtMs: 1717200000000, clock: 'absolute' });
    expect(messages[1]?.attachments).toMatchObject([{ name: 'a.jpg', missing: 'not-in-archive' }]);
    expect(messages[3]?.facts?.replyTo).toEqual({ sourceId: null, excerpt: '安：Are you home' });
    expect(messages[4]?.attachments).toMatchObject([{ name: '路线.pdf', sizeBytes: 2048 }]);
    expect(messages[7]?.facts?.call).toEqual({ durationMs: 65_000, outcome: 'answered', video: true });
  });

  it('of JSON: escaped texts are read as such', async () => {
    const { detection, messages, problems } = await open('pages');
    expect(detection).toMatchObject({ formatVersion: 'memotrace-3', title: '安' });
    expect(problems).toEqual([]);
    expect(messages).toHaveLength(14);
    expect(messages[1]).toMatchObject({ text: '在 & 好 <3', sourceId: '7200000000000000001' });
  });

  it('of JSON with names only', async () => {
    const { detection, messages, people } = await open('pages-data');
    expect(detection).toMatchObject({ formatVersion: 'echotrace', title: '安' });
    expect(people.map(({ name, isOwner }) => [name, isOwner])).toEqual([
      ['安', false],
      [null, true],
    ]);
    expect(messages.map(brief)).toEqual([
      ['text', 'Are you home', 0],
      ['image', '', 1],
      ['system', '"安" 撤回了一条消息', -1],
    ]);
  });

  it('of bubbles in HTML', async () => {
    const { detection, messages } = await open('pages-bubbles');
    expect(detection).toMatchObject({ formatVersion: 'weflow', title: '湖边散步' });
    expect(messages.map(brief)).toEqual([
      ['text', 'Walk to the lake today', 0],
      ['image', '', 1],
      ['voice', '', 2],
      ['text', '好 & 十点\n见', 1],
      ['link', '湖边天气\nhttps://example.invalid/w', 2],
    ]);
    expect(messages[1]?.attachments).toMatchObject([{ name: 'lake one.gif' }]);
    expect(messages[3]).toMatchObject({
      sourceId: '7000000000000000004',
      facts: { replyTo: { sourceId: '7000000000000000001', excerpt: 'Walk to the lake today' }, extra: { quoted: { sender: '安' } } },
    });
  });
});

describe('what is not ours', () => {
  it.each([
    '<html><script>const chatMessages = [];</script></html>',
    '<html><script>const chatMessages = [{"a":1}];</script></html>',
    '<html><script>const messagesData = load();</script></html>',
    'const chatMessages = [{ type:1,timestamp:1,displayname:"a",is_chatroom:0}]',
  ])('%s', async (text) => {
    expect(await wechatHtml.detect(filesOf('x', { 'x.html': text }))).toEqual([]);
  });

  it('code in an element is a problem, never run', async () => {
    const good = "{ type:1, text:'x', is_send:0, timestamp:1717200000, is_chatroom:0, displayname:'a' }";
    const bad = good.replace("'x'", 'globalThis.ran = 1');
    const files = async () => filesOf('x', { 'x.html': `<html><script>const chatMessages = [${good},${bad},${good}]</script>` });
    const { messages, problems } = await openArchive(wechatHtml, { name: 'x', open: files });
    expect(messages).toHaveLength(2);
    expect(problems).toEqual(['not-understood']);
    expect('ran' in globalThis).toBe(false);
  });
});
