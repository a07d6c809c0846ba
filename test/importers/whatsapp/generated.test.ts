// Chats made from the knobs at the end of formats/international.md §1.1, and read back: nothing may be lost, moved or guessed.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { omittedPhrases } from '../../../src/importers/whatsapp/phrases';
import { whatsappText } from '../../../src/importers/whatsapp/importer';
import { expectTiling, messagesOf, readAll } from '../read-records';
import { filesOf } from '../samples';

const digitZeros = { ascii: 0x30, arabic: 0x660, persian: 0x6f0, devanagari: 0x966, bengali: 0x9e6, thai: 0xe50 };
const pad = (value: number) => String(value).padStart(2, '0');

/** A date in its numbers and text. Each order is proven by days above 12, which the chats below have. */
const dates: Readonly<Record<string, (y: number, m: number, d: number) => string>> = {
  'M/D/YY': (y, m, d) => `${m}/${d}/${pad(y % 100)}`,
  'D/M/YYYY': (y, m, d) => `${d}/${m}/${y}`,
  'DD.MM.YY': (y, m, d) => `${pad(d)}.${pad(m)}.${pad(y % 100)}`,
  'D. M. YYYY.': (y, m, d) => `${d}. ${m}. ${y}.`,
  'YYYY-MM-DD': (y, m, d) => `${y}-${pad(m)}-${pad(d)}`,
  'YYYY/M/D': (y, m, d) => `${y}/${m}/${d}`,
  年月日: (y, m, d) => `${y}年${m}月${d}日`,
  'D/M/ Buddhist': (y, m, d) => `${d}/${m}/${y + 543}`,
};
const times: Readonly<Record<string, (h: number, m: string) => string>> = {
  'h24:': (h, m) => `${pad(h)}:${m}`,
  'h24.': (h, m) => `${h}.${m.replace(':', '.')}`,
  ' AM': (h, m) => `${h % 12 || 12}:${m} ${h < 12 ? 'AM' : 'PM'}`,
  'U+202F am': (h, m) => `${h % 12 || 12}:${m}\u202f${h < 12 ? 'am' : 'pm'}`,
  'a. m.': (h, m) => `${h % 12 || 12}:${m} ${h < 12 ? 'a.\u00a0m.' : 'p.\u00a0m.'}`,
  上午: (h, m) => `${h < 12 ? '上午' : '下午'}${h % 12 || 12}:${m}`,
};

const names = ['Ann', 'Bob Smith', '~ Zoë 🌻', '\u202a+49\u00a0170\u00a00000000\u202c', '小明', 'constructor', 'a:b'];
const bodies = [
  'hello',
  'two\nlines',
  'blank\n\nbetween',
  '',
  'a: b',
  '13/32/2023, 10:00 - Ann: no header',
  '[99/99/99, 10:00:00] x: no header',
  '> quoted',
  '👩🏽‍⚖️',
  'ends: ',
  '\tindented',
  'see you (soon)',
  '- dash',
  '12:30',
  '2024',
  'https://example.org/?q=1',
  'marked \u200eword',
  ...[...omittedPhrases].slice(0, 40).map((phrase) => `<${phrase}>`),
];

const chats = fc.record({
  iphone: fc.boolean(),
  date: fc.constantFrom(...Object.keys(dates)),
  time: fc.constantFrom(...Object.keys(times)),
  between: fc.constantFrom(', ', ' '),
  seconds: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n'),
  bom: fc.boolean(),
  zero: fc.constantFrom(...Object.values(digitZeros)),
  headerMarks: fc.boolean(),
  endsWithNewline: fc.boolean(),
  steps: fc.array(
    fc.record({
      minutes: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 3000 }) }, { weight: 1, arbitrary: fc.constant(-60) }),
      name: fc.constantFrom(...names),
      body: fc.constantFrom(...bodies),
      system: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  ),
});
type Chat = typeof chats extends fc.Arbitrary<infer Value> ? Value : never;

