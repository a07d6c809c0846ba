// What is blacked out is in no place of any format; what is not stays as it is.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, redactedBlock } from '../../src/export/messages/redaction';
import { messageFormats, type RedactedKind, redactedKinds } from '../../src/model/export';
import type { Message } from '../../src/model/message';
import { messageKinds } from '../../src/model/record';
import { conversationId, memoryReader, message, personId } from '../search/memory-reader';
import { anyMessages, person, readerOf, sha, someMedia, withMedia, write } from './invented-chat';

const redact = (text: string, words: readonly string[], kinds: readonly RedactedKind[] = []): string =>
  createRedactor({ words, kinds }, 'salt').text(text);

describe('words', () => {
  test('are found whatever their case, width, accents and blanks, and with letters between that are not seen', () => {
    const found: readonly (readonly [word: string, text: string])[] = [
      ['secret', 'SECRET'],
      ['Straße', 'STRASSE'],
      ['ＡＢＣ', 'abc'],
      ['abc', 'ａＢｃ'],
      ['カタカナ', 'ｶﾀｶﾅ'],
      ['ガ', 'ｶﾞ'],
      ['résumé', 'resume'],
      ['resume', 're\u0301sume\u0301'],
      ['two words', 'two\u00a0 \n words'],
      ['hidden', 'hid\u200bd\u00aden'],
      ['樟木箱', '樟\u2060木箱'],
      ['(a+)+$', '(a+)+$'],
      ['ΣΟΦΟΣ', 'σοφος'],
    ];
    for (const [word, text] of found) expect(redact(`<${text}>`, [word]), `${word} in ${text}`).toBe(`<${redactedBlock}>`);
    expect(redact('a.c abc', ['a.c'])).toBe(`${redactedBlock} abc`);
    expect(redact('一二三', ['', '  '])).toBe('一二三');
  });

  test('leave a block that says nothing of how long they are, nor of how many stand together', () => {
    expect(redact('abcdefgh', ['abc', 'cdef', 'gh'])).toBe(redactedBlock);
    expect(redact('x a y', ['a'])).toBe(`x ${redactedBlock} y`);
    expect(redact('👨‍👩‍👧 stays, 王 goes', ['王'])).toBe(`👨‍👩‍👧 stays, ${redactedBlock} goes`);
  });

  test('property: of no text is a word left, and a text without one is left as it is', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'B', 'ｂ', 'é', 'e\u0301', ' ', '\u200b', '王', '𝒂', 'ß', '1'), maxLength: 30 });
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 4 }), letters, (words, text) => {
        const once = redact(text, words);
        const plain = (given: string): string => given.normalize('NFKD').replace(/[\u0300-\u036f\u200b]/g, '').toUpperCase().toLowerCase().replace(/\s+/g, ' '); // prettier-ignore
        const sought = words.map((word) => plain(word).trim()).filter((word) => word !== '');
        const pieces = once.split(redactedBlock);
        for (const word of sought) for (const piece of pieces) expect(plain(piece)).not.toContain(word);
        if (sought.every((word) => !plain(text).includes(word))) expect(once).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what tells by its form', () => {
  const cases: readonly (readonly [kind: RedactedKind, text: string, after: string])[] = [
    ['phones', 'call +49 (30) 123-4567 now', `call ${redactedBlock} now`],
    ['phones', '电话13800138000。', `电话${redactedBlock}。`],
    ['phones', '１３８ ００１３ ８０００', redactedBlock],
    ['phones', 'room 101, on 2026-03-07 14:02, 3.5.2024', 'room 101, on 2026-03-07 14:02, 3.5.2024'],
    ['digits', 'card 4111 1111 1111 1111.', `card ${redactedBlock}.`],
    ['digits', '身份证11010519491231002X号', `身份证${redactedBlock}号`],
    ['digits', 'IBAN DE89 3704 0044 0532 0130 00', `IBAN ${redactedBlock}`],
    ['digits', '1234567 stays', '1234567 stays'],
    ['emails', 'to Ada.L+x@mail.example.org, please', `to ${redactedBlock}, please`],
    ['emails', '邮箱：王小明@例子.公司', `邮箱：${redactedBlock}`],
    ['emails', 'at @home and a@b', 'at @home and a@b'],
    ['links', 'see HTTPS://Example.org/a?b=1#c and go', `see ${redactedBlock} and go`],
    ['links', '看https://zh.wikipedia.org/wiki/北京。好', `看${redactedBlock}。好`],
    ['links', 'www.example.test/x or example.com/y, e.g. this', `${redactedBlock} or ${redactedBlock} e.g. this`],
    ['links', 'mailto:a@b.c tel:123', `${redactedBlock} ${redactedBlock}`],
  ];
  test.each(cases)('%s: %s', (kind, text, after) => expect(redact(text, [], [kind])).toBe(after));

  test('takes time in proportion to the text', () => {
    for (const piece of ['1 ', '+', '(', 'a.', '@', 'www.', 'a-', ' ', '王', 'http:/', 'a@'])
      expect(redact(piece.repeat(100_000), ['x y'], redactedKinds).length).toBeGreaterThan(0);
  }, 20_000);
});

