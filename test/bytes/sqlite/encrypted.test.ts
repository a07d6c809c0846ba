// SQLCipher beneath SQLite: databases by SQLCipher's own program and its own test databases, row by row; wrong keys, flipped bits, cuts.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasSharedSamples, sharedSamplePath } from '../../importers/samples';
import { encryptMade, qqNt, sqlcipher4 as version4 } from './encrypt-pages';
import { askSqlite, makeDatabase } from './make-database';
import { lacksSqlcipher, makeEncrypted, openEncrypted, readTable } from './make-encrypted';

const rows = `CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT);
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
  INSERT INTO t SELECT i, substr('canary 樟木箱 ' || hex(i * 7919) || replace(hex(zeroblob(900)), '0', i % 10), 1, 20 + i * i % 1500) FROM n;`;
const later = `UPDATE t SET b = 'new ' || a WHERE a > 390; DELETE FROM t WHERE a = 1; INSERT INTO t SELECT a + 1000, b FROM t WHERE a < 50;`;
const listing = 'SELECT a, b FROM t ORDER BY a';
const plain = askSqlite(makeDatabase(rows).bytes, listing).trimEnd().split('\n');
const hex = 'ab'.repeat(16) + '01'.repeat(16);

describe.skipIf(lacksSqlcipher)('a database by the sqlcipher program', () => {
  test.each([
    ['version 1', `PRAGMA key='k'; PRAGMA kdf_iter=4000; PRAGMA cipher_use_hmac=OFF;`, 'k', { pageSizeBytes: 1024, macHash: null }],
    ['version 2', `PRAGMA key='k'; PRAGMA kdf_iter=4000;`, 'k', { pageSizeBytes: 1024, macHash: 'SHA-1' }],
    ['version 3', `PRAGMA key='密 码';`, '密 码', { pageSizeBytes: 1024, macHash: 'SHA-1', reservedBytes: 48 }],
    // SQLite wants 480 bytes of a page at least, so that the smallest has no room for an HMAC.
    [
      'pages of 512 bytes',
      `PRAGMA key='k'; PRAGMA kdf_iter=4000; PRAGMA cipher_use_hmac=OFF; PRAGMA cipher_page_size=512;`,
      'k',
      { pageSizeBytes: 512 },
    ],
    ['pages of 65,536 bytes', `PRAGMA key='k'; PRAGMA cipher_page_size=65536;`, 'k', { pageSizeBytes: 65_536 }],
    ['a raw key', `PRAGMA key="x'${hex}'";`, hex, { pageSizeBytes: 1024, clearBytes: 16 }],
    ['a raw key as it is quoted', `PRAGMA key="x'${hex}'";`, `x'${hex.toUpperCase()}'`, { pageSizeBytes: 1024 }],
    ['a raw key behind 0x', `PRAGMA key="x'${hex}'";`, `0x${hex}`, { macHash: 'SHA-1' }],
    ['a raw key with its salt', `PRAGMA key="x'${hex}${'5a'.repeat(16)}'";`, `x'${hex}${'5a'.repeat(16)}'`, { clearBytes: 16 }],
  ])('with %s has the rows of the plain one', async (_, pragmas, key, layout) => {
    const opened = await openEncrypted(makeEncrypted(pragmas, rows), key);
    expect(opened.found.layout).toMatchObject(layout);
    expect(readTable(opened, 't')).toEqual({ rows: plain, faults: [] });
  });

  test.each([
    [1, 'PRAGMA kdf_iter=4000; PRAGMA cipher_use_hmac=OFF;'],
    [2, 'PRAGMA kdf_iter=4000;'],
    [3, ''],
  ])('of version %i has its write-ahead log merged', async (_, pragmas) => {
    const sql = `PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; ${rows} PRAGMA wal_checkpoint(TRUNCATE); ${later}`;
    const made = makeEncrypted(`PRAGMA key='k'; ${pragmas}`, sql);
    expect(made.log?.length).toBeGreaterThan(1000);
    const expected = askSqlite(makeDatabase(`${rows} ${later}`).bytes, listing)
      .trimEnd()
      .split('\n');
    expect(readTable(await openEncrypted(made, 'k'), 't')).toEqual({ rows: expected, faults: [] });
    expect(readTable(await openEncrypted({ ...made, log: null }, 'k'), 't').rows).toEqual(plain);
  });
});

const rawKey = { bytes: Buffer.from(hex, 'hex'), salt: Buffer.alloc(16, 0x5a) };

