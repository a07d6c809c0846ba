// WeChat's own database and another tool's export of the same chat are one conversation, message by message.

import { expect, test } from 'vitest';
import { contacts, friend, me, messages0, startS } from '../importers/wechat-database/wechat-4-samples';
import { makeHarness } from './intake-harness';

/** The first two messages of the chat, as WeFlow writes them. */
const exported = JSON.stringify({
  weflow: { version: '1.0.9', exportedAt: startS, generator: 'WeFlow', format: 'json' },
  session: {
    wxid: friend,
    nickname: '乙',
    remark: '乙(备注)',
    displayName: '乙(备注)',
    type: '私聊',
    lastTimestamp: startS + 120,
    messageCount: 2,
  },
  messages: [
    {
      localId: 1,
      createTime: startS + 60,
      type: '文本消息',
      localType: 1,
      content: '明天九点见',
      isSend: 0,
      senderUsername: friend,
      platformMessageId: '8000000000000000001',
    },
    {
      localId: 2,
      createTime: startS + 120,
      type: '文本消息',
      localType: 1,
      content: '好的👌',
      isSend: 1,
      senderUsername: me,
      platformMessageId: '8000000000000000002',
    },
  ],
});
const database = { 'message_0.db': messages0, 'contact.db': contacts };

test.each([
  ['the export first', { 'a.json': exported }, database, 2, 10],
  ['the database first', database, { 'a.json': exported }, 12, 0],
] as const)('%s', async (_, first, second, before, added) => {
  const harness = makeHarness();
  expect(await harness.import(first)).toMatchObject({ added: before });
  expect(await harness.import(second)).toMatchObject({ added });
  const reader = await harness.vault.openReader();
  const conversations = await reader.conversations();
  // The chat of two and the group.
  expect(conversations.map(({ messageCount }) => messageCount).sort((one, other) => one - other)).toEqual([4, 8]);
  reader.release();
});
