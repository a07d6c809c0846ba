import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { whatsappText } from '../../../src/importers/whatsapp/importer';
import type { MessageRecord, NeutralRecord } from '../../../src/model/record';
import { fileSetOfPath } from '../../tools/node-files';
import { describeConformance } from '../conformance';
import { expectTiling, messagesOf, readAll } from '../read-records';
import { hasSharedSamples, sampleAt, sharedSamplePath } from '../samples';
import { brief } from './read-text';

const folder = 'international/';
/** One of each kind, to be cut and damaged; all of them are read below. */
const kinds = [
  '_generated/samples/whatsapp/WhatsApp Chat with Bob.txt',
  '_generated/samples/whatsapp/android-ar.txt',
  '_generated/samples/whatsapp/ios-es',
  'chat-analytics/whatsapp/4A_11M.txt',
  'chat-history-manager/whatsapp-text_2023-10/WhatsApp Chat with +123 45 6789.txt',
  'whatsapp-ios-txt',
];

async function read(path: string): Promise<{ records: NeutralRecord[]; messages: MessageRecord[]; title: string | null }> {
  const files = await fileSetOfPath(sharedSamplePath(folder + path));
  const [detection] = await whatsappText.detect(files);
  const records = await readAll(whatsappText, files, detection!);
  await expectTiling(files, detection!, records);
  return { records, messages: messagesOf(records), title: detection!.title };
}

const clockOf = (message: MessageRecord) => brief(message).split(' ')[0]!;
const json = (path: string): unknown => JSON.parse(readFileSync(sharedSamplePath(folder + path), 'utf8'));

if (hasSharedSamples) {
  describeConformance(
    whatsappText,
    kinds.map((path) => sampleAt(sharedSamplePath(folder + path))),
  );
}