/** The text of a chat, and what must be read from it. The first two messages prove the order of its dates. */
function write(chat: Chat): { text: string; expected: string[] } {
  const expected: string[] = [];
  let text = chat.bom ? '\ufeff' : '';
  let timeMs = Date.UTC(2021, 0, 13, 9, 30);
  const steps = [
    { minutes: 0, name: 'Ann', body: 'first', system: false },
    { minutes: 24 * 60, name: 'Bob Smith', body: 'second', system: false },
    ...chat.steps,
  ];
  steps.forEach((step, index) => {
    timeMs += step.minutes * 60_000;
    const at = new Date(timeMs);
    const hasSeconds = chat.iphone || chat.seconds;
    const clock = times[chat.time]!(at.getUTCHours(), pad(at.getUTCMinutes()) + (hasSeconds ? ':07' : ''));
    const date = dates[chat.date]!(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
    const plain = `${date}${chat.between}${clock}`.replace(/\d/g, (digit) => String.fromCharCode(chat.zero + Number(digit)));
    const stamp = chat.headerMarks ? plain.replace('/', '\u200f/') : plain;
    const body = step.body.replaceAll('\n', chat.newline);
    const rest = step.system ? `Ann added Bob ${index}` : `${step.name}: ${body}`;
    text +=
      (chat.iphone ? `${step.system ? '\u200e' : ''}[${stamp}] ${rest}` : `${stamp} - ${rest}`) +
      (index < steps.length - 1 || chat.endsWithNewline ? chat.newline : '');
    const isOmitted = /^<.*>$/.test(step.body);
    const shown = isOmitted ? '' : step.body;
    const iso = new Date(timeMs).toISOString().slice(0, 16) + (hasSeconds ? ':07' : '');
    expected.push(step.system ? `${iso} system ${rest}` : `${iso} ${isOmitted ? 'file' : 'text'} ${nameOf(step.name)} ${shown}`);
  });
  return { text, expected };
}

function nameOf(written: string): string {
  return written
    .replace(/[\u202a\u202c]/g, '')
    .replaceAll('\u00a0', ' ')
    .replace(/^~ /, '');
}

test('what is written is read', async () => {
  await fc.assert(
    fc.asyncProperty(chats, async (chat) => {
      const { text, expected } = write(chat);
      const files = filesOf('x', { 'chat.txt': text });
      const detections = await whatsappText.detect(files);
      expect(detections).toHaveLength(1);
      const records = await readAll(whatsappText, files, detections[0]!);
      const people = records.filter((record) => record.type === 'person').map((person) => person.name);
      const read = messagesOf(records).map((message) => {
        const at = new Date(message.sentAtMs).toISOString().slice(0, message.clock === 'minute' ? 16 : 19);
        return message.sender < 0 ? `${at} system ${message.text}` : `${at} ${message.kind} ${people[message.sender]} ${message.text}`;
      });
      expect(read).toEqual(expected);
      expect(records.filter((record) => record.type === 'problem')).toEqual([]);
      await expectTiling(files, detections[0]!, records);
    }),
    { numRuns: 600 },
  );
});

test('a hundred thousand lines', async () => {
  const steps = Array.from({ length: 100_000 }, (_, index) => ({
    minutes: index % 7,
    name: names[index % names.length]!,
    body: `message ${index}`,
    system: false,
  }));
  const { text, expected } = write({
    iphone: false,
    date: 'M/D/YY',
    time: 'U+202F am',
    between: ', ',
    seconds: false,
    newline: '\n',
    bom: false,
    zero: 0x30,
    headerMarks: false,
    endsWithNewline: true,
    steps,
  });
  const files = filesOf('x', { 'chat.txt': text });
  const [detection] = await whatsappText.detect(files);
  const records = await readAll(whatsappText, files, detection!);
  expect(messagesOf(records)).toHaveLength(expected.length);
  await expectTiling(files, detection!, records);
});
