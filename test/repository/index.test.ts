import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlobIndex, type PackBlob } from '../../src/repository/blob-index';
import { encodeIndexFile, parseIndexFile } from '../../src/repository/index-file';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const blob = (name: string, offsetBytes = 0, type: 'data' | 'tree' = 'data', uncompressedLength: number | null = null): PackBlob => ({
  id: sha(name),
  type,
  offsetBytes,
  lengthBytes: 40,
  uncompressedLength,
});

const anyBlob = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 1000 }), fc.boolean(), fc.option(fc.integer({ min: 1, max: 99 })))
  .map(([name, offset, isTree, length]) => blob(`blob ${name}`, offset, isTree ? 'tree' : 'data', length));

describe('an index file', () => {
  it('is parsed as it was encoded', () => {
    const anyPack = fc.record({ id: fc.integer().map((name) => sha(`pack ${name}`)), blobs: fc.array(anyBlob, { maxLength: 8 }) });
    fc.assert(
      fc.property(fc.array(anyPack, { maxLength: 8 }), (packs) => {
        const json: unknown = JSON.parse(JSON.stringify(encodeIndexFile(packs)));
        expect(parseIndexFile(json)).toEqual({ packs, isForeign: false });
      }),
      { numRuns: 40 },
    );
  });

  it('keeps to restic’s fields', () => {
    const packs = [{ id: sha('pack'), blobs: [blob('a'), blob('b', 40, 'tree', 7)] }];
    expect(encodeIndexFile(packs)).toEqual({
      packs: [
        {
          id: sha('pack'),
          blobs: [
            { id: sha('a'), type: 'data', offset: 0, length: 40 },
            { id: sha('b'), type: 'tree', offset: 40, length: 40, uncompressed_length: 7 },
          ],
        },
      ],
    });
  });

  it('notices fields of others, and overlooks what older ones wrote', () => {
    const pack = { id: sha('pack'), blobs: [] };
    expect(parseIndexFile({ supersedes: [sha('old')], packs: [pack] }).isForeign).toBe(false);
    expect(parseIndexFile({ packs: null }).isForeign).toBe(false);
    for (const foreign of [
      { packs: [pack], packs_to_delete: [pack] },
      { packs: [{ ...pack, time: '2026-01-01T00:00:00Z' }] },
      { packs: [{ ...pack, blobs: [{ id: sha('a'), type: 'data', offset: 0, length: 40, more: 1 }] }] },
    ]) {
      expect(parseIndexFile(foreign).isForeign).toBe(true);
    }
  });

  it('is damaged where it is none', () => {
    const good = { id: sha('a'), type: 'data', offset: 0, length: 40 };
    const bad: unknown[] = [null, [], 'x', { packs: {} }, { packs: [7] }, { packs: [{ id: 'x', blobs: [] }] }];
    const fields = [
      { id: sha('a').toUpperCase() },
      { id: null },
      { type: 'other' },
      { offset: -1 },
      { offset: 0xffffffff },
      { offset: 0.5 },
      { length: '40' },
      { length: 2 ** 32 },
      { uncompressed_length: -1 },
    ];
    bad.push(...fields.map((field) => ({ packs: [{ id: sha('p'), blobs: [{ ...good, ...field }] }] })));
    for (const json of bad) expect(() => parseIndexFile(json), JSON.stringify(json)).toThrow(expect.objectContaining({ code: 'damaged' }));
  });
});

