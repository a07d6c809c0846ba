import { describe, expect, it } from 'vitest';
import { parseChatDate } from '../../../src/importers/google/chat-date';
import { googleChat } from '../../../src/importers/google/google-chat';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';

const own = sampleAt(ownSamplePath('google-chat/takeout'), { hasEnd: true });

describeConformance(googleChat, [own]);

describe('an invented account', () => {
  // DM abc has 4 messages, the space 6, of which one has no time.
  it('has its conversations, people and the owner', async () => {
    const { detection, questions, conversations, people, messages, problems } = await openArchive(googleChat, own);
    expect(detection).toMatchObject({ title: 'Ann', isSingle: false });
    expect(questions).toEqual([]);
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      ['abc', 'Bob', 'direct'],
      ['sp1', '梅林', 'group'],
    ]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['ann@example.com', 'Ann', true],
      ['bob@example.com', 'Bob', false],
      ['builder@bots.example.com', 'Builder', false],
      [null, 'Gone', false],
    ]);
    expect(messages.map(({ conversation, sender }) => [conversation, sender])).toEqual([
      [0, 1],
      [0, 0],
      [0, 1],
      [0, 1],
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 2],
      [1, 3],
    ]);
    expect(problems).toEqual(['bad-time']);
  });

  it('has its kinds, texts and times', async () => {
    const { messages } = await openArchive(googleChat, own);
    // 2023-11-14 22:13:20 UTC is 1,700,000,000; midnight is 6,400 s later, noon 43,200 after that.
    expect(messages.map(({ kind, text, sentAtMs }) => [kind, text, sentAtMs / 1000 - 1_700_000_000])).toEqual([
      ['text', 'see https://a.example now', 0],
      ['image', '', 60],
      ['text', 'ja', 120],
      ['text', '', 240],
      ['text', '早上好 @Bob', 6400],
      ['text', 'in the thread', 49_601],
      ['link', '', 49_602],
      ['unknown', '', 49_603],
      ['text', 'by name', 49_604],
    ]);
  });

  it('has ranges, answers, reactions, edits and deletions', async () => {
    const { messages } = await openArchive(googleChat, own);
    const [first, , quoting, deleted, mention, answer, card, unknown] = messages;
    expect(first?.facts?.entities).toEqual([
      { type: 'link', offset: 4, length: 17 },
      { type: 'bold', offset: 22, length: 3 },
    ]);
    expect(quoting?.facts).toMatchObject({
      replyTo: { sourceId: 'abc/t2/t2', excerpt: 'pic' },
      reactions: [{ emoji: '👍', count: 1, by: ['Ann'] }],
      edited: { editedAtMs: 1_700_000_180_000 },
    });
    expect(deleted?.facts).toEqual({ deleted: { by: 'sender' }, extra: { deletion_metadata: { deletion_type: 'CREATOR' } } });
    expect(mention?.facts?.entities).toEqual([{ type: 'mention', offset: 4, length: 4 }]);
    expect(answer).toMatchObject({ sourceId: 'sp1/a/b', facts: { replyTo: { sourceId: 'sp1/a/a' } } });
    expect(card?.facts?.extra?.['annotations']).toMatchObject([{ drive_metadata: { title: 'Plan' } }]);
    expect(unknown?.facts?.extra?.['raw']).toMatchObject({ message_id: 'sp1/d/d' });
  });

  it('links files under the names that they have on disk', async () => {
    const { messages, files } = await openArchive(googleChat, own);
    expect(
      messages[1]?.attachments.map(({ kind, name, entry, missing }) => [kind, name, files.entries[entry ?? -1]?.path, missing]),
    ).toEqual([
      ['image', 'pic?account_id=1.png', 'Takeout/Google Chat/Groups/DM abc/File-pic_account_id=1.png', null],
      ['file', 'gone.pdf', undefined, 'not-in-archive'],
    ]);
  });
});

