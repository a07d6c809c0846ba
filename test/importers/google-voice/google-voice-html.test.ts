import { describe, expect, it } from 'vitest';
import { vcard } from '../../../src/importers/contacts/vcard';
import { googleVoiceHtml } from '../../../src/importers/google-voice/google-voice-html';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { ownSamplePath, sampleAt, sampleOf } from '../samples';

const own = sampleAt(ownSamplePath('google-voice/Voice'));

const page = (body: string): string => `<html><head><title>x</title></head><body>${body}</body></html>`;
const text = (who: string, words: string): string =>
  `<div class="hChatLog hfeed"><div class="message"><abbr class="dt" title="2023-11-14T22:13:20.000Z">x</abbr>: ${who}: <q>${words}</q></div></div>`;
const stranger = '<cite class="sender vcard"><a class="tel" href="tel:"><span class="fn"></span></a></cite>';
const me = '<cite class="sender vcard"><a class="tel" href="tel:+15550009"><abbr class="fn" title="">Me</abbr></a></cite>';

const withheld = sampleOf('no number', { 'a.html': page(text(stranger, 'who?')) });
const foreignCall = sampleOf('a call of a kind unknown', {
  'a.html': page('<div class="haudio"><abbr class="published" title="2023-11-14T22:13:20.000Z">x</abbr></div>'),
});
const badTime = sampleOf('a time that is none', {
  'a.html': page(text(me, 'good') + text(me, 'bad').replace('2023-11-14T22', '2023-11-14T99')),
});

describeConformance(googleVoiceHtml, [own, withheld, foreignCall, badTime]);

describe('an invented account', () => {
  // Files in the order of their names; 14:13:20 at -08:00 is 22:13:20 UTC, which is 1,700,000,000.
  it('has texts and calls by person, and groups apart', async () => {
    const { conversations, messages, people, problems } = await openArchive(googleVoiceHtml, own);
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      ['+15550003', null, 'direct'],
      ['+15550002', 'Bob', 'direct'],
      ['group:+15550002,+15550003', null, 'group'],
    ]);
    expect(
      messages.map(({ conversation, sender, kind, text: words, sentAtMs }) => [
        conversation,
        people.find(({ index }) => index === sender)?.sourceId,
        kind,
        words,
        sentAtMs / 1000 - 1_700_000_000,
      ]),
    ).toEqual([
      [0, '+15550003', 'call', 'Call me back.', 1740],
      [1, '+15550002', 'call', '', 1620],
      [1, '+15550009', 'call', '', 1680],
      [1, '+15550002', 'text', 'hi & hello\n早上好', 0],
      [1, '+15550009', 'image', '', 60],
      [1, '+15550002', 'file', '', 120],
      [1, '+15550002', 'video', 'look', 180],
      [1, '+15550009', 'text', 'only me', 420],
      [2, '+15550003', 'text', 'all here?', 1020],
    ]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['+15550003', null, false],
      ['+15550002', 'Bob', false],
      ['+15550009', null, true],
    ]);
    expect(problems).toEqual([]);
  });

  it('tells how calls ended and how long they were', async () => {
    const { messages } = await openArchive(googleVoiceHtml, own);
    expect(messages.slice(0, 3).map(({ facts }) => facts?.call)).toEqual([
      { durationMs: 7000, outcome: 'missed', video: false },
      { durationMs: null, outcome: 'missed', video: false },
      { durationMs: 65_000, outcome: 'answered', video: false },
    ]);
  });

  it('links files, which are named without their extension', async () => {
    const { messages, files } = await openArchive(googleVoiceHtml, own);
    const attachments = messages.flatMap((message) => message.attachments);
    expect(attachments.map(({ kind, entry, missing }) => [kind, files.entries[entry ?? -1]?.path.split('/').at(-1), missing])).toEqual([
      ['voice', '+15550003 - Voicemail - 2023-11-14T22_42_20Z.mp3', null],
      ['image', 'Bob - Text - 2023-11-14T22_13_20Z-2-1.jpg', null],
      ['file', undefined, 'not-in-archive'],
      ['video', undefined, 'not-in-archive'],
    ]);
  });

  it('has no address book: Phones.vcf is the owner alone', async () => {
    expect(await vcard.detect(await own.open())).toEqual([]);
  });

  it('keeps what it does not know', async () => {
    expect((await openArchive(googleVoiceHtml, withheld)).messages).toMatchObject([{ sender: -1, text: 'who?' }]);
    const { messages } = await openArchive(googleVoiceHtml, foreignCall);
    expect(messages).toMatchObject([{ kind: 'unknown', facts: { extra: { labels: [] } } }]);
    expect(messages[0]?.facts?.extra?.['raw']).toContain('<div class="haudio">');
    const bad = await openArchive(googleVoiceHtml, badTime);
    expect(bad.messages.map((message) => message.text)).toEqual(['good']);
    expect(bad.problems).toEqual(['not-understood']);
  });
});
