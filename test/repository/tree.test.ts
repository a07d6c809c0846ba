import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TreeNode } from '../../src/repository/repository';
import { quoteName, readStoredTime, storedJson, storedTime, unquoteName } from '../../src/repository/stored-text';
import { decodeTree, encodeTree } from '../../src/repository/tree-codec';
import { utf8 } from './codec';

const damaged = expect.objectContaining({ code: 'damaged' });
const id = (letter: string): string => letter.repeat(64);
const file = (name: string, more: Partial<TreeNode> = {}): TreeNode => ({
  name,
  type: 'file',
  mtimeMs: Date.UTC(2026, 0, 2, 3, 4, 5, 600),
  sizeBytes: 0,
  content: [],
  subtree: null,
  ...more,
});
const folder = (name: string): TreeNode => ({ ...file(name), type: 'dir', subtree: id('c') });

const anyName = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.constantFrom('a"b', 'a\\b', '\\x41', '<&>', '\u2028', '樟木箱', 'e\u0301', '\u00ad', '\u{e0001}', '\u00a0'),
  )
  .filter((name) => !/[/\0]|^\.{1,2}$|\p{Cs}/u.test(name));
const anyTime = fc.integer({ min: Date.UTC(1, 0), max: Date.UTC(9999, 0) });
const anyId = fc.constantFrom(id('a'), id('b'), id('0'));
const anyNode = fc.oneof(
  fc
    .record({ name: anyName, mtimeMs: anyTime, sizeBytes: fc.nat(), content: fc.array(anyId, { maxLength: 3 }) })
    .map((one) => file('', one)),
  fc.record({ name: anyName, mtimeMs: anyTime, subtree: anyId }).map((one): TreeNode => ({ ...folder(''), ...one })),
);