describe('parts of an account', () => {
  const of = (email: string, text: string) =>
    `{"creator":{"name":"${email}","email":"${email}@example.com"},"created_date":"Monday, May 1, 2023 at 1:02:03 AM UTC","text":"${text}"}`;

  it('asks for the owner where nothing names them, guessing who is everywhere', async () => {
    const sample = sampleOf('chats', {
      'Gruppen/Direktnachricht 1x/messages.json': `{"messages":[${of('ann', 'a')},${of('bob', 'b')}]}`,
      'Gruppen/Direktnachricht 2x/messages.json': `{"messages":[${of('ann', 'a')},${of('mei', 'c')}]}`,
    });
    const { questions, people, conversations } = await openArchive(googleChat, sample);
    expect(questions).toMatchObject([{ id: 'owner', guess: 'ann@example.com', certain: false }]);
    expect(people.filter(({ isOwner }) => isOwner)).toMatchObject([{ sourceId: 'ann@example.com', name: 'ann' }]);
    expect(conversations).toMatchObject([{ sourceId: '1x', shape: 'unknown' }, { sourceId: '2x' }]);
    const chosen = await openArchive(googleChat, sample, { owner: 'mei@example.com' });
    expect(chosen.people.filter(({ isOwner }) => isOwner)).toMatchObject([{ sourceId: 'mei@example.com' }]);
  });

  it('finds files whose names were cut', async () => {
    const name = `File-${'long'.repeat(20)}.png`;
    const cut = `${name.slice(0, 46)}.png`;
    const message = `{"creator":{"email":"a@b"},"created_date":"May 1, 2023 at 1:02:03 AM UTC","attached_files":[{"export_name":"${name}"}]}`;
    const { messages } = await openArchive(
      googleChat,
      sampleOf('cut', { 'G/x/messages.json': `{"messages":[${message}]}`, [`G/x/${cut}`]: 'x' }),
    );
    expect(messages[0]?.attachments).toMatchObject([{ entry: 1, missing: null }]);
  });

  it('keeps conversations without messages, and members who never wrote or have no address', async () => {
    const members = '[{"name":"Ann","email":"ann@example.com"},{"name":"Gone","user_type":"Human"},{"user_type":"Human"}]';
    const sample = sampleOf('chats', {
      'Groups/DM 1x/messages.json': `{"messages":[${of('ann', 'a')}]}`,
      'Groups/DM 2x/messages.json': '{\n  "messages": []\n}',
      'Groups/DM 2x/group_info.json': `{"members":${members}}`,
      'Groups/DM 3x/group_info.json': '{"name":"Plans","members":[{"name":"Mei","email":"mei@example.com"}]}',
    });
    const { detection, conversations, people, messages } = await openArchive(googleChat, sample);
    expect(detection.entries).toHaveLength(4);
    expect(conversations.map(({ sourceId, name }) => [sourceId, name])).toEqual([
      ['1x', null],
      ['2x', 'Ann, Gone'],
      ['3x', 'Plans'],
    ]);
    expect(conversations[1]?.extra).toEqual({ members: [{ user_type: 'Human' }] });
    expect(people.map(({ name }) => name)).toEqual(['ann', 'Gone', 'Mei']);
    expect(messages).toHaveLength(1);
  });

  it('finds an owner behind long lists of memberships', async () => {
    const memberships = `{"group_id":"${'x'.repeat(1000)}"},`.repeat(300);
    const user = `{"membership_info":[${memberships}{"group_id":"y"}],"user":{"name":"ann","email":"ann@example.com"}}`;
    const sample = sampleOf('chats', {
      'Groups/DM 1x/messages.json': `{"messages":[${of('ann', 'a')},${of('bob', 'b')}]}`,
      'Users/User 1/user_info.json': user,
    });
    const { questions, people } = await openArchive(googleChat, sample);
    expect(questions).toEqual([]);
    expect(people.filter(({ isOwner }) => isOwner)).toMatchObject([{ sourceId: 'ann@example.com' }]);
  });

  it('leaves other lists of messages to others', async () => {
    const files = await sampleOf('x', { 'messages.json': '{"messages":[{"id":1,"date":"2023","from":"Ann","text":"x"}]}' }).open();
    expect(await googleChat.detect(files)).toEqual([]);
  });
});

