import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeJson } from '../../src/backup/canonical-json';
import { encodeMessage } from '../../src/backup/encode-message';
import { encodeJson } from '../../src/backup/json-bytes';
import { createLineWriter, encodeLines, openLineSource, type WriteLine } from '../../src/backup/message-lines';
import { portableId } from '../../src/backup/portable-id';
import type { Message } from '../../src/model/message';
import { earliestAtMs, latestAtMs } from '../../src/model/time';
import type { SegmentColumns } from '../../src/vault/archive';
import { messagesOf } from '../../src/vault/columns/messages';
import { columnNames, decodeColumns, encodeColumns } from '../../src/vault/columns/segment';
import { anyMessages, makeMessage } from '../vault/make-messages';

const idOf = (person: string): string => portableId(['person', person]);
const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

function throughVault(messages: readonly Message[]): SegmentColumns {
  const encoded = encodeColumns(messages, () => new Uint8Array());
  return decodeColumns(new Map(columnNames.map((name) => [name, encoded[name]])));
}

function linesOf(columns: SegmentColumns, writeLine: WriteLine = createLineWriter(idOf)): string {
  const source = openLineSource(columns);
  const taken: number[] = [];
  const pieces = [...encodeLines(source, writeLine, [-Infinity, Infinity], (_, at) => taken.push(at))];
  expect(taken).toEqual([...source.byteEnds.keys()]);
  return pieces.map(decode).join('');
}

const expectedLines = (columns: SegmentColumns): string =>
  messagesOf(columns)
    .map((message) => `${writeJson(encodeMessage(message, idOf))}\n`)
    .join('');

describe('lines of messages', () => {
  const anyTimes = fc.array(
    fc.oneof(
      fc.integer({ min: earliestAtMs, max: latestAtMs }),
      fc.integer({ min: -90_000_000, max: 90_000_000 }).map((at) => at * 1000),
    ),
    { minLength: 100, maxLength: 100 },
  );

  test('written from columns are those of the messages themselves, hostile ones included', () => {
    fc.assert(
      fc.property(anyMessages, anyMessages, anyTimes, (first, second, times) => {
        const sorted = times.toSorted((a, b) => a - b);
        const spread = second.map((message, at) => ({ ...message, sentAtMs: sorted[at] ?? latestAtMs }));
        const writeLine = createLineWriter(idOf);
        const bare = second.map((message) => ({ ...message, attachments: [], facts: null }));
        for (const messages of [first, spread, bare, first]) {
          if (messages.length === 0) continue;
          const columns = throughVault(messages);
          expect(linesOf(columns, writeLine)).toBe(expectedLines(columns));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('are as they were in older backups', () => {
    const messages = [
      makeMessage(0, { text: '"\\\n\t\u0001\u007f\u2028 樟木箱 😀', sourceId: 'a"b' }),
      makeMessage(1, {
        sentAtMs: Date.UTC(2026, 0, 3, 4, 5, 6, 70),
        clock: 'minute',
        zoneOffsetMin: -90,
        kind: 'call',
        text: '',
        sender: null,
      }),
    ];
    expect(linesOf(throughVault(messages))).toBe(
      `{"at":"2026-01-02T03:04:05Z","from":"${idOf('person-a')}","sourceId":"a\\"b","text":"\\"\\\\\\n\\t\\u0001\u007f\u2028 樟木箱 😀"}\n` +
        `{"at":"2026-01-03T04:05:06.070Z","clock":"minute","kind":"call","zoneOffsetMin":-90}\n`,
    );
  });

  test('are those of a time only, in pieces that go on where the last ended', () => {
    const messages = Array.from({ length: 4000 }, (_, seq) => makeMessage(seq, { text: `${seq} ${'樟木箱'.repeat(40)}` }));
    const source = openLineSource(throughVault(messages));
    const atMsOf = (at: number): number => messages[at]?.sentAtMs ?? Number.NaN;
    const taken: number[] = [];
    const pieces = [...encodeLines(source, createLineWriter(idOf), [atMsOf(100), atMsOf(3900)], (_, at) => taken.push(at))];
    expect(taken).toEqual(Array.from({ length: 3800 }, (_, at) => 100 + at));
    expect(pieces.length).toBeGreaterThan(4);
    const lines = pieces.map(decode).join('').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { text: string }).text)).toEqual(messages.slice(100, 3900).map(({ text }) => text));
  });

  test('are not made of columns that do not fit together, or name what there is not', () => {
    const columns = throughVault([makeMessage(0, { text: '😀' }), makeMessage(1)]);
    const { text, kinds, times } = columns as Required<SegmentColumns>;
    const utf8 = text.utf8 ?? new Uint8Array();
    const broken: readonly SegmentColumns[] = [
      { ...columns, kinds: kinds.subarray(1) },
      { ...columns, kinds: kinds.with(1, 250) },
      { ...columns, times: { ...times, clock: times.clock.with(0, 9) } },
      { ...columns, text: { ...text, joined: '', utf8: utf8.subarray(1) } },
      { ...columns, text: { ...text, joined: '', ends: text.ends.with(0, 1) } },
      { ...columns, text: { ...text, joined: '', utf8: new Uint8Array([...utf8, 0x41]) } },
    ];
    for (const each of broken) expect(() => linesOf(each)).toThrow(expect.objectContaining({ code: 'damaged' }));
    const { rest: _, ...without } = columns;
    expect(() => linesOf(without)).toThrow(expect.objectContaining({ code: 'damaged' }));
  });
});

describe('JSON as bytes', () => {
  const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));

  test('has each string as JSON writes it', () => {
    const strings = encodeJson((json) => units.forEach((unit) => json.string(unit)));
    expect(decode(strings)).toBe(units.map((unit) => JSON.stringify(unit)).join(''));
    const wellFormed = units.filter((unit) => unit.isWellFormed());
    const stored = encodeJson((json) => {
      for (const unit of wellFormed) {
        const utf8 = new TextEncoder().encode(`#${unit}#`);
        json.stored(utf8, 1, utf8.length - 1);
      }
    });
    expect(decode(stored)).toBe(wellFormed.map((unit) => JSON.stringify(unit)).join(''));
  });

  test('is whole beyond the memory that is kept, and nothing of what failed comes before the next', () => {
    const long = '长'.repeat(1_000_000);
    const utf8 = new TextEncoder().encode(long);
    const first = encodeJson((json) => json.json('1'));
    const fail = (): unknown =>
      encodeJson((json) => {
        json.json(long);
        throw new RangeError('no JSON');
      });
    expect(fail).toThrow(RangeError);
    const bytes = encodeJson((json) => {
      json.twoDigits(7);
      json.stored(utf8, 0, utf8.length);
      json.byte(0x2c);
      json.bytes(utf8);
      json.twoDigits(42);
    });
    expect(decode(bytes) === `07"${long}",${long}42`).toBe(true);
    expect(decode(encodeJson((json) => json.string('next')))).toBe('"next"');
    expect(decode(first)).toBe('1');
  });
});
