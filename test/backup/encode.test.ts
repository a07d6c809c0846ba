import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeJson } from '../../src/backup/canonical-json';
import { encodeMessage } from '../../src/backup/encode-message';
import { encodeOverlays } from '../../src/backup/encode-overlays';
import { mediaFileName, mediaFolders } from '../../src/backup/media-path';
import type { Naming } from '../../src/backup/naming';
import { appendSeq, makePlaces } from '../../src/backup/places';
import { assignIds, firstKeyOf, portableId } from '../../src/backup/portable-id';
import { compareMonths, dayOf, monthOf, monthRange, monthStartMs, nodeTimeMs, writeInstant } from '../../src/backup/utc-dates';
import { readInstant, readMessage } from '../../src/importers/camphor/read-message';
import type { Json } from '../../src/model/json';
import type { Message } from '../../src/model/message';
import type { PersonId, Sha256Hex } from '../../src/model/ids';
import type { Overlay, OverlayKind } from '../../src/model/overlay';
import type { PortableMessage } from '../../src/model/portable';
import { type AttachmentRecord, messageKinds } from '../../src/model/record';
import { earliestAtMs, latestAtMs } from '../../src/model/time';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('../../etc/passwd', 'a\u0000b', '\u202egpj.exe', '<script>', '"\\\n\r\u2028\u2029', '樟木箱', '__proto__', '\ud800'),
);
const anyTime = fc.oneof(fc.integer({ min: earliestAtMs, max: latestAtMs }), fc.constantFrom(earliestAtMs, latestAtMs, 0, -1, -86_400_001));
const hash = 'ab'.repeat(32) as Sha256Hex;

const anyAttachment = fc.record({
  kind: fc.constantFrom<AttachmentRecord['kind']>('image', 'voice', 'audio', 'video', 'animation', 'sticker', 'file', 'contact'),
  name: fc.option(anyText),
  mime: fc.option(anyText),
  sizeBytes: fc.option(fc.nat()),
  missing: fc.option(fc.constantFrom<NonNullable<AttachmentRecord['missing']>>('omitted', 'expired', 'unavailable')),
  sha256: fc.option(fc.constant(hash)),
});

const anyMessage: fc.Arbitrary<Message> = fc.record({
  seq: fc.nat(),
  sender: fc.option(fc.constantFrom('p1' as PersonId, 'p2' as PersonId)),
  sourceId: fc.option(anyText),
  sentAtMs: anyTime,
  clock: fc.constantFrom('absolute' as const, 'second' as const, 'minute' as const),
  zoneOffsetMin: fc.integer({ min: -900, max: 900 }),
  kind: fc.constantFrom(...messageKinds),
  text: anyText,
  attachments: fc.array(anyAttachment, { maxLength: 3 }),
  facts: fc.option(
    fc.record({
      edited: fc.record({ editedAtMs: fc.option(fc.nat()) }),
      olderTexts: fc.array(fc.record({ text: anyText, editedAtMs: fc.option(fc.nat()) }), { minLength: 1, maxLength: 2 }),
      extra: fc.dictionary(anyText, fc.oneof(anyText, fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true })), {
        minKeys: 1,
      }),
    }),
  ),
});

const idOf = (person: string): string => portableId(['person', person]);

/** Back to what the vault keeps, as the words of docs/format.md say. */
function decode(line: PortableMessage): Omit<Message, 'seq' | 'sender'> & { from: string | null } {
  return {
    from: line.from ?? null,
    sourceId: line.sourceId ?? null,
    sentAtMs: readInstant(line.at) ?? Number.NaN,
    clock: line.clock ?? 'absolute',
    zoneOffsetMin: line.zoneOffsetMin ?? 0,
    kind: line.kind ?? 'text',
    text: line.text ?? '',
    attachments: (line.attachments ?? []).map(({ name, mime, sizeBytes, missing, sha256, ...rest }) => ({
      ...rest,
      name: name ?? null,
      mime: mime ?? null,
      sizeBytes: sizeBytes ?? null,
      missing: missing ?? null,
      sha256: (sha256 ?? null) as Sha256Hex | null,
    })),
    facts: line.facts ?? null,
  };
}

test('a message is read back as it was, by the reader of restores and without a fault', () => {
  fc.assert(
    fc.property(anyMessage, ({ seq, sender, ...message }) => {
      const line = writeJson(encodeMessage({ ...message, seq, sender }, idOf));
      expect(line).not.toContain('\n');
      const faults: string[] = [];
      const read = readMessage(JSON.parse(line) as Json, faults);
      expect(faults).toEqual([]);
      expect(writeJson(read)).toBe(line);
      expect(decode(JSON.parse(line) as PortableMessage)).toEqual({ ...plain(message), from: sender === null ? null : idOf(sender) });
    }),
    { numRuns: 200 },
  );
});

