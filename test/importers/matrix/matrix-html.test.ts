// Expected values were read off test/samples/matrix/pages.

import { describe, expect, it } from 'vitest';
import { matrixHtml } from '../../../src/importers/matrix/matrix-html';
import { matrixJson } from '../../../src/importers/matrix/matrix-json';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, ownSamplePath, sampleAt, sampleOf } from '../samples';

const own = sampleAt(ownSamplePath('matrix/pages'));

describeConformance(matrixHtml, [own]);

describe("Element's pages", () => {
  // 10 events on the first page, of which one is on a day that January does not have; one on the second.
  it('are one room, of whom they name as its exporter', async () => {
    const { detection, questions, conversations, people, problems } = await openArchive(matrixHtml, own);
    expect(detection).toMatchObject({ title: 'Demo 房间', isSingle: true });
    expect(detection.entries).toHaveLength(2);
    expect(questions.map(({ id, guess, certain }) => [id, guess, certain])).toEqual([
      ['owner', '@ann:example.org', true],
      ['zone', null, false],
    ]);
    expect(conversations).toMatchObject([{ sourceId: '!room:example.org', name: 'Demo 房间' }]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['@ann:example.org', 'Ann', true],
      ['@ben:example.org', 'Ben', false],
    ]);
    expect(problems).toEqual(['bad-time']);
  });

  it('have their kinds, texts and clocks; a tile without a sender has the one before', async () => {
    const { messages } = await openArchive(matrixHtml, own);
    expect(
      messages.map(({ sourceId, sender, kind, text, sentAtMs, clock }) => [
        sourceId,
        sender,
        kind,
        text,
        new Date(sentAtMs).toISOString().slice(5, 19),
        clock,
      ]),
    ).toEqual([
      ['$1demo', -1, 'system', 'Ann created this room.', '01-01T00:01:00', 'second'],
      ['$3demo', 0, 'text', '新年好 Ben\nand you', '01-01T00:03:00', 'second'],
      ['$3b', 0, 'text', 'still me', '01-01T00:03:30', 'second'],
      ['$4demo', 1, 'text', 'same to you', '01-01T00:04:00', 'second'],
      ['$5demo', 0, 'text', 'waves', '01-01T00:05:00', 'second'],
      ['$6demo', 1, 'image', '', '01-01T00:06:00', 'second'],
      ['$7demo', 1, 'file', '', '01-01T00:07:00', 'second'],
      ['$8demo', 0, 'text', '', '01-01T00:08:00', 'second'],
      ['$9demo', 1, 'unknown', '', '01-01T00:09:00', 'second'],
      ['$11demo', 0, 'text', 'of a newer version', '01-02T09:00:00', 'minute'],
    ]);
  });

  it('have ranges, answers, edits, deletions and files', async () => {
    const { messages, files } = await openArchive(matrixHtml, own);
    const [, first, edited, answer, emote, picture, file, deleted, poll] = messages;
    // "新年好 " is 4 long, "Ben" 3, a line feed and "and " 5.
    expect(first?.facts?.entities).toEqual([
      { type: 'mention', offset: 4, length: 3 },
      { type: 'bold', offset: 12, length: 3 },
    ]);
    expect(edited?.facts?.edited).toEqual({ editedAtMs: null });
    expect(answer?.facts?.replyTo).toEqual({ sourceId: '$3demo' });
    expect(emote?.facts?.extra).toEqual({ msgtype: 'm.emote' });
    expect(files.entries[picture?.attachments[0]?.entry ?? -1]?.path).toBe('images/lake-2024-01-01 at 00-06-00.jpg');
    expect(file?.attachments).toMatchObject([{ kind: 'file', name: 'map.pdf', missing: 'not-in-archive' }]);
    expect(deleted?.facts?.deleted).toEqual({ by: 'unknown' });
    expect(poll?.facts?.extra?.['raw']).toContain('Tea?');
  });

  it('are the room of its JSON, event by event', async () => {
    const html = await openArchive(matrixHtml, own);
    const json = await openArchive(matrixJson, sampleAt(ownSamplePath('matrix/room_12-events')));
    expect(html.conversations[0]?.sourceId).toBe(json.conversations[0]?.sourceId);
    const ids = new Set(json.messages.map(({ sourceId }) => sourceId));
    expect(html.messages.filter(({ sourceId }) => ids.has(sourceId)).length).toBeGreaterThan(5);
  });
});

describe('other pages', () => {
  it('with instants are read as instants, senders without an id by name', async () => {
    const tile =
      '<div class="mx_Export_EventWrapper" id="$1"><div class="mx_EventTile"><span class="mx_DisambiguatedProfile"><span class="mx_DisambiguatedProfile_displayName">Bob</span></span>' +
      '<time class="mx_MessageTimestamp" datetime="2024-01-01T00:00:00.000Z">00:00</time><span class="mx_EventTile_body">hi</span></div></div>';
    const { messages, people, questions } = await openArchive(matrixHtml, sampleOf('x', { 'messages.html': tile }));
    expect(messages).toMatchObject([{ text: 'hi', sentAtMs: Date.UTC(2024, 0, 1), clock: 'absolute' }]);
    expect(people).toMatchObject([{ sourceId: null, name: 'Bob', conversation: 0 }]);
    expect(questions[0]).toMatchObject({ id: 'owner', guess: null });
  });

  it('are left to others', async () => {
    expect(await matrixHtml.detect(filesOf('x', { 'messages.html': '<div class="message">x</div>' }))).toEqual([]);
  });
});
