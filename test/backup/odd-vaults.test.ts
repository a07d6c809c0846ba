// Vaults that make naming, placing and reading hard; each snapshot is read by the reader of restores without a fault.

import { describe, expect, test } from 'vitest';
import { readConversation, readManifest, readOverlay, readPerson } from '../../src/importers/camphor/read-catalogue';
import { readMessage } from '../../src/importers/camphor/read-message';
import { readReceipt } from '../../src/importers/camphor/read-receipt';
import type { Importer } from '../../src/importers/importer';
import type { Json, JsonObject } from '../../src/model/json';
import type { OverlayKind } from '../../src/model/overlay';
import type { PortableConversation, PortableMessage, PortableReceipt } from '../../src/model/portable';
import { earliestAtMs, latestAtMs } from '../../src/model/time';
import { recordImporter, type TestRecord, writeRecords } from '../intake/record-importer';
import { type BackupHarness, makeBackupHarness } from './backup-harness';

const known: readonly Importer[] = [recordImporter];
const startMs = Date.UTC(2024, 4, 1, 12);

async function backUp(archives: readonly (readonly TestRecord[])[]): Promise<BackupHarness> {
  const harness = makeBackupHarness(known);
  for (const records of archives) await harness.intake.import({ 'chat.records': writeRecords(records) });
  await harness.push();
  return harness;
}

const readers: readonly (readonly [pattern: RegExp, read: (value: Json, faults: string[]) => unknown])[] = [
  [/^archive\/manifest\.json$/, (value) => readManifest(value)],
  [/^archive\/people\.jsonl$/, readPerson],
  [/^archive\/overlays\.jsonl$/, readOverlay],
  [/\/conversation\.json$/, readConversation],
  [/\/[+-]?\d{4,6}-\d\d\.jsonl$/, readMessage],
  [/^archive\/receipts\/[0-9a-f]{32}\.json$/, readReceipt],
];

/** Every line of every file by its reader; other files are text or media. */
function expectReadable(files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    const read = readers.find(([pattern]) => pattern.test(path))?.[1];
    if (read === undefined) expect(path).toMatch(/^archive\/(README\.txt|media\/.*)$/);
    else {
      expect(text === '' || text.endsWith('\n'), path).toBe(true);
      for (const line of text.split('\n').slice(0, -1)) {
        const faults: string[] = [];
        expect(read(JSON.parse(line) as JsonObject, faults), path).not.toBeNull();
        expect(faults, `${path}: ${line}`).toEqual([]);
      }
    }
  }
}

const linesOf = <Value>(files: ReadonlyMap<string, string>, pattern: RegExp): Value[] =>
  [...files]
    .filter(([path]) => pattern.test(path))
    .flatMap(([, text]) =>
      text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Value),
    );

describe('the same tree and no fault', () => {
  test('for conversations that begin with the same message, whichever came first', async () => {
    const chatOf = (end: string): TestRecord[] => [
      { sentAtMs: startMs, sender: null, text: 'Messages are encrypted', kind: 'system' },
      { sentAtMs: startMs + 1000, sender: 'A', text: `${end} one` },
      { sentAtMs: startMs + 9000, sender: 'B', text: `${end} two` },
    ];
    const orders = await Promise.all([backUp([chatOf('x'), chatOf('y'), chatOf('z')]), backUp([chatOf('z'), chatOf('x'), chatOf('y')])]);
    const [one, two] = await Promise.all(orders.map((harness) => harness.files()));
    expect(linesOf<PortableConversation>(one ?? new Map(), /conversation\.json$/)).toHaveLength(3);
    expect(two).toEqual(one);
    expectReadable(one ?? new Map());
  });

  test('for people who say the same first, or nothing, or have the same name', async () => {
    const records: TestRecord[] = ['A', 'B', 'C'].map((sender) => ({ sentAtMs: startMs, sender, text: 'Happy new year', clock: 'minute' }));
    const harness = await backUp([[...records, { sentAtMs: startMs + 60_000, sender: 'D#4', text: 'too' }]]);
    const files = await harness.files();
    const people = linesOf<{ id: string; names: string[] }>(files, /people\.jsonl$/);
    expect(new Set(people.map(({ id }) => id)).size).toBe(4);
    const senders = linesOf<PortableMessage>(files, /2024-05\.jsonl$/).map(({ from }) => people.find(({ id }) => id === from)?.names[0]);
    expect(senders).toEqual(['A', 'B', 'C', 'D']);
    expectReadable(files);
  });

  test('for times at the edges, texts and names that lead elsewhere', async () => {
    const texts = ['../../../etc/passwd', 'line\nbreak\r\n\u2028\u0000', '\ud800 half', '"}\n{"at":"x"}', '<script>', '樟木箱 🪵'];
    const times = [earliestAtMs, -1, 0, Date.UTC(1969, 11, 31, 23, 59), latestAtMs, latestAtMs - 1];
    const records = texts.map((text, at): TestRecord => ({
      sentAtMs: times[at] ?? 0,
      sender: `${text}#${text}`,
      text,
      conversation: '../..',
    }));
    const harness = await backUp([records]);
    const files = await harness.files();
    expectReadable(files);
    const months = [...files.keys()]
      .filter((path) => path.endsWith('.jsonl') && path.includes('conversations/'))
      .map((path) => path.slice(-13, -6));
    expect(months).toEqual(['0001-01', '1969-12', '1970-01', '9999-12']);
    const [conversation] = linesOf<PortableConversation>(files, /conversation\.json$/);
    expect(conversation?.months).toEqual([
      ['0001-01', 1],
      ['1969-12', 2],
      ['1970-01', 1],
      ['9999-12', 2],
    ]);
    for (const path of files.keys()) expect(path).toMatch(/^[\x20-\x7e]+$/);
    expect(linesOf<PortableMessage>(files, /9999-12\.jsonl$/).map(({ text }) => text)).toEqual([texts[5], texts[4]]);
  });
});

