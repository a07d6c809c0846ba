import { describe, expect, test } from 'vitest';
import { whatsappText } from '../../../src/importers/whatsapp/importer';
import { readAll } from '../read-records';
import { filesOf } from '../samples';
import { brief, readMessages, readText } from './read-text';

test('the example of formats/international.md that can be checked by hand', async () => {
  const text =
    '6/30/23, 16:13 - Messages and calls are end-to-end encrypted. No one outside of this chat…\n6/30/23, 16:14 - Bob: hello there!\n\nthis is a\n' +
    'multi-line message!\n6/30/23, 16:15 - Ann: IMG-20230630-WA0000.jpg (file attached)\nimage comment\n6/30/23, 16:15 - Ann: <Media omitted>\n';
  const messages = await readMessages(text);
  expect(messages.map(brief)).toEqual([
    '2023-06-30T16:13 -1 system "Messages and calls are end-to-end encrypted. No one outside of this chat…"',
    '2023-06-30T16:14 0 text "hello there!\\n\\nthis is a\\nmulti-line message!"',
    '2023-06-30T16:15 1 image "image comment"',
    '2023-06-30T16:15 1 file ""',
  ]);
  expect(messages[2]!.attachments).toMatchObject([{ name: 'IMG-20230630-WA0000.jpg', missing: 'not-in-archive' }]);
});

test('the iPhone example', async () => {
  const text =
    '[30/06/2023, 16:14:05] Bob: Hi\r\n\u200e[30/06/2023, 16:14:09] Ann: \u200e<attached: 00000042-PHOTO-2023-06-30-16-14-09.jpg>\r\n';
  expect((await readMessages(text)).map(brief)).toEqual(['2023-06-30T16:14:05 0 text "Hi"', '2023-06-30T16:14:09 1 image ""']);
});

describe('senders and system lines', () => {
  test('split at the first colon with a space', async () => {
    const lines = [
      'Ann: a: b',
      'a:b c: d',
      'Ann:',
      'Ann: ',
      'Bob:.',
      'Ann created group "x"',
      `${'x'.repeat(129)}: no name is that long`,
      ': nobody',
    ];
    const messages = await readMessages(lines.map((line) => `6/30/23, 16:14 - ${line}\n`).join(''));
    expect(messages.map((message) => [message.sender, message.text])).toEqual([
      [0, 'a: b'],
      [1, 'd'],
      [0, ''],
      [0, ''],
      [-1, 'Bob:.'],
      [-1, 'Ann created group "x"'],
      [-1, lines[6]],
      [-1, ': nobody'],
    ]);
  });
  test('on an iPhone a body that begins with a mark is the app speaking', async () => {
    const messages = await readMessages('[30/06/2023, 16:14:05] Family: \u200eAnn added Bob\r\n[30/06/2023, 16:14:06] Ann: hi\r\n');
    expect(messages.map(brief)).toEqual(['2023-06-30T16:14:05 -1 system "\u200eAnn added Bob"', '2023-06-30T16:14:06 0 text "hi"']);
    expect(messages[0]!.facts?.extra).toEqual({ attributedTo: 'Family' });
  });
  test('names lose their marks, and keep two of one name apart', async () => {
    const records = await readText(
      '[30/06/2023, 16:14:05] ~\u00a0Ana: a\r\n[30/06/2023, 16:14:06] Ana: b\r\n[30/06/2023, 16:14:07] \u202a+34\u00a0600\u202c: c\r\n[30/06/2023, 16:14:08] +34 600: d\r\n',
    );
    expect(records.filter((record) => record.type === 'person').map(({ name, extra }) => [name, extra])).toEqual([
      ['Ana', { notInContacts: true }],
      ['Ana', undefined],
      ['+34 600', undefined],
    ]);
  });
  test.each([
    ['Ann: a|Bob: b', 'chat.txt', 'direct'],
    ['Ann: a|Bob: b', 'WhatsApp Chat with Bob.txt', 'direct'],
    ['Ann: a|Bob: b', 'WhatsApp Chat with Family.txt', 'unknown'],
    ['Ann: a', 'WhatsApp Chat with Ann.txt', 'direct'],
    ['Ann: a', 'chat.txt', 'unknown'],
    ['Ann: a|Bob: b|Cat: c', 'chat.txt', 'group'],
    ['Ann created group "x"|Ann: a', 'chat.txt', 'group'],
    ['no sender', 'chat.txt', 'unknown'],
  ])('%s in %s is %s', async (lines, name, shape) => {
    const records = await readText(
      lines
        .split('|')
        .map((line) => `6/30/23, 16:14 - ${line}\n`)
        .join(''),
      { name },
    );
    expect(records.findLast((record) => record.type === 'conversation')).toMatchObject({ index: 0, sourceId: null, shape });
  });
});