describe('a tree', () => {
  it('decodes as it was encoded, in the order of the names’ bytes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyNode, { selector: ({ name }) => name, maxLength: 12 }), (nodes) => {
        const sorted = [...nodes].sort((one, other) => Buffer.compare(Buffer.from(one.name), Buffer.from(other.name)));
        const bytes = encodeTree(nodes);
        expect(decodeTree(bytes)).toEqual(sorted);
        expect(encodeTree(decodeTree(bytes))).toEqual(bytes);
      }),
      { numRuns: 100 },
    );
  });

  it('is pinned to the bytes that restic writes', () => {
    const bytes = encodeTree([folder('b'), file('a<"', { sizeBytes: 7, content: [id('d')] })]);
    const times = '"mtime":"2026-01-02T03:04:05.6Z","atime":"2026-01-02T03:04:05.6Z","ctime":"2026-01-02T03:04:05.6Z"';
    expect(new TextDecoder().decode(bytes)).toBe(
      `{"nodes":[{"name":"a\\u003c\\\\\\"","type":"file","mode":384,${times},"uid":0,"gid":0,"size":7,"content":["${id('d')}"]},` +
        `{"name":"b","type":"dir","mode":2147484096,${times},"uid":0,"gid":0,"content":null,"subtree":"${id('c')}"}]}\n`,
    );
    expect(encodeTree([])).toEqual(utf8('{"nodes":[]}\n'));
  });

  it('has no two nodes of one name, no name that no folder can hold, no node that lacks something', () => {
    const bad: (readonly TreeNode[])[] = [
      [file('a'), file('a')],
      [file('a'), folder('a')],
    ];
    for (const name of ['', '.', '..', 'a/b', 'a\0', '\ud800', 'x'.repeat(5_000)]) bad.push([file(name)]);
    bad.push([{ ...folder('a'), subtree: null }], [{ ...folder('a'), content: [id('a')] }], [{ ...file('a'), subtree: id('a') }]);
    bad.push([{ ...file('a'), type: 'symlink' }], [file('a', { content: ['x'] })], [file('a', { mtimeMs: Date.UTC(12_000, 0) })]);
    bad.push([file('a', { mtimeMs: Number.NaN })]);
    for (const nodes of bad) expect(() => encodeTree(nodes), JSON.stringify(nodes)).toThrow(RangeError);
  });

  it('of others is read for what is needed', () => {
    const foreign = {
      more: 1,
      nodes: [
        {
          name: 'z',
          type: 'file',
          mtime: '2026-01-02T03:04:05.123456789+08:00',
          size: 3,
          content: [id('a')],
          extended_attributes: [{ name: 'x', value: null }],
        },
        { name: 'link', type: 'symlink', linktarget: '../../etc/passwd', content: null, mtime: 'yesterday' },
        { name: '\\xff\\u00e9', type: 'dir', subtree: id('b'), size: -4 },
        { name: 'none', type: 'file' },
      ],
    };
    const nodes = decodeTree(utf8(JSON.stringify(foreign)));
    expect(nodes.map(({ name }) => name)).toEqual(['z', 'link', '\ufffdé', 'none']);
    expect(nodes[0]).toMatchObject({ mtimeMs: Date.UTC(2026, 0, 1, 19, 4, 5, 123), sizeBytes: 3, content: [id('a')], subtree: null });
    expect(nodes[1]).toMatchObject({ type: 'symlink', mtimeMs: 0, content: [], subtree: null });
    expect(nodes[2]).toMatchObject({ type: 'dir', subtree: id('b'), sizeBytes: 0 });
    expect(nodes[3]).toMatchObject({ content: [] });
    expect(decodeTree(utf8('{"nodes":null}\n'))).toEqual([]);
    const alike = ['\\xff', '\\xfe', '\ufffd'].map((name) => ({ name, type: 'file', content: [] }));
    expect(decodeTree(utf8(JSON.stringify({ nodes: alike })))).toHaveLength(3);
  });

  it('of hostile others is damaged', () => {
    const node = (fields: object) => ({ nodes: [{ name: 'a', type: 'file', content: [], ...fields }] });
    const bad: unknown[] = [null, [], 7, { nodes: {} }, { nodes: [7] }, { nodes: [[]] }];
    for (const name of ['', '.', '..', '../x', 'a/b', 'a\0b', '\\x2e\\x2e', 'a\\u002fb', 'x'.repeat(5_000), 7]) bad.push(node({ name }));
    bad.push(node({ content: ['x'] }), node({ content: 'x' }), node({ type: 'dir', subtree: null }), node({ type: 'dir', subtree: 'x' }));
    bad.push(
      node({ type: 7 }),
      { nodes: [...node({}).nodes, ...node({}).nodes] },
      { nodes: [...node({}).nodes, ...node({ name: '\\x61' }).nodes] },
    );
    for (const json of bad) expect(() => decodeTree(utf8(JSON.stringify(json))), JSON.stringify(json).slice(0, 80)).toThrow(damaged);
    expect(() => decodeTree(utf8('{"nodes":['))).toThrow(damaged);
    const many = `{"nodes":[${'0,'.repeat(1_000_000)}0]}`;
    expect(() => decodeTree(utf8(many))).toThrow(damaged);
    const deep = `{"nodes":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(() => decodeTree(utf8(deep))).toThrow(damaged);
  });
});

describe('texts as Go writes them', () => {
  it('quotes names as strconv.Quote does', () => {
    // Each is the result of Go 1.19's strconv.Quote, without the outer quotes.
    for (const [name, quoted] of [
      ['plain name.txt', 'plain name.txt'],
      ['q"b\\', 'q\\"b\\\\'],
      ['\u0007\b\f\n\r\t\u000b', '\\a\\b\\f\\n\\r\\t\\v'],
      ['\u0001\u001b\u007f', '\\x01\\x1b\\x7f'],
      ['\u0080\u00a0\u00ad', '\\u0080\\u00a0\\u00ad'],
      ['\u3000\u2028\u200d', '\\u3000\\u2028\\u200d'],
      ['\u{e0001}\u{10ffff}', '\\U000e0001\\U0010ffff'],
      ['樟木箱 é e\u0301 😀', '樟木箱 é e\u0301 😀'],
    ] as const) {
      expect(quoteName(name)).toBe(quoted);
      expect(unquoteName(quoted)).toBe(name);
    }
    fc.assert(fc.property(anyName, (name) => void expect(unquoteName(quoteName(name))).toBe(name)));
  });

  it('reads bytes and octals, and leaves alone what is not so quoted', () => {
    expect(unquoteName('\\xe6\\xa8\\x9f\\101\\"')).toBe('樟A"');
    for (const text of ['\\', 'a\\', '\\q', '\\x4', '\\u12', '\\U00110000', '\\Uffffffff', '\\9']) expect(unquoteName(text)).toBe(text);
  });

  it('writes times without zeros at the end, and reads any zone and fraction', () => {
    for (const [timeMs, text] of [
      [0, '1970-01-01T00:00:00Z'],
      [600, '1970-01-01T00:00:00.6Z'],
      [50, '1970-01-01T00:00:00.05Z'],
      [123, '1970-01-01T00:00:00.123Z'],
      [10_000, '1970-01-01T00:00:10Z'],
      [-1, '1969-12-31T23:59:59.999Z'],
    ] as const) {
      expect(storedTime(timeMs)).toBe(text);
      expect(readStoredTime(text)).toBe(timeMs);
    }
    fc.assert(fc.property(anyTime, (timeMs) => void expect(readStoredTime(storedTime(timeMs))).toBe(timeMs)));
    expect(readStoredTime('2026-01-02T03:04:05.999999999-07:00')).toBe(Date.UTC(2026, 0, 2, 10, 4, 5, 999));
    expect(readStoredTime('0001-01-01T00:00:00Z')).toBe(Date.parse('0001-01-01T00:00:00Z'));
    for (const none of ['', '2026', '2026-01-02', '2026-01-02T03:04:05', '2026-13-02T03:04:05Z', 7, null])
      expect(readStoredTime(none)).toBeNull();
    for (const timeMs of [Number.NaN, 1e17, Date.UTC(10_000, 0), Date.UTC(-1, 0)]) expect(() => storedTime(timeMs)).toThrow(RangeError);
  });

  it('escapes what encoding/json escapes', () => {
    expect(storedJson({ a: '<&>\u2028\u2029"' })).toBe('{"a":"\\u003c\\u0026\\u003e\\u2028\\u2029\\""}');
  });
});