describe('what a receipt points at', () => {
  test('are the places of the messages that its archive held', async () => {
    const record = (number: number): TestRecord => ({
      sentAtMs: startMs + number * 86_400_000,
      sender: 'A',
      text: `text ${number}`,
      id: `i${number}`,
    });
    const evens = [0, 10, 20, 30, 40].map(record);
    const late = [30, 35, 40, 45, 50].map(record);
    const early = [-40, -30, 0, 5, 10].map(record);
    const harness = await backUp([evens, late, early]);
    const files = await harness.files();
    const [conversation] = linesOf<PortableConversation>(files, /conversation\.json$/);
    const months = conversation?.months.map(([month]) => month) ?? [];
    const placed = months.flatMap((month) => linesOf<PortableMessage>(files, new RegExp(`${month}\\.jsonl$`)));
    const archives = new Set([evens, late, early].map((records) => records.map(({ id }) => id).join()));
    for (const receipt of linesOf<PortableReceipt>(files, /receipts/)) {
      const held = receipt.conversations[0]?.held.flatMap(([from, to]) => placed.slice(from, to).map(({ sourceId }) => sourceId));
      expect(archives.delete(held?.join() ?? '')).toBe(true);
    }
    expect(archives.size).toBe(0);
  });

  test('an undone import stays, marked, and holds nothing', async () => {
    const harness = makeBackupHarness(known);
    const record: TestRecord = { sentAtMs: startMs, sender: 'A', text: 'text', conversation: 'kept' };
    await harness.intake.import({ 'a.records': writeRecords([record]) });
    const undone = await harness.intake.import({ 'b.records': writeRecords([{ ...record, conversation: 'gone', sender: 'B' }]) });
    await harness.intake.undo(undone.id);
    await harness.push();
    const files = await harness.files();
    const receipt = linesOf<PortableReceipt>(files, /receipts/).find(({ id }) => id === undone.id);
    expect(receipt).toMatchObject({ isUndone: true, conversations: [], people: [], media: [], byKind: { text: 1 } });
    expect(linesOf(files, /conversation\.json$/)).toHaveLength(1);
    expect(linesOf<{ names: string[] }>(files, /people\.jsonl$/)).toMatchObject([{ names: ['A'] }]);
    expectReadable(files);
  });
});

describe('overlays', () => {
  const stamp = { wallMs: startMs, counter: 0, device: 'd' };
  const add = (harness: BackupHarness, kind: OverlayKind, subject: string): void =>
    void harness.overlays.push({ kind, subject, fields: { value: { value: 'yes', stamp } } });

  test('speak of the same message after an older archive came in', async () => {
    const harness = await backUp([[{ sentAtMs: startMs, sender: 'A', text: 'marked', conversation: 'c' }]]);
    const [entry] = await (await harness.intake.vault.openReader()).conversations();
    add(harness, 'bookmark', `message:${entry?.id}/0`);
    await harness.push();
    const subjects = async (): Promise<string[]> =>
      linesOf<{ subject: string }>(await harness.files(), /overlays/).map(({ subject }) => subject.slice(-2));
    expect(await subjects()).toEqual(['/0']);
    await harness.intake.import({
      'old.records': writeRecords([{ sentAtMs: startMs - 9e9, sender: 'A', text: 'older', conversation: 'c' }]),
    });
    await harness.push();
    expect(await subjects()).toEqual(['/1']);
    expectReadable(await harness.files());
  });

  test('of a removed conversation bring what it is known by, and its receipts no longer hold it', async () => {
    const harness = await backUp([
      [
        { sentAtMs: startMs, sender: 'A', text: 'one', conversation: 'kept' },
        { sentAtMs: startMs, sender: 'A', text: 'two', conversation: 'removed' },
      ],
    ]);
    const entries = await (await harness.intake.vault.openReader()).conversations();
    const removed = entries.find(({ name }) => name === 'removed');
    await harness.intake.intake.removeConversation(removed?.id as never, () => {});
    add(harness, 'removed', `conversation:${removed?.id}`);
    await harness.push(true);
    const files = await harness.files();
    expect(linesOf(files, /overlays/)).toMatchObject([{ kind: 'removed', removed: { source: 'other', sourceId: 'removed' } }]);
    expect(linesOf<PortableReceipt>(files, /receipts/)[0]?.conversations).toHaveLength(1);
    expect([...files.values()].join('')).not.toContain('two');
    expectReadable(files);
  });
});