describe('lines', () => {
  test('LF and CRLF in one file; blank lines at the end of a message stay', async () => {
    const messages = await readMessages('\ufeff6/30/23, 16:14 - Ann: a\r\nb\nc\r\n\n6/30/23, 16:15 - Ann: d\n\n');
    expect(messages.map((message) => message.text)).toEqual(['a\nb\nc\n', 'd\n']);
  });
  test('a line with an impossible date continues the message', async () => {
    const impossible = ['13/32/23, 16:15 - Ann: b', '31/02/23, 10:00 - Ann: c', '6/30/23, 25:00 - Ann: d'];
    const messages = await readMessages(`6/30/23, 16:14 - Ann: a\n${impossible.join('\n')}\n6/30/23, 16:16 - Ann: e\n`);
    expect(messages.map((message) => message.text)).toEqual([['a', ...impossible].join('\n'), 'e']);
  });
  test('text before the first header is a problem with its raw text, blank lines are structure', async () => {
    const [, problem] = await readText('left over\nfrom above\n6/30/23, 16:14 - Ann: a\n');
    expect(problem).toEqual({
      type: 'problem',
      entry: 0,
      offsetBytes: 0,
      lengthBytes: 21,
      problem: { code: 'not-understood', raw: 'left over\nfrom above' },
    });
    const [, blank] = await readText('\ufeff\r\n\n6/30/23, 16:14 - Ann: a\n');
    expect(blank).toEqual({ type: 'structure', entry: 0, offsetBytes: 0, lengthBytes: 6, name: 'blank' });
  });
  test('what is too long for a message is a problem, and the rest goes on', async () => {
    const tooLong = `6/30/23, 16:14 - Ann: ${'x'.repeat(2_000_000)}\nmore\n6/30/23, 16:15 - Ann: next\n`;
    const many = `6/30/23, 16:14 - Ann: a\n${'y'.repeat(1000).concat('\n').repeat(2000)}6/30/23, 16:15 - Ann: next\n`;
    for (const [text, code] of [
      [tooLong, 'line-too-long'],
      [many, 'piece-too-large'],
    ] as const) {
      const records = await readText(text);
      const problems = records.filter((record) => record.type === 'problem');
      expect(problems.map((record) => record.problem.code)).toEqual([code]);
      expect(problems[0]!.problem.raw).toHaveLength(65_536);
      const messages = records.filter((record) => record.type === 'message');
      expect(messages.map((message) => (message.text.length > 1_000_000 ? 'long' : message.text))).toEqual(['long', 'next']);
      expect([...messages, ...problems].reduce((sum, record) => sum + record.lengthBytes, 0)).toBe(text.length);
    }
  });
  test('bytes that are no text are shown as replaced, and reported', async () => {
    const bytes = new TextEncoder().encode('6/30/23, 16:14 - Ann: a?b\n6/30/23, 16:15 - Ann: über Größe\n');
    bytes[23] = 0xff;
    const files = filesOf('x', { 'a.txt': bytes });
    const [detection] = await whatsappText.detect(files);
    const records = await readAll(whatsappText, files, detection!);
    expect(records.filter((record) => record.type === 'message').map((message) => message.text)).toEqual(['a\ufffdb', 'über Größe']);
    expect(records.filter((record) => record.type === 'problem').map((record) => record.problem.code)).toEqual(['bad-encoding']);
  });
});

