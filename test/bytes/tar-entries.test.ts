import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFileSet } from '../../src/bytes/file-set';
import { archiveLimits } from '../../src/bytes/limits';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { isTar, openTar } from '../../src/bytes/tar-entries';
import { sourceOfSegments } from '../hostile/sparse-source';
import { buildTar, tarHeader } from '../hostile/tar-builder';
import { buildZip, utf8 } from '../hostile/zip-builder';

const longName = `${'folder/'.repeat(30)}好.txt`;

async function listOf(tar: Uint8Array) {
  const { entries, problems } = await openTar(sourceOfBytes(tar));
  const contents = await Promise.all(entries.map(async (entry) => [entry.path, new TextDecoder().decode(await entry.open().read(0, 1e9))]));
  return { contents, problems: problems.map(({ code, detail }) => `${code} ${detail}`) };
}

test.each(['ustar', 'gnu', 'pax', 'v7'])('reads what the system’s tar writes as %s', async (format) => {
  const folder = await mkdtemp(join(tmpdir(), 'camphor-tar-'));
  try {
    const names =
      format === 'v7' ? ['a.txt', 'media/b.jpg'] : ['a.txt', 'media/b.jpg', format === 'ustar' ? `${'deep/'.repeat(25)}c.txt` : longName];
    for (const name of names) {
      await mkdir(join(folder, 'in', name, '..'), { recursive: true });
      await writeFile(join(folder, 'in', name), `content of ${name}`);
    }
    await promisify(execFile)('tar', [`--format=${format}`, '-cf', join(folder, 'x.tar'), '-C', join(folder, 'in'), ...names]);
    const tar = new Uint8Array(await readFile(join(folder, 'x.tar')));
    expect(isTar(tar)).toBe(true);
    const { contents, problems } = await listOf(tar);
    expect(contents).toEqual(names.map((name) => [name, `content of ${name}`]));
    expect(problems).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('entries are ranges: sizes above 8 GiB in base 256 and in pax, and only headers are read', async () => {
  const size = 9 * 2 ** 30;
  const big = tarHeader({ name: 'big', sizeBytes: size, isBase256: true });
  const pax = utf8(`20 size=${size}\n`.replace('20', String(`00 size=${size}\n`.length)));
  const tail = buildTar([
    { name: 'pax', type: 'x', content: pax },
    { name: 'wrong size', content: utf8('') },
  ]).subarray(0, 1536);
  const source = sourceOfSegments(512 + size + 1536 + size + 1024, [
    { offsetBytes: 0, bytes: big },
    { offsetBytes: 512 + size - 4, bytes: utf8('last') },
    { offsetBytes: 512 + size, bytes: tail },
  ]);
  const { entries, problems } = await openTar(source);
  expect(entries.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([['big', size], ['wrong size', size]]); // prettier-ignore
  expect(new TextDecoder().decode(await entries[0]!.open().read(size - 4, size + 100))).toBe('last');
  expect(problems).toEqual([]);
});

test('a cut or broken archive keeps what can be found, and says what is missing', async () => {
  const tar = buildTar([
    { name: 'a', content: utf8('A') },
    { name: 'b', content: utf8('B'.repeat(1000)) },
    { name: 'link', type: '2', content: utf8('') },
    { name: '../../c', content: utf8('C') },
  ]);
  expect((await listOf(tar)).problems).toEqual(['not-understood link: an item of type "2"', 'entry-unsafe c: the name was not safe']);
  const cut = await listOf(tar.subarray(0, 1024 + 512 + 100));
  expect(cut).toEqual({ contents: [['a', 'A'], ['b', 'B'.repeat(100)]], problems: ['entry-damaged b: the archive ends inside it', 'ends-early the archive has no end mark'] }); // prettier-ignore
  const broken = tar.slice();
  broken[1024]! ^= 1;
  expect(await listOf(broken)).toMatchObject({ contents: [['a', 'A'], ['c', 'C']] }); // prettier-ignore
  expect((await listOf(broken)).problems[0]).toBe('entry-damaged no header at byte 1024: 1536 bytes were passed over');
});

test('neither fails nor runs on over random and damaged bytes', async () => {
  const tar = buildTar([{ name: 'x', type: 'x', content: utf8('12 path=ab\n') }, { name: 'a', content: utf8('A') }]); // prettier-ignore
  const flips = fc.array(fc.record({ at: fc.nat(tar.length - 1), bit: fc.nat(7) }), { maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(flips, async (places) => {
      const damaged = tar.slice();
      for (const { at, bit } of places) damaged[at]! ^= 1 << bit;
      for (const entry of (await openTar(sourceOfBytes(damaged))).entries) await entry.open().read(0, 1e9);
    }),
  );
  expect(isTar(new Uint8Array(1024))).toBe(false);
});

test('a dropped TAR is a set of its own, in gzip and in a ZIP too, within limits', async () => {
  const tar = buildTar([{ name: 'messages.json', content: utf8('{}') }]);
  const gz = new Uint8Array(gzipSync(tar));
  const drop = (path: string, bytes: Uint8Array, limits = archiveLimits as typeof archiveLimits) =>
    openFileSet('drop', 'files', [{ path, source: sourceOfBytes(bytes), modifiedAtMs: null }], limits);
  for (const [path, bytes, name] of [
    ['export.dat', tar, 'export.dat'],
    ['x.tgz', gz, 'x.tgz'],
    ['x.zip', buildZip([{ name: 'in.tar', content: tar }]), 'in.tar'],
  ] as const) {
    const { sets } = await drop(path, bytes);
    expect(sets.map((set) => [set.name, ...set.entries.map((entry) => entry.path)])).toEqual([[name, 'messages.json']]);
  }
  const tight = await drop('x.tgz', gz, { ...archiveLimits, nestedInMemoryBytes: 1000 } as unknown as typeof archiveLimits);
  expect(tight.refused.map(({ error }) => error.code)).toEqual(['archive-limit']);
  expect((await drop('x.gz', new Uint8Array(gzipSync(utf8('no tar'))))).sets.map(({ container }) => container)).toEqual(['files']);
});