/** -0 becomes 0 in JSON. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

test('JSON has one spelling for equal content, and says the same', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.dictionary(anyText, fc.jsonValue({ maxDepth: 1 })), (value, object) => {
      expect(JSON.parse(writeJson(value))).toEqual(plain(value));
      const turned = Object.fromEntries(Object.entries(object).reverse());
      expect(writeJson(turned)).toBe(writeJson(object));
      expect(JSON.parse(writeJson(object))).toEqual(plain(object));
    }),
    { numRuns: 200 },
  );
  expect(writeJson({ b: undefined, 10: 1, 9: 2, a: [null] })).toBe('{"10":1,"9":2,"a":[null]}');
  expect(() => writeJson(Number.NaN)).toThrow(RangeError);
});

describe('dates', () => {
  test('at the edges', () => {
    expect(writeInstant(earliestAtMs)).toBe('0001-01-02T00:00:00Z');
    expect(monthOf(earliestAtMs)).toBe('0001-01');
    expect(dayOf(latestAtMs)).toEqual(['9999', '12', '31']);
    expect(writeInstant(-1)).toBe('1969-12-31T23:59:59.999Z');
    expect(monthOf(Date.UTC(10_000, 0, 1))).toBe('+010000-01');
    expect(dayOf(Date.UTC(-1, 5, 7))).toEqual(['-000001', '06', '07']);
    expect([...['2024-01', '+010000-01', '-000001-12', '0001-02']].sort(compareMonths)).toEqual([
      '-000001-12',
      '0001-02',
      '2024-01',
      '+010000-01',
    ]);
    expect([nodeTimeMs(earliestAtMs), nodeTimeMs(latestAtMs), nodeTimeMs(null)]).toEqual([0, Date.UTC(2200, 0, 1), 0]);
  });

  test('an instant is read back, and lies in its month', () => {
    fc.assert(
      fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (atMs) => {
        expect(Date.parse(writeInstant(atMs))).toBe(atMs);
        const [fromMs, toMs] = monthRange(monthOf(atMs));
        expect(fromMs <= atMs && atMs < toMs).toBe(true);
        if (fromMs > -Infinity && toMs < Infinity) expect([monthOf(fromMs), monthOf(toMs - 1)]).toEqual([monthOf(atMs), monthOf(atMs)]);
        if (atMs > -8.6e15) expect(monthStartMs(monthOf(atMs))).toBeLessThanOrEqual(atMs);
        expect(`${monthOf(atMs)}-${dayOf(atMs)[2]}`).toBe(dayOf(atMs).join('-'));
      }),
    );
  });
});

test('names of files are ASCII and lead nowhere, whatever type a medium claims', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.constantFrom('constructor', 'image/jpeg')), fc.option(anyTime), (mime, atMs) => {
      const path = [...mediaFolders(hash, atMs), mediaFileName({ sha256: hash, mime })].join('/');
      expect(path).toMatch(/^(undated\/ab|\d{4}\/\d\d\/\d\d)\/[0-9a-f]{64}\.[0-9a-z]{2,6}$/);
    }),
  );
  expect(mediaFileName({ sha256: hash, mime: 'image/jpeg' })).toBe(`${hash}.jpg`);
  expect(mediaFileName({ sha256: hash, mime: 'constructor' })).toBe(`${hash}.bin`);
});

test('places are those of a walk over all messages', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 30 }),
      fc.array(fc.tuple(fc.nat({ max: 45 }), fc.nat({ max: 9 }))),
      (seqs, spans) => {
        const order: [number, number][] = [];
        for (const seq of seqs) appendSeq(order, seq);
        const places = makePlaces(order);
        for (let seq = 0; seq < 45; seq++) expect(places.placeOf(seq)).toBe(seqs.includes(seq) ? seqs.indexOf(seq) : null);
        const runs = spans.map(([from, length]) => [from, from + length] as const);
        const wanted = seqs.flatMap((seq, place) => (runs.some(([from, to]) => seq >= from && seq < to) ? [place] : []));
        const found = places.placesOf(runs);
        expect(found.flatMap(([from, to]) => Array.from({ length: to - from }, (_, step) => from + step))).toEqual(wanted);
        for (const [index, [from]] of found.entries()) if (index > 0) expect(from).toBeGreaterThan(found[index - 1]?.[1] ?? 0);
      },
    ),
  );
});

describe('ids', () => {
  test('are those that docs/format.md says', () => {
    // sha256sum of ["conversation","whatsapp","id","491234@g.us"], its first 32 digits.
    expect(portableId(['conversation', 'whatsapp', 'id', '491234@g.us'])).toBe('c59052654455db409c53b34a88d64da7');
    const first = firstKeyOf({ sentAtMs: Date.UTC(2024, 2, 14, 8, 30, 59, 999), sender: 'p1', text: '\u200e a \n\u3000 b\ufeff' });
    expect(first.slice(0, 2)).toEqual(['2024-03-14T08:30:00Z', 1]);
    expect(first).toEqual(firstKeyOf({ sentAtMs: Date.UTC(2024, 2, 14, 8, 30), sender: 'p2', text: 'a b' }));
    expect(first).not.toEqual(firstKeyOf({ sentAtMs: Date.UTC(2024, 2, 14, 8, 30), sender: null, text: 'a b' }));
  });

  test('differ for those of one key, and do not depend on the order of asking', () => {
    const keyed = ['c', 'a', 'b'].map((item) => ({ item, key: ['person', 'same'], tie: item }));
    const ids = assignIds(keyed);
    expect(ids.get('a')).toBe(portableId(['person', 'same']));
    expect(ids.get('c')).toBe(portableId(['person', 'same', 2]));
    expect([...assignIds(keyed.toReversed())].sort()).toEqual([...ids].sort());
  });
});

describe('overlays', () => {
  const naming: Naming = {
    conversation: (id) => ((id as string) === 'c1' ? 'portable-c1' : null),
    person: (id) => ((id as string) === 'p1' ? 'portable-p1' : null),
    places: () => makePlaces([[7, 3]]),
  };
  const stamp = { wallMs: 1, counter: 0, device: 'd' };
  const overlay = (kind: OverlayKind, subject: string, value: string | null = 'yes'): Overlay => ({
    kind,
    subject,
    fields: { value: { value, stamp } },
  });
  const encoded = (...overlays: Overlay[]) => encodeOverlays(overlays, naming, removed);
  const removed = [{ conversation: 'gone' as never, source: 'whatsapp' as const, sourceId: null, name: 'Old', hashes: [3, 5] }];

  test('speak of portable ids and places', () => {
    const all = encoded(
      overlay('saved-search', `search:${'0f'.repeat(16)}`),
      overlay('undone', 'receipt:0123'),
      overlay('bookmark', 'message:c1/8'),
      overlay('pinned', 'conversation:c1'),
      overlay('person-name', 'person:p1', 'person:p1'),
      overlay('owner', 'conversation:c1', 'p1'),
      overlay('merged-people', 'person:p1', 'person:p1'),
    );
    expect(all.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'bookmark message:portable-c1/1',
      'merged-people person:portable-p1',
      'owner conversation:portable-c1',
      'person-name person:portable-p1',
      'pinned conversation:portable-c1',
      `saved-search search:${'0f'.repeat(16)}`,
      'undone receipt:0123',
    ]);
    expect(all.map(({ fields }) => fields['value']?.value)).toEqual([
      'yes',
      'person:portable-p1',
      'portable-p1',
      'person:p1',
      'yes',
      'yes',
      'yes',
    ]);
  });

  test('are named after portable ids where their fields are people; those who are not here are left out', () => {
    const fields = { p1: { value: 'yes', stamp }, gone: { value: 'yes', stamp } };
    expect(encoded({ kind: 'different-people', subject: 'person:p1', fields })).toEqual([
      { kind: 'different-people', subject: 'person:portable-p1', fields: { 'portable-p1': { value: 'yes', stamp } } },
    ]);
    expect(encoded({ kind: 'different-people', subject: 'person:p1', fields: { gone: { value: 'yes', stamp } } })).toEqual([]);
  });

  test('of what is not here, or of a kind that is not known, stay', () => {
    const hostile = [
      'message:c1/99',
      'message:c1/-1',
      'message:c1',
      'conversation:c2',
      'person:',
      'search:1',
      `search:${'0F'.repeat(16)}`,
      'else:1',
      '',
      '__proto__',
    ];
    expect(encoded(...hostile.map((subject) => overlay('note', subject)), overlay('later-kind' as OverlayKind, 'conversation:c1'))).toEqual(
      [],
    );
  });

  test('a removed conversation goes by what it is known again', () => {
    expect(encoded(overlay('removed', 'conversation:gone'))).toEqual([
      {
        kind: 'removed',
        subject: `conversation:${portableId(['conversation', 'whatsapp', 'removed', 3, 5])}`,
        fields: { value: { value: 'yes', stamp } },
        removed: { source: 'whatsapp', name: 'Old', hashes: [3, 5] },
      },
    ]);
  });
});