describe('order of day and month', () => {
  const ask = async (text: string, name = 'chat.txt') => {
    const files = filesOf('x', { [name]: text });
    const [detection] = await whatsappText.detect(files);
    return whatsappText.ask(files, detection!);
  };
  const chat = (...dates: string[]) => dates.map((date) => `${date} - Ann: x\n`).join('');
  const first = async (text: string, answers = {}) => brief((await readMessages(text, { answers }))[0]!).slice(0, 10);

  test.each([
    ['first field above 12', chat('1/2/24, 10:00', '13/2/24, 10:00'), 'DMY', true],
    ['first field above 12, no day below 9', chat('30/6/23, 10:00', '13/7/23, 10:00'), 'DMY', true],
    ['second field above 12', chat('1/2/24, 10:00', '1/13/24, 10:00'), 'MDY', true],
    ['first field above 31', chat('45/2/3, 10:00', '45/2/4, 10:00'), 'YMD', true],
    ['four digits first', chat('2024-02-03, 10:00'), 'YMD', true],
    ['fewer steps back, day first', chat('1/2/24, 10:00', '2/2/24, 10:00', '1/3/24, 10:00'), 'DMY', false],
    ['fewer steps back, month first', chat('2/1/24, 10:00', '2/2/24, 10:00', '3/1/24, 10:00'), 'MDY', false],
    ['years first', chat('18. 6. 13. 9:00', '18. 6. 14. 9:00', '18. 7. 12. 9:00', '19. 1. 10. 9:00'), 'YMD', false],
    ['the day changes more often', chat('1/2/24, 10:00', '2/2/24, 10:00'), 'DMY', false],
    ['24 hours', chat('12/9/20, 23:55'), 'DMY', false],
    ['12 hours', chat('12/9/20, 11:55 PM'), 'MDY', false],
    ['all orders agree', chat('1/1/2024, 10:00', '2/2/2024, 10:00'), 'DMY', true],
  ])('%s', async (_, text, guess, certain) => {
    expect((await ask(text)).find((question) => question.id === 'date-order')).toMatchObject({ guess, certain });
  });

  test('is asked for each format, with what a date would be; the answer counts', async () => {
    const text = chat('12/9/20, 23:55', '30/6/2023, 10:00');
    const questions = await ask(text);
    expect(questions.filter((question) => question.id === 'date-order')).toEqual([
      {
        id: 'date-order',
        scope: 'x/x/x h:mm',
        guess: 'DMY',
        certain: false,
        options: [
          { value: 'DMY', label: '2020-09-12' },
          { value: 'MDY', label: '2020-12-09' },
          { value: 'YMD', label: '2012-09-20' },
        ],
      },
      { id: 'date-order', scope: 'x/x/YYYY h:mm', guess: 'DMY', certain: true, options: [{ value: 'DMY', label: '2023-06-30' }] },
    ]);
    expect(await first(text)).toBe('2020-09-12');
    expect(await first(text, { 'date-order:x/x/x h:mm': 'MDY' })).toBe('2020-12-09');
    expect(await first(text, { 'date-order': 'MDY' })).toBe('2020-12-09');
    expect(await first(text, { 'date-order:x/x/x h:mm': 'nonsense' })).toBe('2020-09-12');
  });

  test('an impossible date in the decided order is read in the other', async () => {
    const messages = await readMessages(chat('13/2/2024, 10:00', '14/2/2024, 10:00', '2/15/2024, 10:00', '3/2/2024, 10:00'));
    expect(messages.map((message) => brief(message).slice(0, 10))).toEqual(['2024-02-13', '2024-02-14', '2024-02-15', '2024-02-03']);
  });

  test('a file stitched from two exports has an order for each', async () => {
    const messages = await readMessages(chat('6/30/23, 16:13', '30/6/2023, 16:15', '7/1/23, 16:13', '1/7/2023, 16:15'));
    expect(messages.map((message) => brief(message).slice(0, 10))).toEqual(['2023-06-30', '2023-06-30', '2023-07-01', '2023-07-01']);
  });

  const filler = chat('6/30/2023, 16:13').repeat(60_000);
  test('stops reading once proven, and still learns a format that begins later', async () => {
    const files = filesOf('x', { 'chat.txt': filler + chat('1/2/24, 10:00', '25/2/24, 10:00') });
    let readBytes = 0;
    const source = files.entries[0]!.open();
    const counted = {
      ...files,
      entries: [
        {
          ...files.entries[0]!,
          open: () => ({
            ...source,
            async *stream(from = 0) {
              for await (const chunk of source.stream(from)) {
                readBytes += chunk.length;
                yield chunk;
              }
            },
          }),
        },
      ],
    };
    const [detection] = await whatsappText.detect(counted);
    await whatsappText.ask(counted, detection!);
    expect(readBytes).toBeLessThan(source.sizeBytes);
    const messages = (await readAll(whatsappText, counted, detection!)).filter((record) => record.type === 'message');
    expect(messages.slice(-2).map((message) => brief(message).slice(0, 10))).toEqual(['2024-02-01', '2024-02-25']);
  });
  test('a late format that stays open is guessed, and a problem says so', async () => {
    const records = await readText(filler + chat('1/2/24, 10:00'));
    const problems = records.filter((record) => record.type === 'problem');
    expect(problems).toMatchObject([
      { lengthBytes: 0, offsetBytes: filler.length, problem: { code: 'bad-time', detail: expect.stringContaining('x/x/x h:mm') } },
    ]);
  });
});