/** Stands in every field that holds a text. */
const canary = 'Zugvogel';

function planted(): { readonly messages: readonly Message[]; readonly people: readonly string[] } {
  const file = { name: `${canary}.pdf`, mime: `application/${canary}`, sizeBytes: 3, missing: null } as const;
  const facts: NonNullable<Message['facts']> = {
    replyTo: { sourceId: canary, conversationSourceId: canary, excerpt: canary },
    forward: { fromName: canary, fromSourceId: canary },
    reactions: [{ emoji: canary, count: 1, by: [canary] }],
    edited: { editedAtMs: 1 },
    olderTexts: [{ text: canary, editedAtMs: 1 }],
    entities: [{ type: 'link', offset: 0, length: 1, href: `https://${canary}.example` }],
    location: { latitude: 1.25, longitude: 2.5, name: canary, address: canary },
    contact: { name: canary, phone: canary },
    poll: { question: canary, options: [{ text: canary, votes: 1 }] },
    service: { action: canary, members: [canary] },
    extra: { raw: canary, title: canary, [canary]: { deep: [canary] } },
  };
  const messages = messageKinds.flatMap((kind, at) => [
    message(`so ${canary}, then`, { seq: 3 * at, sentAtMs: at * 60_000, sender: personId('z'), sourceId: `${canary}-${at}`, kind, facts }),
    message('', { seq: 3 * at + 1, sentAtMs: at * 60_000 + 1, sender: personId('z'), kind, facts, attachments: [{ ...file, kind: 'file', sha256: sha('c') }] }),
    message('plain', { seq: 3 * at + 2, sentAtMs: at * 60_000 + 2, sender: personId('z'), kind, facts: { entities: facts.entities ?? [] } }),
  ]); // prettier-ignore
  return { messages, people: [canary] };
}

describe('an export', () => {
  // What a PDF says is in test/export/pdf: its letters are drawn by a browser.
  test.each(messageFormats.filter((each) => each !== 'pdf'))(
    'as %s holds nothing of what is blacked out, in whatever field it stood',
    async (format) => {
      const { messages } = planted();
      const someone = person('z', canary, { sourceId: `${canary}@s.whatsapp.net` });
      for (const source of ['whatsapp', 'telegram', 'chatlab'] as const) {
        const reader = withMedia(
          memoryReader([{ id: 'c1', name: canary, sourceId: canary, source, messages, people: [someone.id] }], [someone]),
          someMedia,
        );
        for (const names of ['shown', 'pseudonyms'] as const) {
          const request = { format, names, conversations: [conversationId('c1')] };
          const { bytes, result } = await write(reader, { ...request, redaction: { words: [canary.toLowerCase()], kinds: [] } });
          expect(result.messages).toBe(messages.length);
          expect(bytes.toString().toLowerCase()).not.toContain(canary.toLowerCase());
          expect(Buffer.from(bytes).toString('latin1').toLowerCase()).not.toContain(canary.toLowerCase());
        }
      }
    },
  );

  test('keeps which message answers which, under other ids, and holds no raw fields', async () => {
    const messages = [
      message('one', { seq: 0, sourceId: 'wamid-1', facts: { extra: { raw: 'x' } } }),
      message('two', { seq: 1, sourceId: 'wamid-2', facts: { replyTo: { sourceId: 'wamid-1' } } }),
    ];
    const { text } = await write(readerOf(messages), { format: 'jsonl', redaction: { words: ['nothing of this'], kinds: [] } });
    const lines = text.trim().split('\n').map((line) => JSON.parse(line) as { sourceId?: string; facts?: { replyTo?: { sourceId: string } } }); // prettier-ignore
    expect(text).not.toMatch(/wamid|extra|raw/);
    expect(lines[1]?.facts?.replyTo?.sourceId).toBe(lines[0]?.sourceId);
  });

  test('property: whatever the messages hold, no word of theirs that is blacked out is in the file', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, fc.nat(), async (messages, pick) => {
        const word = (messages[pick % Math.max(1, messages.length)]?.text ?? '').match(/[A-Za-z]{4,}/)?.[0];
        fc.pre(word !== undefined);
        const said = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('[') || line.startsWith('    '));
        const { text } = await write(readerOf(messages), { format: 'txt', redaction: { words: [word ?? ''], kinds: [] } });
        const own = /^(?:deleted|edited|Unknown|kind|message|of|Forwarded|Reply|not|archive)$/i;
        fc.pre(!own.test(word ?? ''));
        for (const line of said(text))
          expect(line.replace('[Unknown kind of message]', '').toLowerCase()).not.toContain(word?.toLowerCase());
      }),
      { numRuns: 60 },
    );
  });
});