describe.runIf(hasSharedSamples)('shared samples', () => {
  test('_generated: expected.json', async () => {
    const at = '_generated/samples/whatsapp/';
    const expected = json(`${at}expected.json`) as Record<
      string,
      string[] | { records: number; first?: string; second?: string; kinds?: string[] }
    >;
    for (const [name, facts] of Object.entries(expected)) {
      const { messages } = await read(at + name.replace('/_chat.txt', ''));
      if (Array.isArray(facts)) {
        expect(messages.map(clockOf), name).toEqual(facts);
        continue;
      }
      expect(messages, name).toHaveLength(facts.records);
      if (facts.first) expect(clockOf(messages[0]!)).toBe(facts.first);
      if (facts.second) expect(clockOf(messages[1]!)).toBe(facts.second);
      if (facts.kinds) expect(messages.map(kindInWords)).toEqual(facts.kinds);
    }
  });

  test.each(['test_[mmddyy]_24hrs', 'test_ddmmyy_24hrs', 'test_mmddyy_24hrs'])('chat-miner: target.json of %s', async (name) => {
    const { messages, records } = await read(`chat-miner/whatsapp/${name}.txt`);
    const people = records.filter((record) => record.type === 'person').map((person) => person.name);
    const spoken = messages.filter((message) => message.sender >= 0);
    const told = spoken.map((message) => ({
      timestamp: `${clockOf(message)}:00`,
      author: people[message.sender],
      message: message.text.replaceAll('\n', ' '),
    }));
    expect(told.reverse()).toEqual(json('chat-miner/whatsapp/target.json'));
    expect(messages).toHaveLength(9);
  });

  test('chat-analytics: the numbers in the names of the files', async () => {
    for (const [path, people, messages] of [
      ['2A_5M', 2, 5],
      ['4A_11M', 5, 11],
    ] as const) {
      const found = await read(`chat-analytics/whatsapp/${path}.txt`);
      expect(found.messages.filter((message) => message.kind !== 'system')).toHaveLength(messages);
      expect(found.records.filter((record) => record.type === 'person')).toHaveLength(people);
    }
    expect((await read('chat-analytics/whatsapp/4A_11M.txt')).records.at(-1)).toMatchObject({ type: 'conversation', shape: 'group' });
  });

  test('whatstk: counts, first and last clock', async () => {
    for (const [path, count, first, last] of [
      ['lorem.txt', 500, '2020-01-15T02:22:56', '2020-05-11T22:32:48'],
      ['lorem-merge-part1.txt', 300, '2019-10-20T10:16', '2020-01-10T00:00'],
      ['lorem-merge-part2.txt', 300, '2020-06-20T10:16', '2020-09-10T00:00'],
    ] as const) {
      const { messages } = await read(`whatstk/${path}`);
      expect(messages).toHaveLength(count);
      expect([clockOf(messages[0]!), clockOf(messages.at(-1)!)]).toEqual([first, last]);
    }
  });

  test('whatsapp-ios-txt: every body of it', async () => {
    const { messages } = await read('whatsapp-ios-txt');
    expect(messages.map((message) => message.kind)).toEqual([
      'system',
      'system',
      'text',
      'text',
      'text',
      'image',
      'text',
      'text',
      'text',
      'file',
      'poll',
      'location',
      'location',
      'image',
      'call',
      'call',
      'text',
      'text',
      'poll',
    ]);
    expect(messages.slice(0, 6).map(clockOf)).toEqual([
      '2020-01-01T12:00:01',
      '2020-02-01T12:00:02',
      '2020-03-01T12:00:03',
      '2020-04-01T12:00:04',
      '2020-05-01T12:00:05',
      '2020-06-01T12:00:06',
    ]);
    expect(clockOf(messages.at(-1)!)).toBe('2025-07-01T12:00:19');
    expect(messages[4]!.text).toBe('Someone else\nwith a lot to say\nover multiple lines!');
    expect(messages.flatMap((message) => message.attachments).map(({ name, sizeBytes, missing }) => [name, sizeBytes, missing])).toEqual([
      ['some-image.jpg', 7572, null],
      ['some-doc.pdf', 83357, null],
      [null, null, 'omitted'],
    ]);
    expect(messages.at(-1)!.facts?.poll).toEqual({
      question: 'Una pregunta',
      options: [
        { text: 'Opción A', votes: 0 },
        { text: 'Opción B', votes: 1 },
        { text: 'Opción C', votes: 2 },
      ],
    });
    expect(messages[17]).toMatchObject({ text: 'An edited message', facts: { edited: {} } });
    expect(messages[7]).toMatchObject({ facts: { deleted: { by: 'sender' } } });
  });

  test('whatsapp-misc', async () => {
    const { messages } = await read('whatsapp-misc/sample-chat.txt');
    expect(messages).toHaveLength(21);
    expect(messages.filter((message) => message.attachments.length > 0)).toHaveLength(2);
    expect(messages.filter((message) => message.kind === 'system')).toHaveLength(1);
  });

  test('chat-history-manager: two formats of dates side by side', async () => {
    const { messages, title } = await read('chat-history-manager/whatsapp-text_2023-10/WhatsApp Chat with +123 45 6789.txt');
    expect(title).toBe('+123 45 6789');
    expect(messages.map((message) => `${clockOf(message).slice(0, 10)} ${message.kind}`)).toEqual(
      ['system', 'system', 'text', 'text', 'text', 'text', 'image', 'video', 'voice', 'sticker', 'file', 'file', 'text'].map(
        (kind) => `2023-06-30 ${kind}`,
      ),
    );
    expect(messages[2]!.text).toBe('hello there!\n\nthis is a\nmulti-line message!\n');
    expect(messages[6]).toMatchObject({ text: 'image comment', attachments: [{ name: 'IMG-20230630-WA0000.jpg' }] });
    expect(messages[10]!.attachments[0]!.missing).toBe('expired');
  });
});

/** A message in the words of expected.json. */
function kindInWords(message: MessageRecord): string {
  const [attachment] = message.attachments;
  if (attachment)
    return attachment.missing === 'omitted'
      ? 'omitted'
      : attachment.missing === 'expired'
        ? 'viewonce'
        : message.text
          ? 'attachment+caption'
          : 'attachment';
  if (message.facts?.deleted) return 'deleted';
  if (message.facts?.edited) return 'edited';
  return message.kind === 'text' && message.text === '' ? 'empty' : message.kind;
}
