import { expect, test } from 'vitest';
import type { SqlcipherDerivation } from '../../src/crypto/sqlcipher';
import { nameSqlcipher } from '../../src/crypto/sqlcipher-name';
import type { SqlcipherHash } from '../../src/crypto/sqlcipher-page';

const name = (pageSizeBytes: number, macHash: SqlcipherHash | null, derivation: SqlcipherDerivation | null): string =>
  nameSqlcipher({ layout: { pageSizeBytes, macHash, reservedBytes: 80, clearBytes: 16 }, derivation });

test('a version has its name where all is as it has it by itself', () => {
  expect(name(1024, null, { hash: 'SHA-1', iterations: 4000 })).toBe('SQLCipher 1');
  expect(name(1024, 'SHA-1', { hash: 'SHA-1', iterations: 4000 })).toBe('SQLCipher 2');
  expect(name(1024, 'SHA-1', { hash: 'SHA-1', iterations: 64_000 })).toBe('SQLCipher 3');
  expect(name(4096, 'SHA-512', { hash: 'SHA-512', iterations: 256_000 })).toBe('SQLCipher 4');
  expect(name(4096, 'SHA-512', null)).toBe('SQLCipher 4');
  expect(name(1024, 'SHA-1', null)).toBe('SQLCipher 2/3');
});

test('else its parameters are named', () => {
  expect(name(4096, 'SHA-1', { hash: 'SHA-512', iterations: 4000 })).toBe('SQLCipher (4096 B, HMAC SHA-1, PBKDF2 SHA-512 × 4000)');
  expect(name(8192, 'SHA-512', null)).toBe('SQLCipher (8192 B, HMAC SHA-512)');
});
