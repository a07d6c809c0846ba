// ZIPs that stock programs encrypted: 7z with AES of every strength and with the old cipher, and zip.

import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { openWithPassword } from '../../src/intake/locks/zip-password';

const password = 'correct horse 9';
const contents: Readonly<Record<string, Uint8Array>> = {
  'chat.txt': new TextEncoder().encode('What was said. '.repeat(100_000)),
  'noise.bin': Uint8Array.from({ length: 300_000 }, (_, at) => Math.imul(at, 2_654_435_761) >>> 24),
  'empty.txt': new Uint8Array(0),
};
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'camphor-zip-'));
  for (const [name, content] of Object.entries(contents)) await writeFile(join(folder, name), content);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a ZIP encrypted by', () => {
  test.each([
    ['7z', ['a', '-tzip', '-mem=AES256', `-p${password}`, 'aes256.zip']],
    ['7z', ['a', '-tzip', '-mem=AES192', '-mx=0', `-p${password}`, 'aes192.zip']],
    ['7z', ['a', '-tzip', '-mem=AES128', `-p${password}`, 'aes128.zip']],
    ['7z', ['a', '-tzip', '-mem=ZipCrypto', `-p${password}`, 'old.zip']],
    ['zip', ['-q', '-P', password, 'zip.zip']],
    ['zip', ['-q', '-0', '-fd', '-P', password, 'described.zip']],
  ] as const)('%s %j', async (program, options) => {
    execFileSync(program, [...options, ...Object.keys(contents)], { cwd: folder, stdio: 'ignore' });
    const bytes = await readFile(join(folder, options.at(-1)!));
    const archive = await openWithPassword(sourceOfBytes(bytes), password);
    for (const { path, open } of archive.entries) {
      const pieces: Uint8Array[] = [];
      for await (const piece of open().stream()) pieces.push(piece);
      expect(Buffer.compare(Buffer.concat(pieces), contents[path]!), path).toBe(0);
    }
    expect(archive.entries).toHaveLength(3);
    expect(archive.problems).toEqual([]);
    await expect(openWithPassword(sourceOfBytes(bytes), `${password}x`)).rejects.toMatchObject({ code: 'wrong-secret' });
  });
});
