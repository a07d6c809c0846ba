import { describe, expect, it } from 'vitest';
import { sourceOfPart } from '../../../src/bytes/entry-part';
import { smsXml } from '../../../src/importers/sms/sms-xml';
import type { ConversationRecord, NeutralRecord, PersonRecord } from '../../../src/model/record';
import { describeConformance } from '../conformance';
import { messagesOf, readAll } from '../read-records';
import { filesOf, ownSamplePath, sampleAt, type ConformanceSample } from '../samples';

const messages = sampleAt(ownSamplePath('sms/sms-20260501100000.xml'), { hasEnd: true });
const calls = sampleAt(ownSamplePath('sms/calls-20260501100000.xml'), { hasEnd: true });

describeConformance(smsXml, [messages, calls]);

async function open(sample: ConformanceSample) {
  const files = await sample.open();
  const [detection] = await smsXml.detect(files);
  const records = await readAll(smsXml, files, detection!);
  return {
    files,
    detection: detection!,
    records,
    messages: messagesOf(records),
    people: lastBy(records, 'person'),
    chats: lastBy(records, 'conversation'),
  };
}

/** The last word on each. */
function lastBy<Type extends 'person' | 'conversation'>(records: readonly NeutralRecord[], type: Type) {
  type Found = Type extends 'person' ? PersonRecord : ConversationRecord;
  return [...new Map(records.filter((record): record is Found => record.type === type).map((record) => [record.index, record])).values()];
}
const made = (text: string): ConformanceSample => ({ name: 'made', open: async () => filesOf('a.xml', { 'a.xml': text }) });
const sms = (attributes: string) => `<sms address="1001" date="1700000000000" type="1" ${attributes} />`;

describe('messages', () => {
  it('have texts, boxes and all that is not usual', async () => {
    const { messages: found, people, chats, detection } = await open(messages);
    expect(detection).toMatchObject({ formatVersion: 'messages', title: null });
    expect(chats.map(({ sourceId, name, shape }) => `${sourceId} ${name} ${shape}`)).toEqual([
      '+15550001001 Sam direct',
      'BANK BANK direct',
      '+15550001001~+15550001002 Sam, Kim group',
    ]);
    expect(people.map(({ sourceId, name, isOwner }) => `${sourceId} ${name} ${isOwner}`)).toEqual([
      '+15550001001 Sam false',
      'me Me true',
      'BANK BANK false',
      '+15550001002 +15550001002 false',
    ]);
    expect(
      found.map(({ conversation, sender, kind, text, sentAtMs, clock }) => [conversation, sender, kind, text, sentAtMs, clock]),
    ).toEqual([
      [0, 0, 'text', 'hi 😀 & <b>\nline two', 1700000000000, 'absolute'],
      [0, 1, 'text', 'ab "c" null', 1700000060000, 'absolute'],
      [1, 2, 'text', 'Your code is 1234', 1700000090000, 'absolute'],
      [0, 1, 'text', 'a draft', 1700000100000, 'absolute'],
      [2, 3, 'image', 'group text', 1700000120000, 'absolute'],
      [0, 1, 'video', 'long text', 1700000180000, 'absolute'],
    ]);
    expect(found.map(({ facts }) => facts)).toEqual([
      { extra: { date_sent: '1699999999000', sub_id: '1' } },
      { extra: { status: '0', locked: '1' } },
      { extra: { read: '0' } },
      { extra: { box: 'draft' } },
      { extra: { sub: 'Hike', sub_cs: '106', date_sent: '1700000119', m_type: '132' } },
      { extra: { m_type: '128' } },
    ]);
  });

  it('have attachments that point at base64 in the file', async () => {
    const { files, messages: found } = await open(messages);
    const [picture, card] = found[4]!.attachments;
    expect(picture).toMatchObject({ kind: 'image', name: 'pic.png', entry: 0, missing: null, mime: 'image/png', sizeBytes: 13 });
    expect(card).toMatchObject({ kind: 'contact', name: 'Kim.vcf', sizeBytes: 11 });
    const bytes = await sourceOfPart(files.entries[0]!.open(), picture!.part!, 13).read(0, 13);
    expect(new TextDecoder('latin1').decode(bytes)).toBe('\x89PNG\r\n\x1a\ndemo!');
    expect(found[5]!.attachments).toEqual([
      { kind: 'video', name: 'gone.mp4', entry: null, missing: 'not-in-archive', mime: 'video/mp4', sizeBytes: null },
    ]);
  });
});

it('reads calls, those of hidden numbers too', async () => {
  const { messages: found, people, chats } = await open(calls);
  expect(found.map(({ sender, kind, facts }) => [people[sender]?.sourceId, kind, facts])).toEqual([
    ['+15550001001', 'call', { call: { durationMs: 33_000, outcome: 'answered', video: false } }],
    ['+15550001001', 'call', { call: { durationMs: 0, outcome: 'missed', video: false } }],
    ['me', 'call', { call: { durationMs: 61_000, outcome: 'answered', video: false } }],
    ['unknown', 'call', { call: { durationMs: 0, outcome: 'declined', video: false }, extra: { presentation: '2' } }],
  ]);
  expect(chats.map(({ sourceId, name }) => [sourceId, name])).toEqual([
    ['+15550001001', 'Sam'],
    ['unknown', null],
  ]);
});

it('leaves a part of many megabytes in the file', async () => {
  const data = 'QUJD'.repeat(2_000_000);
  const mms = `<mms date="1700000120000" msg_box="1" address="1001"><parts><part seq="0" ct="image/jpeg" text="null" data="${data}" /></parts></mms>`;
  const text = `<smses>${mms}${sms('body="after"')}</smses>`;
  const { records, messages: found } = await open(made(text));
  expect(found.map(({ text }) => text)).toEqual(['', 'after']);
  expect(found[0]!.attachments[0]).toMatchObject({
    sizeBytes: 6_000_000,
    part: { offsetBytes: text.indexOf('QUJD'), lengthBytes: 8_000_000, encoding: 'base64' },
  });
  expect(JSON.stringify(records).length).toBeLessThan(3000);
});

describe('what is no message', () => {
  it('is a problem with its text, and the rest goes on', async () => {
    const broken = '<sms address="1001" date="1700000000000" type="1" body="lost quote />\n';
    const { records, messages: found } = await open(
      made(
        `<smses>${sms('body="one"')}${broken}${sms('body="two"')}<note/>stray${sms('body="three"').replace('1700000000000', 'x')}</smses>`,
      ),
    );
    expect(found.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(records.flatMap((record) => (record.type === 'problem' ? [[record.problem.code, record.problem.raw]] : []))).toEqual([
      ['not-understood', broken],
      ['not-understood', '<note/>'],
      ['not-understood', 'stray'],
      ['bad-time', '<sms address="1001" date="x" type="1" body="three" />'],
    ]);
  });

  it('an MMS that is not closed ends where the next message begins', async () => {
    const { records, messages: found } = await open(
      made(`<smses>${sms('body="one"')}<mms date="1700000120000" msg_box="1" address="1001"><parts>${sms('body="two"')}</smses>`),
    );
    expect(found.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(records.filter(({ type }) => type === 'problem')).toMatchObject([{ problem: { code: 'not-understood' } }]);
  });

  it('is claimed by nobody', async () => {
    for (const text of ['<smses/>x', '<svg><sms/></svg>', '<calls><sms/></calls>', '<smses><note/></smses>', 'smses'])
      expect(await smsXml.detect(filesOf('a.xml', { 'a.xml': text }))).toEqual([]);
  });
});