describe('dates', () => {
  // 1,478,174,390 is 2016-11-03 11:59:50 UTC.
  it.each([
    'Thursday, November 3, 2016 at 11:59:50 AM UTC',
    'Thursday, November 3, 2016 at 11:59:50\u202fAM UTC',
    'Thursday, 3 November 2016 at 11:59:50 UTC',
    'Donnerstag, 3. November 2016 um 11:59:50 UTC',
    'jeudi 3 novembre 2016 à 11:59:50 UTC',
    'jueves, 3 de noviembre de 2016, 11:59:50 UTC',
    'jueves, 3 de noviembre de 2016, 11:59:50 a. m. UTC',
    'torsdag den 3. november 2016 kl. 11.59.50 UTC',
    'четверг, 3 ноября 2016 г. в 11:59:50 UTC',
    '2016年11月3日星期四 UTC 11:59:50',
    '2016年11月3日 星期四 UTC 上午11:59:50',
    '2016年11月3日木曜日 11時59分50秒 UTC',
    '2016년 11월 3일 목요일 오전 11시 59분 50초 UTC',
  ])('reads %s', (text) => expect(parseChatDate(text)).toBe(1_478_174_390_000));

  it('knows noon and midnight', () => {
    expect(parseChatDate('January 1, 2020 at 12:00:00 AM UTC')).toBe(Date.UTC(2020, 0, 1));
    expect(parseChatDate('January 1, 2020 at 12:00:00 PM UTC')).toBe(Date.UTC(2020, 0, 1, 12));
  });

  it.each(['', 'soon', 'November 31, 2016 at 11:59:50 AM UTC', 'Foo 3, 2016 at 11:59:50 AM UTC', 'May 3, 2016 at 25:59:50 UTC'])(
    'refuses %j',
    (text) => expect(parseChatDate(text)).toBeNull(),
  );

  // 11:59:50 UTC is 19:59:50 eight hours east, and 03:59:50 eight hours west.
  it.each([
    'November 3, 2016 at 7:59:50 PM GMT+8',
    'November 3, 2016 at 7:59:50 PM UTC+08:00',
    'November 3, 2016 at 3:59:50 AM GMT\u22128',
    '3 November 2016, 19:59:50 +0800',
    '2016年11月3日星期四 GMT+8 19:59:50',
  ])('takes the offset of %s', (text) => expect(parseChatDate(text)).toBe(1_478_174_390_000));

  // PST is eight hours behind UTC in America and ahead of it in Manila; a clock without a zone is no instant.
  it.each([
    'May 3, 2016 at 1:59:50 PM PST',
    'May 3, 2016 at 1:59:50 PM CST',
    'May 3, 2016 at 1:59:50 PM',
    'May 3, 2016 at 1:59:50 PM GMT+99',
  ])('refuses the zone of %s', (text) => expect(parseChatDate(text)).toBeNull());

  // 3 October 2016 was a Monday, 3 November 2016 a Thursday.
  it.each([
    ['ponedjeljak, 3. listopada 2016. u 11:59:50 UTC', Date.UTC(2016, 9, 3, 11, 59, 50)],
    ['czwartek, 3 listopada 2016 11:59:50 UTC', Date.UTC(2016, 10, 3, 11, 59, 50)],
    ['čtvrtek 3. listopadu 2016 v 11:59:50 UTC', Date.UTC(2016, 10, 3, 11, 59, 50)],
    ['3 listopada 2016 11:59:50 UTC', null],
  ])('takes the month of %s by its weekday', (text, expected) => expect(parseChatDate(text)).toBe(expected));
});

describe.runIf(hasSharedSamples)('the shared sample', () => {
  it('has two messages, a link and a picture that is not there', async () => {
    const { messages, people, conversations } = await openArchive(
      googleChat,
      sampleAt(sharedSamplePath('international/_generated/samples/google-chat')),
    );
    expect(conversations).toMatchObject([{ sourceId: 'abc', name: 'Bob', shape: 'direct' }]);
    expect(messages.map(({ sentAtMs, kind }) => [sentAtMs, kind])).toEqual([
      [1_700_000_000_000, 'text'],
      [1_700_000_060_000, 'image'],
    ]);
    expect(people.map(({ name, isOwner }) => [name, isOwner])).toEqual([
      ['Me', true],
      ['Bob', false],
    ]);
  });
});
