// What is written is read back: tables by our own reader of CSV, lines of JSON by docs/format.md, plain text line by line.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsvRows } from '../../src/bytes/csv-rows';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { escapeMarkdown } from '../../src/export/messages/markdown';
import { csvColumns, guardCell, unguardCell } from '../../src/export/messages/csv';
import type { Message } from '../../src/model/message';
import { anyMessages, everyKind, hostileNames, people, readerOf, someMedia, withMedia, write } from './invented-chat';

const nameOf = (id: Message['sender']): string => people.find((each) => each.id === id)?.names[0] ?? '';
/** Lone surrogates cannot be said in UTF-8. */
const inUtf8 = (text: string): string => text.toWellFormed();

async function readTable(bytes: Uint8Array): Promise<readonly string[][]> {
  const rows: string[][] = [];
  for await (const batch of readCsvRows(sourceOfBytes(bytes), { delimiter: ',' }))
    for (const row of batch) {
      if (!('fields' in row)) throw new Error(`problem ${JSON.stringify(row)}`);
      rows.push([...row.fields]);
    }
  return rows;
}

describe('CSV', () => {
  test('parsed back is the messages, whatever is in them, and no cell is a formula', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, async (messages) => {
        const { bytes, result } = await write(readerOf(messages), { format: 'csv' });
        expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
        const [head, ...rows] = await readTable(bytes);
        expect(head?.join()).toBe(csvColumns.join());
        expect(result.messages).toBe(messages.length);
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
        const read = rows.map((row) => new Map(csvColumns.map((column, at) => [column, unguardCell(row[at] ?? '')])));
        expect(read.map((row) => [row.get('utc'), row.get('sender'), row.get('kind'), row.get('text'), row.get('id')])).toEqual(
          messages.map(({ sentAtMs, sender, kind, text, sourceId }) => {
            return [new Date(sentAtMs).toISOString().replace('.000Z', 'Z'), inUtf8(nameOf(sender)), kind, inUtf8(text), sourceId];
          }),
        );
      }),
      { numRuns: 200 },
    );
  });

  test('a cell that was guarded comes back, and only those are guarded that have to be', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', 'a', '＝') }),
        (text) => unguardCell(guardCell(text)) === text,
      ),
    );
    expect(guardCell("it's = fine")).toBe("it's = fine");
    expect(guardCell('=1+1')).toBe("'=1+1");
  });
});

describe('plain text', () => {
  test('has a line of its own for each message, and none that a text could forge', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, async (messages) => {
        const { text } = await write(readerOf(messages), { format: 'txt' });
        expect(text.startsWith('\ufeff')).toBe(true);
        const lines = text.slice(1).split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
        expect(lines.filter((line) => /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] /.test(line))).toHaveLength(messages.length);
        const others = lines.filter((line) => line !== '' && !line.startsWith('[') && !line.startsWith('    '));
        expect(others).toEqual(messages.length === 0 ? [] : [`=== ${hostileNames[0]} ===`]);
      }),
      { numRuns: 200 },
    );
  });

  test('names what is not text, in both languages, with the clock of the source or of the zone', async () => {
    const reader = withMedia(readerOf(everyKind()), someMedia);
    const { text } = await write(reader, { format: 'txt' });
    // 08:30:05 UTC is 09:30:05 in Berlin in March; the last has a clock of its own, eight hours ahead and without seconds.
    expect(text).toContain('[2024-03-14 09:30:05] Ada Lovelace: hello\n');
    expect(text).toContain('[2024-03-14 16:43] =HYPERLINK("http://x"): [Forwarded: Carl]\n    gone\n    [deleted]\n');
    expect(text).toContain(': [Video, not in the archive]\n    a caption\n');
    expect(text).toContain(': [Location Zoo 52.5,13.4]\n');
    expect(text).toContain('] Ada left\n');
    const chinese = await write(reader, { format: 'txt', language: 'zh-CN' });
    expect(chinese.text).toContain(': [位置 Zoo 52.5,13.4]\n');
  });
});