describe('the index of blobs', () => {
  it('answers as a plain map of packs does, whatever is added and removed', () => {
    const anyStep = fc.record({ pack: fc.integer({ min: 0, max: 5 }), blobs: fc.option(fc.array(anyBlob, { maxLength: 6 })) });
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
        const index = new BlobIndex();
        const model = new Map<string, Map<string, PackBlob>>();
        for (const { pack, blobs } of steps) {
          const id = sha(`pack ${pack}`);
          if (blobs === null) {
            index.removePack(id);
            model.delete(id);
            continue;
          }
          index.addPack(id, blobs);
          const known = model.get(id) ?? new Map<string, PackBlob>();
          for (const each of blobs) if (!known.has(each.type + each.id)) known.set(each.type + each.id, each);
          model.set(id, known);
        }
        const order = (one: PackBlob, other: PackBlob) =>
          one.offsetBytes - other.offsetBytes || (one.id + one.type < other.id + other.type ? -1 : 1);
        expect([...index.packIds()].sort()).toEqual([...model.keys()].sort());
        expect(index.packCount).toBe(model.size);
        expect(index.blobCount).toBe([...model.values()].reduce((sum, { size }) => sum + size, 0));
        for (const [id, known] of model) expect([...index.blobsOf(id)].sort(order)).toEqual([...known.values()].sort(order));
        for (let name = 0; name <= 12; name += 1) {
          for (const type of ['data', 'tree'] as const) {
            const id = sha(`blob ${name}`);
            const places = [...model].flatMap(([packId, known]) => {
              const found = known.get(type + id);
              return found ? [{ ...found, packId }] : [];
            });
            expect(index.has(type, id)).toBe(places.length > 0);
            const found = index.find(type, id);
            expect(places.length === 0 ? [null] : places).toContainEqual(found);
            const byPack = (one: { packId: string }, other: { packId: string }) => (one.packId < other.packId ? -1 : 1);
            expect([...index.findAll(type, id)].sort(byPack)).toEqual(places.sort(byPack));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('keeps 600,000 blobs in 100 MB, finds each, and lets go of what was removed', () => {
    const index = new BlobIndex();
    const packs = 1_200;
    const perPack = 500;
    // Ids that differ in few digits: the spreading must not lean on their being hashes.
    const idOf = (pack: number, at: number): string => `${pack.toString(16).padStart(8, '0')}${at.toString(16).padStart(56, '0')}`;
    let mostBytes = 0;
    for (let pack = 0; pack < packs; pack += 1) {
      const blobs = Array.from({ length: perPack }, (_, at) => ({ ...blob('', at * 40), id: idOf(pack, at) }));
      index.addPack(sha(`pack ${pack}`), blobs);
      mostBytes = Math.max(mostBytes, index.allocatedBytes);
    }
    expect(index.blobCount).toBe(600_000);
    // While its columns grow, the old ones are there as well.
    expect(mostBytes).toBeLessThan(60e6);
    for (let pack = 0; pack < packs; pack += 7) {
      expect(index.find('data', idOf(pack, 499))).toMatchObject({ packId: sha(`pack ${pack}`), offsetBytes: 499 * 40 });
      expect(index.has('tree', idOf(pack, 499))).toBe(false);
    }
    for (let pack = 0; pack < packs - 10; pack += 1) index.removePack(sha(`pack ${pack}`));
    expect(index.blobCount).toBe(5_000);
    expect(index.allocatedBytes).toBeLessThan(2e6);
    expect(index.has('data', idOf(0, 0))).toBe(false);
    expect(index.has('data', idOf(packs - 1, 0))).toBe(true);
  });

  it('bears the same blob over and over, up to what honest devices make', () => {
    const index = new BlobIndex();
    const same = Array.from({ length: 100_000 }, (_, at) => blob('same', at));
    index.addPack(sha('one'), same);
    expect(index.blobCount).toBe(1);
    expect(index.find('data', sha('same'))).toMatchObject({ packId: sha('one'), offsetBytes: 0 });
    index.addPack(sha('one'), same);
    expect(index.blobCount).toBe(1);
    for (let pack = 0; pack < 255; pack += 1) index.addPack(sha(`pack ${pack}`), [blob('same')]);
    expect(() => index.addPack(sha('too many'), [blob('other'), blob('same')])).toThrow(expect.objectContaining({ code: 'damaged' }));
    expect(index.hasPack(sha('too many'))).toBe(false);
    expect(index.has('data', sha('other'))).toBe(false);
    expect(index.findAll('data', sha('same'))).toHaveLength(256);
    for (let pack = 0; pack < 255; pack += 1) index.removePack(sha(`pack ${pack}`));
    expect(index.find('data', sha('same'))).toMatchObject({ packId: sha('one') });
    index.removePack(sha('one'));
    expect(index.find('data', sha('same'))).toBeNull();
  });

  it('does not slow down when packs come and go', () => {
    const index = new BlobIndex();
    for (let round = 0; round < 20_000; round += 1) {
      index.addPack(sha('pack'), [blob('a'), blob('b', 40)]);
      index.removePack(sha('pack'));
    }
    expect(index.blobCount).toBe(0);
    expect(index.allocatedBytes).toBeLessThan(1e6);
  });
});
