// Files of ours opened by Debian's age and its files by us: passphrases, recipients, armor, every size around a piece.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { type AgeLock, type AgeKey, generateAgeIdentity, openAge, readAgeKey, sealAge, whatOpensAge } from '../../src/crypto/age';
import { writeArchive } from '../../src/export/write-archive';
import { runProgram, typePassphrase } from './age';

const passphrase = '樟木箱 correct horse';
const sizes = [0, 1, 65_536, 65_537, 3_000_000];
let folder = '';
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'camphor-age-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const bytesOf = (sizeBytes: number): Uint8Array => Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 31) & 0xff);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function sealTo(path: string, plain: Uint8Array, lock: AgeLock): Promise<void> {
  const { stream } = await sealAge(new Blob([plain as Uint8Array<ArrayBuffer>]).stream(), lock);
  await writeFile(path, new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()));
}

async function openFrom(path: string, key: AgeKey): Promise<string> {
  const content = await openAge(sourceOfBytes(await readFile(path)), key);
  return sha256(await content.read(0, content.sizeBytes));
}

/** age makes no file of nothing. */
async function readOutput(path: string, sizeBytes: number): Promise<string> {
  return sha256(sizeBytes === 0 && !existsSync(path) ? new Uint8Array() : await readFile(path));
}

describe('ours, opened by age', () => {
  test.each(sizes)('%i bytes for a passphrase', async (sizeBytes) => {
    const plain = bytesOf(sizeBytes);
    await sealTo(at('ours.age'), plain, { kind: 'passphrase', text: passphrase, logN: sizeBytes === 1 ? 18 : 10 });
    await typePassphrase(passphrase, '-d', '-o', at(`ours-${sizeBytes}.txt`), at('ours.age'));
    expect(await readOutput(at(`ours-${sizeBytes}.txt`), sizeBytes)).toBe(sha256(plain));
  });

  test.each(sizes)('%i bytes for its own recipient, and for one of ours', async (sizeBytes) => {
    const plain = bytesOf(sizeBytes);
    await runProgram('age-keygen', '-o', at(`key-${sizeBytes}.txt`));
    const recipient = (await runProgram('age-keygen', '-y', at(`key-${sizeBytes}.txt`))).trim();
    const own = await generateAgeIdentity();
    await writeFile(at('own.txt'), `${own.identity}\n`);
    await sealTo(at('both.age'), plain, { kind: 'recipients', recipients: [recipient, own.recipient] });
    for (const key of [at(`key-${sizeBytes}.txt`), at('own.txt')]) {
      await runProgram('age', '-d', '-i', key, '-o', at(`both-${sizeBytes}.txt`), at('both.age'));
      expect(await readOutput(at(`both-${sizeBytes}.txt`), sizeBytes)).toBe(sha256(plain));
    }
  });

  test('an export: its ZIP by unzip, with every file', async () => {
    const names = ['archive/README.txt', 'archive/media/2024/03/14/a.bin', 'archive/people.jsonl'];
    const files = names.map((path, index) => ({
      path,
      sizeBytes: index * 700_000,
      modifiedAtMs: Date.UTC(2024, 2, 14),
      bytes: bytesOf(index * 700_000),
    }));
    const file = await open(at('export.age'), 'w');
    const content = {
      laidOut: files,
      async *files() {
        for (const each of files) yield { ...each, open: () => sourceOfBytes(each.bytes).stream() };
      },
    };
    await writeArchive(
      content,
      { kind: 'passphrase', text: passphrase, logN: 10 },
      {
        reserve: async () => {},
        write: async (bytes) => void (await file.writeFile(bytes)),
        close: async () => {
          await file.close();
          return sourceOfBytes(await readFile(at('export.age')));
        },
      },
      () => {},
    );
    await typePassphrase(passphrase, '-d', '-o', at('export.zip'), at('export.age'));
    expect(await runProgram('unzip', '-t', at('export.zip'))).toContain('No errors detected');
    await runProgram('unzip', '-q', at('export.zip'), '-d', at('out'));
    for (const { path, bytes } of files) expect(sha256(await readFile(at(`out/${path}`)))).toBe(sha256(bytes));
  });
});

describe('age’s, opened by us', () => {
  test.each([0, 65_536, 3_000_000])('%i bytes for a passphrase', async (sizeBytes) => {
    const plain = bytesOf(sizeBytes);
    await writeFile(at('theirs.txt'), plain);
    await typePassphrase(passphrase, '-p', '-o', at('theirs.age'), at('theirs.txt'));
    expect(await whatOpensAge(sourceOfBytes(await readFile(at('theirs.age'))))).toBe('passphrase');
    expect(await openFrom(at('theirs.age'), readAgeKey(passphrase))).toBe(sha256(plain));
  });

  test.each(['binary', 'armored'])('%s, for a recipient: by the file that age-keygen wrote', async (form) => {
    const plain = bytesOf(200_000);
    await writeFile(at('plain.txt'), plain);
    await runProgram('age-keygen', '-o', at(`${form}.key`));
    const recipient = (await runProgram('age-keygen', '-y', at(`${form}.key`))).trim();
    await runProgram('age', ...(form === 'armored' ? ['-a'] : []), '-r', recipient, '-o', at(`${form}.age`), at('plain.txt'));
    expect(await openFrom(at(`${form}.age`), readAgeKey(await readFile(at(`${form}.key`), 'utf8')))).toBe(sha256(plain));
  });
});
