import { describe, expect, it } from 'vitest';
import { hangouts } from '../../../src/importers/google/hangouts';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';

const own = sampleAt(ownSamplePath('google-chat/Hangouts.json'), { hasEnd: true });
const old = sampleAt(ownSamplePath('google-chat/Hangouts 2014.json'), { hasEnd: true });

describeConformance(hangouts, [own, old]);

describe('an invented Hangouts.json', () => {
  // c1 has 5 events, of which one has no time; c2 has 4.
  it('has its conversations, people and the owner', async () => {
    const { detection, questions, conversations, people, messages, problems } = await openArchive(hangouts, own);
    expect(detection).toMatchObject({ formatVersion: 'conversations', title: 'Ann' });
    expect(questions).toEqual([]);
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      ['c1', 'Bob', 'direct'],
      ['c2', '梅林', 'group'],
    ]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['1', 'Ann', true],
      ['2', 'Bob', false],
      ['112233445566778899001', '梅', false],
    ]);
    expect(messages.map(({ conversation, sender }) => [conversation, sender])).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 1],
    ]);
    expect(problems).toEqual(['bad-time']);
  });

  it('has its kinds, texts and times', async () => {
    const { messages } = await openArchive(hangouts, own);
    // Microseconds, cut to the millisecond.
    expect(messages.map(({ sourceId, kind, text, sentAtMs }) => [sourceId, kind, text, sentAtMs - 1_400_000_000_000])).toEqual([
      ['e1', 'text', 'a a.example\nb', 123],
      ['e2', 'image', '', 1000],
      ['e3', 'call', '', 2000],
      ['e4', 'location', 'here', 3000],
      ['g1', 'system', '', 10_000],
      ['g2', 'system', '梅林', 11_000],
      ['g3', 'text', '早上好', 12_000],
      ['g4', 'unknown', '', 13_000],
    ]);
  });

  it('has ranges, calls, places and service lines', async () => {
    const { messages } = await openArchive(hangouts, own);
    const [marked, photo, call, place, added, renamed, , unknown] = messages;
    // "a " is 2 long, the link 9, the line feed 1.
    expect(marked?.facts?.entities).toEqual([
      { type: 'link', offset: 2, length: 9, href: 'https://a.example' },
      { type: 'bold', offset: 12, length: 1 },
    ]);
    expect(photo?.attachments).toMatchObject([{ kind: 'image', name: 'cat 1.png', missing: 'not-in-archive' }]);
    expect(call?.facts?.call).toEqual({ durationMs: 65_000, outcome: 'answered', video: true });
    expect(place?.facts?.location).toEqual({ latitude: 1.5, longitude: 2.25, name: 'Garden' });
    expect(added?.facts?.service).toEqual({ action: 'invite_members', members: ['梅'] });
    expect(renamed?.facts?.service).toEqual({ action: 'edit_group_title' });
    expect(unknown?.facts?.extra?.['raw']).toMatchObject({ event_type: 'FROM_THE_FUTURE' });
  });

  it('links pictures that lie beside it', async () => {
    const files = await own.open();
    const bytes = await files.entries[0]!.open().read(0, 1 << 20);
    const { messages } = await openArchive(hangouts, sampleOf('h', { 'Hangouts/Hangouts.json': bytes, 'Hangouts/cat 1.png': 'x' }));
    expect(messages[1]?.attachments).toMatchObject([{ entry: 1, missing: null }]);
  });

  it('is read in its older form', async () => {
    const { detection, conversations, messages, people } = await openArchive(hangouts, old);
    expect(detection.formatVersion).toBe('conversation_state');
    expect(conversations).toMatchObject([{ sourceId: 'c1', name: 'Bob', shape: 'direct' }]);
    expect(messages.map(({ sourceId }) => sourceId)).toEqual(['e1', 'e2']);
    expect(people.filter(({ isOwner }) => isOwner)).toMatchObject([{ name: 'Ann' }]);
  });
});

describe('a Hangouts.json', () => {
  const person = (id: string) => `{"gaia_id":"${id}","chat_id":"${id}"}`;
  const event = (timestamp: string) =>
    `{"sender_id":${person('2')},"timestamp":"${timestamp}","event_type":"REGULAR_CHAT_MESSAGE","event_id":"${timestamp}","chat_message":{"message_content":{"segment":[{"type":"TEXT","text":"x"}]}}}`;
  const chat = (id: string, more: string, events: readonly string[]) =>
    `{"conversation":{"conversation_id":{"id":"${id}"},"conversation":{"type":"GROUP"${more}}},"events":[${events.join(',')}]}`;
  const read = (...chats: readonly string[]) =>
    openArchive(hangouts, sampleOf('h', { 'Hangouts.json': `{"conversations":[${chats.join(',')}]}` }));

  it('may count its times in milliseconds', async () => {
    const { messages, problems } = await read(chat('c1', '', [event('1400000000123456'), event('1400000000123'), event('14000000001234')]));
    expect(messages.map(({ sentAtMs }) => sentAtMs)).toEqual([1_400_000_000_123, 1_400_000_000_123]);
    expect(problems).toEqual(['bad-time']);
  });

  it('keeps members who never wrote, who are known by id or name alone, or by nothing', async () => {
    const data = `,"participant_data":[{"id":${person('2')},"fallback_name":"Bob"},{"fallback_name":"Gone"},{"participant_type":"GAIA"}]`;
    const { conversations, people } = await read(chat('c1', `${data},"current_participant":[${person('2')},${person('7')}]`, []));
    expect(people.map(({ sourceId, name }) => [sourceId, name])).toEqual([
      ['2', 'Bob'],
      [null, 'Gone'],
      ['7', null],
    ]);
    expect(conversations).toMatchObject([{ name: 'Bob, Gone, 7', extra: { members: [{ participant_type: 'GAIA' }] } }]);
  });

  it('names its owner however far behind', async () => {
    const events = Array.from({ length: 2000 }, (_, at) => event(String(1_400_000_000_000_000 + at)));
    const own = `,"self_conversation_state":{"self_read_state":{"participant_id":${person('2')}}}`;
    const { questions, people } = await read(chat('c1', '', events), chat('c2', own, []));
    expect(questions).toEqual([]);
    expect(people).toMatchObject([{ sourceId: '2', isOwner: true }]);
  });
});

describe.runIf(hasSharedSamples)('the shared sample', () => {
  it('has one message and asks for the owner', async () => {
    const { messages, questions, conversations } = await openArchive(
      hangouts,
      sampleAt(sharedSamplePath('international/_generated/samples/hangouts')),
    );
    expect(messages.map(({ text, sentAtMs }) => [text, sentAtMs])).toEqual([['a https://a.example\nb', 1_400_000_000_123]]);
    expect(questions).toMatchObject([{ id: 'owner', guess: null }]);
    expect(conversations).toMatchObject([{ name: 'Me, Bob', shape: 'direct' }]);
  });
});