describe('owner and zone', () => {
  const ask = async (text: string, name: string) => {
    const files = filesOf('x', { [name]: text });
    const [detection] = await whatsappText.detect(files);
    return whatsappText.ask(files, detection!);
  };
  const chat = (...lines: string[]) => lines.map((line) => `6/30/23, 16:13 - ${line}\n`).join('');
  test.each([
    ['the other of two', chat('Ann: a', 'Bob: b'), 'WhatsApp Chat with Bob.txt', 'Ann', false],
    ['nobody knows', chat('Ann: a', 'Bob: b'), 'chat.txt', null, false],
    ['not in a group', chat('Ann: a', 'Bob: b', 'Cat: c'), 'WhatsApp Chat with Bob.txt', null, false],
    ['who deleted as "you"', chat('Ann: a', 'Bob: You deleted this message', 'Cat: c'), 'chat.txt', 'Bob', true],
  ])('%s', async (_, text, name, guess, certain) => {
    const question = (await ask(text, name)).find(({ id }) => id === 'owner');
    expect(question).toMatchObject({ guess, certain });
    expect(question!.options[0]).toEqual({ value: 'Ann', label: 'Ann' });
    const people = (await readText(text, { name })).filter((record) => record.type === 'person');
    expect(people.filter((person) => person.isOwner).map((person) => person.name)).toEqual(guess === null ? [] : [guess]);
  });
  test('the answer counts', async () => {
    const people = (await readText(chat('Ann: a', '~ Bob: b'), { answers: { owner: '~ Bob' } })).filter(
      (record) => record.type === 'person',
    );
    expect(people.map((person) => [person.name, person.isOwner])).toEqual([
      ['Ann', false],
      ['Bob', true],
    ]);
  });
  test('the zone is always asked, and clocks are never instants', async () => {
    expect((await ask(chat('Ann: a'), 'chat.txt')).at(-1)).toEqual({ id: 'zone', options: [], guess: null, certain: false });
    expect((await readMessages('[30/06/2023, 16:14:05] Bob: Hi\r\n'))[0]).toMatchObject({
      clock: 'second',
      sentAtMs: Date.UTC(2023, 5, 30, 16, 14, 5),
      sourceId: null,
    });
    expect((await readMessages('30/06/2023, 16:14 - Bob: Hi\r\n'))[0]).toMatchObject({
      clock: 'minute',
      sentAtMs: Date.UTC(2023, 5, 30, 16, 14),
    });
  });
});
