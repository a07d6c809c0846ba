import { describe, expect, it } from 'vitest';
import { imessageExporterHtml } from '../../../src/importers/imessage/exporter-html';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';

const own = sampleAt(ownSamplePath('imessage/Mei, Bob.html'));

describeConformance(imessageExporterHtml, [own]);

describe('an export as HTML', () => {
  // Of 8 boxes one is a reply in its own place and one has no time; a reply lies inside of the first.
  it('has its texts, announcements and replies, each once', async () => {
    const { detection, questions, messages, people, problems, conversations } = await openArchive(imessageExporterHtml, own);
    expect(detection).toMatchObject({ title: 'Mei, Bob', isSingle: true });
    expect(conversations).toMatchObject([{ sourceId: null, name: 'Mei, Bob' }]);
    expect(questions.map(({ id, guess, certain }) => [id, guess, certain])).toEqual([
      ['owner', 'Me', true],
      ['zone', null, false],
    ]);
    expect(people.map(({ name, isOwner }) => [name, isOwner])).toEqual([
      ['Mei', false],
      ['Me', true],
      ['Bob', false],
    ]);
    expect(
      messages.map(({ sender, sourceId, sentAtMs, kind, text }) => [
        new Date(sentAtMs).toISOString().slice(0, 19),
        people[sender]?.name ?? null,
        sourceId,
        kind,
        text,
      ]),
    ).toEqual([
      ['2022-05-17T17:29:42', 'Mei', '0A0A-1', 'image', 'Who comes?\nAnd who brings cake? 🍰'],
      ['2022-05-17T17:31:00', 'Me', '0A0A-2', 'text', 'I do!'],
      ['2022-05-17T17:30:10', null, null, 'system', 'You renamed the conversation to Hike'],
      ['2022-05-18T00:00:01', 'Bob', null, 'text', 'See you at nine'],
      ['2022-05-18T00:01:00', 'Me', null, 'image', 'https://a.example/'],
      ['2022-05-18T00:06:00', 'Mei', null, 'text', 'Mei unsent this message part 5 seconds after sending!'],
    ]);
    expect(problems).toEqual(['bad-time']);
  });

  it('has reactions, edits, cards and what was taken back', async () => {
    const { messages } = await openArchive(imessageExporterHtml, own);
    expect(messages.map(({ facts }) => facts)).toEqual([
      {
        // "Who comes?", a line feed and "And who " are 19.
        entities: [{ type: 'bold', offset: 19, length: 6 }],
        reactions: [
          { emoji: '❤️', count: 1, by: ['Me'] },
          { emoji: '😂', count: 1, by: ['Bob'] },
        ],
        extra: { subject: 'Sunday', stickers: 'attachments/1/shark.png\nfrom Bob', read: 'Read by you after 1 hour, 49 seconds' },
      },
      { replyTo: { sourceId: '0A0A-1' } },
      null,
      {
        olderTexts: [{ text: 'See you at nin', editedAtMs: null }],
        edited: { editedAtMs: null },
        extra: { lastEdit: '12 seconds', effect: 'Confetti' },
      },
      { extra: { links: ['https://a.example/'], cards: ['A page\nof cakes'] } },
      { deleted: { by: 'sender' } },
    ]);
  });

  it('links files beside it', async () => {
    const files = await own.open();
    const bytes = await files.entries[0]!.open().read(0, 1 << 20);
    const sample = sampleOf('export', { 'export/Mei, Bob.html': bytes, 'export/attachments/1/a cake.png': 'x' });
    const { messages } = await openArchive(imessageExporterHtml, sample);
    expect(messages[0]?.attachments).toMatchObject([{ kind: 'image', name: 'a cake.png', entry: 1 }]);
    expect(messages[4]?.attachments.map(({ name, missing }) => [name, missing])).toEqual([
      ['IMG_1.HEIC', 'not-in-archive'],
      ['map.pdf', 'not-in-archive'],
    ]);
  });

  it('is told from other pages', async () => {
    const page = '<div class="message"><span class="timestamp">17.05.2022</span><span class="sender">Ann</span></div>';
    expect(await imessageExporterHtml.detect(filesOf('x', { 'a.html': page }))).toEqual([]);
  });
});

describe.runIf(hasSharedSamples)('the shared sample', () => {
  // 6 messages, an announcement and 4 replies, as counted in the file.
  it('is read whole', async () => {
    const { messages, problems } = await openArchive(
      imessageExporterHtml,
      sampleAt(sharedSamplePath('international/imessage/html-export')),
    );
    const kinds = messages.map(({ kind, facts }) =>
      kind === 'system' ? 'announcement' : facts?.replyTo === undefined ? 'message' : 'reply',
    );
    expect(kinds.filter((kind) => kind === 'reply')).toHaveLength(4);
    expect(messages).toHaveLength(11);
    expect(problems).toEqual([]);
  });
});
