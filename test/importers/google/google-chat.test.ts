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

  it('refuses another zone than UTC', () => expect(parseChatDate('May 3, 2016 at 1:59:50 PM GMT+8')).toBeNull());
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
