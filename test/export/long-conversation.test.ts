// A conversation of 100,000 messages in the formats that are read back: as many, in order, the same.

import { beforeAll, describe, expect, test } from 'vitest';
import { readCsvRows } from '../../src/bytes/csv-rows';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { unguardCell } from '../../src/export/messages/csv';
import { chatLabJson } from '../../src/importers/chatlab/chatlab-json';
import type { Importer } from '../../src/importers/importer';
import { telegramJson } from '../../src/importers/telegram/telegram-json';
import type { Message } from '../../src/model/message';
import type { ArchiveReader } from '../../src/vault/archive';
import { readAll } from '../importers/read-records';
import { filesOf } from '../importers/samples';
import { conversationId, message } from '../search/memory-reader';
import { hostileTexts, people, readerOf, write } from './invented-chat';

const count = 100_000;
const texts = ['看到火锅了，火锅真好吃', 'See you at the harbour 🚢', ...hostileTexts].map((text) => text.toWellFormed());
const textOf = (seq: number): string => `${texts[seq % texts.length] ?? ''} ${seq}`;

let reader: ArchiveReader;
beforeAll(() => {
  const messages: readonly Message[] = Array.from({ length: count }, (_, seq) =>
    message(textOf(seq), { seq, sentAtMs: 1_500_000_000_000 + seq * 61_000, sender: people[seq % 2]?.id ?? null, sourceId: `id-${seq}` }),
  );
  reader = readerOf(messages, 4096);
});

/** The first that is not the text of its place; -1 where all are. */
function firstOther(found: readonly string[]): number {
  return found.findIndex((text, seq) => text !== textOf(seq));
}

async function importTexts(importer: Importer, name: string, text: string): Promise<readonly string[]> {
  const files = filesOf('export', { [name]: text });
  const found: string[] = [];
  for (const detection of await importer.detect(files))
    for (const record of await readAll(importer, files, detection)) if (record.type === 'message') found.push(record.text);
  return found;
}

describe('100,000 messages', () => {
  test('as CSV', async () => {
    const { bytes } = await write(reader, { format: 'csv' });
    const rows: string[][] = [];
    for await (const batch of readCsvRows(sourceOfBytes(bytes), { delimiter: ',' }))
      for (const row of batch) if ('fields' in row) rows.push([...row.fields]);
    const column = rows[0]?.indexOf('text') ?? -1;
    const found = rows.slice(1).map((row) => unguardCell(row[column] ?? ''));
    expect([found.length, firstOther(found)]).toEqual([count, -1]);
  });

  test('as lines of JSON', async () => {
    const { text } = await write(reader, { format: 'jsonl' });
    const found = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly text?: string; readonly at?: string })
      .filter(({ at }) => at !== undefined)
      .map((line) => line.text ?? '');
    expect([found.length, firstOther(found)]).toEqual([count, -1]);
  });

  test.each([
    ['chatlab', chatLabJson, 'chat.json'],
    ['telegram', telegramJson, 'result.json'],
  ] as const)('as %s, read by our own importer', async (format, importer, name) => {
    const { text } = await write(reader, { format, conversations: [conversationId('c1')] });
    const found = await importTexts(importer, name, text);
    expect([found.length, firstOther(found)]).toEqual([count, -1]);
  });
});