describe('a database encrypted by OpenSSL', () => {
  test.each([
    ['version 4', { ...version4, key: 'k' }, 'k'],
    ['version 4 and a raw key', { ...version4, key: rawKey }, hex],
    ['version 4 and a plain header', { ...version4, key: rawKey, clearBytes: 32 }, `x'${hex}${'5a'.repeat(16)}'`],
    ['SHA-512 for the key and SHA-1 for pages', { ...version4, iterations: 4000, macHash: 'sha1', reservedBytes: 48, key: 'k' }, 'k'],
    ['one iteration', { ...version4, iterations: 1, key: 'k' }, 'k'],
    ['iterations of version 3', { ...version4, iterations: 64_000, key: 'k' }, 'k'],
    ['SHA-256', { ...version4, kdfHash: 'sha256', iterations: 64_000, macHash: 'sha256', reservedBytes: 48, key: hex }, hex],
  ] as const)('with %s has the rows of the plain one', async (_, options, key) => {
    expect(readTable(await openEncrypted(encryptMade(rows, options), key), 't')).toEqual({ rows: plain, faults: [] });
  });

  test('takes iterations that its owner knows, up to a ceiling', async () => {
    const made = encryptMade(rows, { ...version4, iterations: 12_345, key: 'k' });
    await expect(openEncrypted(made, 'k')).rejects.toMatchObject({ code: 'wrong-secret' });
    const opened = await openEncrypted(made, 'k', { derivations: [{ hash: 'SHA-512', iterations: 12_345 }] });
    expect(readTable(opened, 't').rows).toEqual(plain);
    const endless = openEncrypted(made, 'k', { derivations: [{ hash: 'SHA-512', iterations: 2 ** 31 }] });
    await expect(endless).rejects.toMatchObject({ code: 'secret-costs-too-much' });
  });

  test('is opened whatever its parameters are', async () => {
    const parameters = fc.record({
      pageSizeBytes: fc.constantFrom(1024, 2048, 4096, 8192, 16_384, 32_768, 65_536),
      kdfHash: fc.constantFrom('sha1', 'sha256', 'sha512'),
      macHash: fc.constantFrom(null, 'sha1', 'sha256', 'sha512'),
      moreReserved: fc.constantFrom(0, 0, 16, 32),
      iterations: fc.integer({ min: 1, max: 2000 }),
      isRaw: fc.boolean(),
      clearBytes: fc.constantFrom(16, 16, 32, 48),
      prefix: fc.constantFrom(new Uint8Array(), qqNt.prefix),
      passphrase: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
    });
    const small = "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT); INSERT INTO t VALUES (1, 'one'), (2, '二');";
    const nameOf = { sha1: 'SHA-1', sha256: 'SHA-256', sha512: 'SHA-512' } as const;
    const least = { sha1: 48, sha256: 48, sha512: 80 };
    await fc.assert(
      fc.asyncProperty(parameters, async ({ isRaw, clearBytes, passphrase, moreReserved, ...options }) => {
        const { macHash, kdfHash, iterations } = options;
        const reservedBytes = macHash === null ? 16 : least[macHash] + moreReserved;
        // Only a key that comes with its salt leaves room for a plain header.
        const key = isRaw ? rawKey : passphrase;
        const made = encryptMade(small, { ...options, reservedBytes, key, clearBytes: isRaw ? clearBytes : 16 });
        const secret = isRaw ? `x'${hex}${'5a'.repeat(16)}'` : passphrase;
        const opened = await openEncrypted(made, secret, { derivations: [{ hash: nameOf[kdfHash], iterations }] });
        expect(opened.found.layout).toMatchObject({ pageSizeBytes: options.pageSizeBytes, reservedBytes });
        expect(readTable(opened, 't')).toEqual({ rows: ['1|one', '2|二'], faults: [] });
      }),
      { numRuns: 24 },
    );
  });

  test('may have other bytes before it', async () => {
    expect(readTable(await openEncrypted(encryptMade(rows, { ...qqNt, key: 'k' }), 'k'), 't').rows).toEqual(plain);
  });
});

describe('an encrypted database that is not as it was written', () => {
  const made = encryptMade(rows, { ...version4, key: rawKey });
  const pageCount = made.bytes.length / 4096;
  const flip = (at: number) => ({ log: null, bytes: made.bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)) });

  test.each(['k', '', hex.replace('a', 'b'), `${hex}00`, 'x'.repeat(100_000)])('is opened by no other key (%#)', async (key) => {
    await expect(openEncrypted(made, key)).rejects.toMatchObject({ code: 'wrong-secret' });
  });

  test.each([0, 16, 4015, 4016, 4032, 4095])('is not opened where byte %i of its first page differs', async (at) => {
    await expect(openEncrypted(flip(at), hex)).rejects.toMatchObject({ code: 'wrong-secret' });
  });

  test.each([0, 2000, 4015, 4016, 4031, 4032, 4095])('loses rows and nothing else where byte %i of a page differs', async (at) => {
    for (let page = 2; page < pageCount; page += 7) {
      const { rows: left, faults } = readTable(await openEncrypted(flip(page * 4096 + at), hex), 't');
      const lost = plain.filter((row) => !left.includes(row));
      expect(left.filter((row) => !plain.includes(row))).toEqual([]);
      expect(faults.length, `page ${page + 1}`).toBeGreaterThan(0);
      expect(lost.length).toBeGreaterThan(0);
      expect(lost.length).toBeLessThan(plain.length / 4);
    }
  });

  test('loses a table whose first page differs, and says so', async () => {
    const { rows: left, faults } = readTable(await openEncrypted(flip(4096), hex), 't');
    expect([left, faults]).toEqual([[], ['t: page 2, byte 4096: no page of a table']]);
  });

  test('gives the rows up to where it is cut, and says so', async () => {
    const cut = { log: null, bytes: made.bytes.subarray(0, 4096 * 20 + 100) };
    const { rows: left, faults } = readTable(await openEncrypted(cut, hex), 't');
    expect(faults[0]).toBe(`${pageCount - 20} of ${pageCount} pages are missing`);
    expect(left.filter((row) => !plain.includes(row))).toEqual([]);
    expect(left.length).toBeLessThan(plain.length);
    const stub = { log: null, bytes: made.bytes.subarray(0, 300) };
    await expect(openEncrypted(stub, hex)).rejects.toMatchObject({ code: 'damaged' });
  });
});

describe.skipIf(!hasSharedSamples)("SQLCipher's own test databases", () => {
  test.each([
    ['1.1.8', 75_709],
    ['2.0-le', 78_536],
    ['3.0', 78_536],
    ['4.0', 78_536],
  ])('of version %s has all rows of t1', async (version, count) => {
    const bytes = new Uint8Array(readFileSync(sharedSamplePath(`china/sqlcipher/sqlcipher-${version}-testkey.db`)));
    const { rows: read, faults } = readTable(await openEncrypted({ bytes, log: null }, 'testkey'), 't1');
    expect([read.length, faults]).toEqual([count, []]);
  });
});
