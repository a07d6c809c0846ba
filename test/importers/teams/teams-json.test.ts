import { describe, expect, it } from 'vitest';
import { teamsJson } from '../../../src/importers/teams/teams-json';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { ownSamplePath, sampleAt, sampleOf } from '../samples';

const own = sampleAt(ownSamplePath('teams/chats.json'), { hasEnd: true });

describeConformance(teamsJson, [own]);

describe('invented chats', () => {
  // Four messages in a direct chat, three in a group.
  it('have their kinds, texts and facts', async () => {
    const { conversations, messages, people, questions, problems } = await openArchive(teamsJson, own);
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      ['19:aaa_bbb@unq.gbl.spaces', 'Ann, Bob', 'direct'],
      ['19:group@thread.v2', 'Hikers', 'group'],
    ]);
    expect(messages.map(({ conversation, kind, text }) => `${conversation} ${kind} ${text}`)).toEqual([
      '0 text hi Bob 😀\nTom & Jerry',
      '0 text 早上好',
      '0 file ',
      '0 text ',
      '1 system ',
      '1 text a < b',
      '1 unknown ?',
    ]);
    expect(messages[0]).toMatchObject({ sourceId: '1700000000000', sentAtMs: 1_700_000_000_123 });
    expect(messages[0]?.facts?.reactions).toEqual([
      { emoji: '👍', count: 1, by: ['Bob'] },
      { emoji: '🔥', count: 1, by: [] },
    ]);
    expect(messages[1]?.facts).toMatchObject({
      replyTo: { sourceId: '1700000000000', excerpt: 'hi Bob' },
      edited: { editedAtMs: 1_700_000_120_000 },
    });
    expect(messages[2]?.attachments.map(({ kind, name }) => [kind, name])).toEqual([
      ['file', 'menu.pdf'],
      ['image', 'image'],
    ]);
    expect(messages[3]?.facts?.deleted).toEqual({ by: 'unknown' });
    expect(messages[4]?.facts?.service).toEqual({ action: 'invite_members' });
    expect(people.map(({ name }) => name)).toEqual(['Ann', 'Bob']);
    expect(questions).toMatchObject([{ id: 'owner', guess: null }]);
    expect(problems).toEqual([]);
  });

  it('may be a list alone, or an answer of Graph, with the chat named by each message', async () => {
    const message = (id: string, chatId: string) => ({
      id,
      chatId,
      messageType: 'message',
      createdDateTime: '2023-11-14T22:13:20Z',
      from: null,
      body: { contentType: 'text', content: id },
    });
    const list = [message('1', 'a'), message('2', 'b'), message('3', 'a')];
    for (const content of [list, { '@odata.context': 'x', value: list }]) {
      const { conversations, messages } = await openArchive(teamsJson, sampleOf('list', { 'x.json': JSON.stringify(content) }));
      expect(conversations.map(({ sourceId }) => sourceId)).toEqual(['a', 'b']);
      expect(messages.map(({ conversation, sender }) => [conversation, sender])).toEqual([
        [0, -1],
        [1, -1],
        [0, -1],
      ]);
    }
  });
});
