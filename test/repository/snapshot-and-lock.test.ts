import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeLock, parseLock } from '../../src/repository/lock-file';
import { encodeSnapshot, parseSnapshot } from '../../src/repository/snapshot-file';

const damaged = expect.objectContaining({ code: 'damaged' });
const id = (letter: string): string => letter.repeat(64);
const anyTime = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
const anyText = fc.string({ minLength: 1, maxLength: 20 });
const asStored = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

describe('a snapshot', () => {
  it('is parsed as it was encoded', () => {
    const anySnapshot = fc.record({
      takenAtMs: anyTime,
      tree: fc.constant(id('a')),
      paths: fc.array(anyText, { minLength: 1, maxLength: 3 }),
      hostname: anyText,
      tags: fc.array(anyText, { maxLength: 3 }),
      parent: fc.constantFrom(null, id('b')),
    });
    fc.assert(
      fc.property(anySnapshot, fc.option(anyText), (snapshot, programVersion) => {
        const parsed = parseSnapshot(id('f'), asStored(encodeSnapshot(snapshot, programVersion)));
        expect(parsed).toEqual({ ...snapshot, id: id('f'), username: 'camphor', programVersion });
      }),
      { numRuns: 40 },
    );
    expect(() => encodeSnapshot({ takenAtMs: 0, tree: id('a'), paths: [], hostname: 'x', tags: [], parent: null })).toThrow(RangeError);
  });

  it('of stock restic is read', () => {
    const stock = {
      time: '2026-11-22T00:41:07.123456789+08:00',
      tree: id('a'),
      paths: ['/home/x'],
      hostname: 'laptop',
      username: 'root',
      uid: 0,
      excludes: ['x'],
      original: id('c'),
      summary: { files_new: 1 },
    };
    expect(parseSnapshot(id('f'), stock)).toEqual({
      id: id('f'),
      takenAtMs: Date.UTC(2026, 10, 21, 16, 41, 7, 123),
      tree: id('a'),
      paths: ['/home/x'],
      hostname: 'laptop',
      username: 'root',
      tags: [],
      parent: null,
      programVersion: null,
    });
    expect(parseSnapshot(id('f'), { time: stock.time, tree: id('a'), paths: null }).paths).toEqual([]);
  });

  it('is damaged without time or tree, or with fields of other kinds', () => {
    const good = { time: '2026-11-22T00:41:07Z', tree: id('a'), paths: ['/x'] };
    const others = [
      { time: 'x' },
      { time: null },
      { tree: null },
      { tree: 'x' },
      { paths: 'x' },
      { paths: [7] },
      { tags: {} },
      { parent: 'x' },
    ];
    for (const other of others) expect(() => parseSnapshot(id('f'), { ...good, ...other }), JSON.stringify(other)).toThrow(damaged);
    for (const json of [null, [], 'x']) expect(() => parseSnapshot(id('f'), json)).toThrow(damaged);
    expect(() => parseSnapshot(id('f'), { ...good, tags: Array.from({ length: 10_001 }, () => 'x') })).toThrow(damaged);
  });
});

describe('a lock', () => {
  it('is parsed as it was encoded', () => {
    fc.assert(
      fc.property(fc.record({ createdAtMs: anyTime, exclusive: fc.boolean(), hostname: anyText }), (lock) => {
        expect(parseLock(id('f'), asStored(encodeLock(lock)))).toEqual({ ...lock, id: id('f'), username: 'camphor' });
      }),
      { numRuns: 30 },
    );
  });

  it('is damaged where it does not say since when, or how', () => {
    const good = { time: '2026-11-22T00:41:07Z', exclusive: true };
    expect(parseLock(id('f'), good)).toMatchObject({ exclusive: true, hostname: '' });
    for (const json of [null, {}, { ...good, time: 1 }, { ...good, exclusive: 'true' }, { ...good, hostname: [] }]) {
      expect(() => parseLock(id('f'), json)).toThrow(damaged);
    }
  });
});
