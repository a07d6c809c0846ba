import { describe, expect, it } from 'vitest';
import { messengerHtml } from '../../../src/importers/messenger/messenger-html';
import { messengerJson } from '../../../src/importers/messenger/messenger-json';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';

const own = sampleAt(ownSamplePath('messenger/facebook-html'), { hasEnd: true });

describeConformance(messengerHtml, [own]);

const page = (title: string, boxes: readonly (readonly [sender: string, text: string, time: string])[]) =>
  `<html><head><title>${title}</title></head><body><main role="main">${boxes
    .map(([sender, text, time]) => `<div><h2>${sender}</h2><div><div><div></div><div>${text}</div></div></div><div>${time}</div></div>`)
    .join('')}</main></body></html>`;

describe('a download of Facebook as HTML', () => {
  // Zoë's first page has 5 messages with a time, one without and a box of another form; the second has 1; Hikers has 4.
  it('has its threads, the owner by the profile, and asks for the zone', async () => {
    const { detection, questions, conversations, people, problems } = await openArchive(messengerHtml, own);
    expect(detection).toMatchObject({ formatVersion: 'messenger', source: 'messenger', title: null });
    expect(questions.map(({ id, guess, certain }) => [id, guess, certain])).toEqual([
      ['owner', 'Ann', true],
      ['zone', null, false],
    ]);
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      ['2030405060708090', 'Hikers', 'group'],
      ['10203040506070', 'Zoë', 'direct'],
    ]);
    expect(people.map(({ name, conversation, isOwner }) => [name, conversation, isOwner])).toEqual([
      ['Bob', 0, false],
      ['Ann', 0, true],
      ['Zoë', 0, false],
      ['Zoë', 1, false],
      ['Ann', 1, true],
    ]);
    expect(problems).toEqual(['not-understood', 'bad-time']);
  });

  it('has its kinds, texts and clocks', async () => {
    const { messages } = await openArchive(messengerHtml, own);
    expect(messages.map(({ kind, text, sentAtMs, clock }) => [kind, text, new Date(sentAtMs).toISOString().slice(0, 19), clock])).toEqual([
      ['system', 'Bob named the group Hikers.', '2021-03-04T17:06:07', 'second'],
      ['text', 'from an account that is gone', '2021-03-04T17:05:07', 'second'],
      ['text', 'hello', '2021-03-04T17:04:07', 'second'],
      ['text', 'hé', '2021-03-04T17:03:07', 'second'],
      ['text', 'hi 😀\nsecond & last', '2023-11-14T22:13:20', 'second'],
      ['image', '', '2023-11-14T22:12:00', 'second'],
      ['link', 'look', '2023-11-14T09:11:00', 'second'],
      ['voice', '', '2023-11-14T00:10:00', 'second'],
      ['call', 'Zoë called you.', '2023-11-13T12:00:00', 'second'],
      ['text', 'the first', '2022-01-02T01:02:03', 'second'],
    ]);
    expect(messages[1]?.sender).toBe(-1);
  });

  it('has reactions, files, links and calls', async () => {
    const { messages, files } = await openArchive(messengerHtml, own);
    const [named, , , , reacted, pictures, linked, voice, call] = messages;
    expect(named?.facts?.service).toEqual({ action: 'edit_group_title' });
    expect(reacted?.facts).toEqual({
      reactions: [
        { emoji: '❤', count: 1, by: ['Ann'] },
        { emoji: '👍🏽', count: 1, by: ['Zoë'] },
      ],
    });
    expect(pictures?.attachments.map(({ kind, name, entry }) => [kind, name, files.entries[entry ?? -1]?.path.split('/').at(-1)])).toEqual([
      ['image', 'été.png', 'été.png'],
      ['video', 'gone.mp4', undefined],
    ]);
    expect(linked?.facts?.extra).toEqual({ lines: ['A page'], links: ['https://a.example/x'] });
    expect(voice?.attachments).toMatchObject([{ kind: 'voice', missing: 'not-in-archive' }]);
    // One minute and five seconds.
    expect(call?.facts?.call).toEqual({ durationMs: 65_000, outcome: 'answered', video: false });
  });

  it('is the threads of the JSON form by their ids', async () => {
    const html = await openArchive(messengerHtml, own);
    const json = await openArchive(messengerJson, sampleAt(ownSamplePath('messenger/facebook')));
    const idsOf = ({ conversations }: typeof html) => conversations.map(({ sourceId }) => sourceId).sort();
    expect(idsOf(html)).toEqual(idsOf(json));
  });

  it('says who takes part as the page says it', async () => {
    const { conversations } = await openArchive(messengerHtml, own);
    expect(conversations[1]?.extra).toEqual({ head: 'Participants: Zoë and Ann' });
  });
});

describe('pages of another year, language or place', () => {
  it('are known by the order of their parts', async () => {
    const times = ['22 sept. 2017 à 06:33', '3 sept. 2017 à 18:05'] as const;
    const text = page('Zoë', [
      ['Zoë', 'oui', times[0]],
      ['Ann', 'non', times[1]],
    ]);
    const { messages } = await openArchive(messengerHtml, sampleOf('x', { 'messages/inbox/zoe_1/message_1.html': text }));
    expect(messages.map(({ sentAtMs, clock }) => [new Date(sentAtMs).toISOString().slice(0, 16), clock])).toEqual([
      ['2017-09-22T06:33', 'minute'],
      ['2017-09-03T18:05', 'minute'],
    ]);
  });

  it('are asked for the order of day and month where numbers leave it open', async () => {
    const text = page('Zoë', [['Zoë', 'x', '3/4/17, 6:33 AM']]);
    const { questions } = await openArchive(messengerHtml, sampleOf('x', { 'messages/inbox/zoe_1/message_1.html': text }));
    expect(questions.map(({ id, certain }) => [id, certain])).toEqual([
      ['owner', false],
      ['date-order', false],
      ['zone', false],
    ]);
  });

  it('are told from posts and comments, which look alike', async () => {
    const posts = page('Your posts', [['Ann updated her status.', 'x', 'Sep 22, 2017 6:33 am']]);
    expect(await messengerHtml.detect(filesOf('x', { 'posts/your_posts_1.html': posts }))).toEqual([]);
    const renamed = page('Zoë', [['Zoë', 'x', 'Sep 22, 2017 6:33 am']]);
    expect(await messengerHtml.detect(filesOf('x', { 'a.html': renamed }))).toHaveLength(1);
  });
});

describe.runIf(hasSharedSamples)('the shared sample', () => {
  it('has one message with a reaction', async () => {
    const { detection, messages } = await openArchive(
      messengerHtml,
      sampleAt(sharedSamplePath('international/_generated/samples/instagram-html')),
    );
    expect(detection.source).toBe('instagram');
    expect(messages).toMatchObject([{ text: 'hi 😀', clock: 'minute', facts: { reactions: [{ emoji: '❤', count: 1, by: ['Zoë'] }] } }]);
  });
});