describe('JSON Lines', () => {
  test('say each message as docs/format.md has it', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, async (messages) => {
        const { text } = await write(readerOf(messages), { format: 'jsonl' });
        expect(text === '' || text.endsWith('\n')).toBe(true);
        const lines = text
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as Record<string, unknown>);
        expect(
          lines.map(({ at, text: said = '', kind = 'text', sourceId, senderName = '' }) => [at, said, kind, sourceId, senderName]),
        ).toEqual(
          messages.map(({ sentAtMs, sender, kind, text: said, sourceId }) => {
            return [new Date(sentAtMs).toISOString().replace('.000Z', 'Z'), said, kind, sourceId, nameOf(sender)];
          }),
        );
        const known = [
          'at',
          'attachments',
          'clock',
          'facts',
          'from',
          'kind',
          'sourceId',
          'text',
          'zoneOffsetMin',
          'conversation',
          'conversationName',
          'source',
          'senderName',
          'isOwn',
          'paths',
        ];
        for (const line of lines) expect(Object.keys(line).filter((key) => !known.includes(key))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('keep facts and attachments whole', async () => {
    const { text } = await write(readerOf(everyKind()), { format: 'jsonl' });
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[6]?.['facts']).toEqual({ location: { latitude: 52.5, longitude: 13.4, name: 'Zoo' } });
    expect(lines[2]?.['attachments']).toEqual([{ kind: 'video', missing: 'omitted' }]);
    expect(lines[13]).toMatchObject({ clock: 'minute', zoneOffsetMin: 480 });
  });
});

describe('JSON', () => {
  test('is one document of all conversations, each message on a line of its own', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, async (messages) => {
        const { text } = await write(readerOf(messages), { format: 'json' });
        const { format, version, conversations } = JSON.parse(text) as ExportDocument;
        expect([format, version]).toEqual(['camphor-messages', 1]);
        const read = conversations.flatMap((each) => each.messages);
        expect(read.map(({ text: said = '', kind = 'text' }) => [said, kind])).toEqual(
          messages.map(({ text: said, kind }) => [said, kind]),
        );
        const names = new Map(conversations.flatMap((each) => each.people).map(({ id, names: [name] }) => [id, name]));
        expect(read.map(({ from }) => names.get(from ?? '') ?? '')).toEqual(messages.map(({ sender }) => nameOf(sender)));
        expect(text.split('\n').filter((line) => line.startsWith('{"at":') || line.startsWith('{"attachments":'))).toHaveLength(
          messages.length,
        );
      }),
      { numRuns: 100 },
    );
  });
});

interface ExportDocument {
  readonly format: string;
  readonly version: number;
  readonly conversations: readonly {
    readonly messages: readonly { readonly text?: string; readonly kind?: string; readonly from?: string }[];
    readonly people: readonly { readonly id: string; readonly names: readonly string[] }[];
  }[];
}

/** What a reader of Markdown shows of a line: escapes, blanks and links undone. */
const shownLine = (line: string): string =>
  line.replace(/<(https?:[^>]*)>|&nbsp;|\\([^\p{L}\p{N}\s])/gu, (all, address: string | undefined, sign: string | undefined) => address ?? sign ?? (all === '&nbsp;' ? ' ' : all)); // prettier-ignore

describe('Markdown', () => {
  test('shows every line of every text as it is, inside of a quotation', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, async (messages) => {
        const { text } = await write(readerOf(messages), { format: 'markdown' });
        const plain = await write(readerOf(messages), { format: 'txt' });
        const shown = text.split(/\n/).filter((line) => line.startsWith('>')).map((line) => shownLine(line.slice(2)).replace(/\t/g, ' ').trimEnd()); // prettier-ignore
        // Plain text has the same lines behind its heads, which are bracketed, and its indents.
        const lines = plain.text.split('\n').slice(2).filter((line) => line !== ''); // prettier-ignore
        expect(shown).toHaveLength(lines.length);
        const blank = (line: string): string => line.replace(/\s/g, ' ').trimEnd();
        expect(shown.filter((line, at) => !blank(lines[at] ?? '').endsWith(line.trimStart()))).toEqual([]);
        expect(text).not.toMatch(/^(?!#|>|\*\*|\d\d:\d\d|\n|$)/m);
      }),
      { numRuns: 100 },
    );
  });

  test('escapes what Markdown and HTML have a meaning for, and leaves addresses', () => {
    const hostile = [
      '# heading',
      '- item',
      '1. one',
      '> quote',
      '```',
      '<script>alert(1)</script>',
      '[a](javascript:alert(1))',
      '**b** _c_ ~d~',
      '|t|',
      '    code',
      '&amp;',
      'Setext\\',
    ];
    for (const line of hostile) {
      const escaped = escapeMarkdown(line);
      expect(shownLine(escaped)).toBe(line);
      expect(escaped).not.toMatch(/^[#>+-]|(?<!\\)[<[`*_|]|^ /);
    }
    expect(escapeMarkdown('see https://example.org/a_b?c=*d* now')).toBe('see <https://example.org/a_b?c=*d*> now');
  });
});
