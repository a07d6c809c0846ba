// Checks A5, A6, A8 and A9 for everything that any importer claims: each of our samples and each shared one is cut, damaged,
// nested, swollen and overwritten, page by page where it is a database. Nothing may crash, hang or be silently shorter.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { FileSet } from '../../src/bytes/source';
import type { Answers } from '../../src/importers/importer';
import { messagesOf as messagesIn, guessAnswers, isDatabase, readAll } from './read-records';
import { detectAll, type FoundArchive } from '../tools/detect-all';
import { fileSetsOfPath } from '../tools/node-files';
import { bytesOf, insertBytes, withBytes } from './altered-files';
import { readDamaged } from './damaged-reading';
import { hasSharedSamples, ownSamplePath, sharedSamplePath } from './samples';

/** Larger archives are in the tests of their importers; here each is read some forty times over. */
const sampleLimitBytes = 100_000;
const databaseLimitBytes = 1_000_000;
const entriesOfArchive = 2;
const cuts = 8;
const flips = 8;
const pages = 12;
const swollenBytes = 300_000;
const nested = 20_000;

interface Archive extends FoundArchive {
  readonly files: FileSet;
  readonly answers: Answers;
}

/** Drops: each file, then each folder that holds files. */
function* dropsIn(folder: string): Generator<string> {
  const found = readdirSync(folder, { withFileTypes: true });
  for (const entry of found) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* dropsIn(path);
    else if (entry.isFile()) yield path;
  }
  if (found.some((entry) => entry.isFile())) yield folder;
}

const roots = [ownSamplePath(''), ...(hasSharedSamples ? [sharedSamplePath('china'), sharedSamplePath('international')] : [])];
const drops = roots.filter((path) => existsSync(path)).flatMap((root) => [...dropsIn(root.replace(/\/$/, ''))]);

async function archivesOf(path: string): Promise<readonly Archive[]> {
  const { sets } = await fileSetsOfPath(path);
  const found: Archive[] = [];
  for (const files of sets)
    for (const { importer, detection } of await detectAll(files)) {
      const sizeBytes = detection.entries.reduce((sum, entry) => sum + files.entries[entry]!.open().sizeBytes, 0);
      if (sizeBytes > (files.entries[detection.entries[0]!]!.path.endsWith('.db') ? databaseLimitBytes : sampleLimitBytes)) continue;
      found.push({ importer, detection, files, answers: await guessAnswers(importer, files, detection) });
    }
  return found;
}

/** Numbers that look random and are the same each time. */
function* places(seed: number, below: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield Math.floor((state / 2 ** 32) * below);
  }
}

function* cutCopies(bytes: Uint8Array): Generator<Uint8Array> {
  for (let cut = 0; cut < cuts; cut += 1) yield bytes.slice(0, Math.floor((bytes.length * cut) / cuts));
  yield bytes.slice(0, -1);
}

function* flippedCopies(bytes: Uint8Array): Generator<Uint8Array> {
  const at = places(bytes.length, bytes.length * 8);
  for (let flip = 0; flip < flips; flip += 1) {
    const copy = bytes.slice();
    for (let count = 0; count <= flip; count += 1) {
      const bit = at.next().value!;
      copy[bit >> 3]! ^= 1 << (bit & 7);
    }
    yield copy;
  }
}

const repeated = (text: string): Uint8Array => new TextEncoder().encode(text.repeat(Math.ceil(swollenBytes / text.length)));
const nestings = ['[', '{"a":', '<div>', '<a>', '(', '\\', '\n> '].map((text) => new TextEncoder().encode(text.repeat(nested)));

/** Deep where the format nests, and long where it has lines, numbers, names and pieces. */
function* swollenCopies(bytes: Uint8Array): Generator<Uint8Array> {
  const middle = bytes.slice(0, bytes.length >> 1);
  for (const deep of nestings) yield insertBytes(bytes, middle, deep);
  for (const text of ['9', 'a', ' ', '\0', ',', '"']) yield insertBytes(bytes, middle, repeated(text));
}

/** A database with one page overwritten: with nothing, with its own number as every child, or with the page that follows. */
function* brokenPages(bytes: Uint8Array, what: 'unreadable' | 'misplaced'): Generator<Uint8Array> {
  const pageBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint16(16) || 4096;
  const count = Math.max(1, Math.floor(bytes.length / pageBytes));
  const step = Math.max(1, Math.floor(count / pages));
  for (let page = 0; page < count; page += step) {
    const from = page * pageBytes;
    const other = ((page + 1) % count) * pageBytes;
    if (what === 'misplaced') yield withPage(bytes, from, bytes.slice(other, other + pageBytes));
    else {
      yield withPage(bytes, from, new Uint8Array(pageBytes));
      yield withPage(
        bytes,
        from,
        new Uint8Array(pageBytes).map((_, at) => (at % 4 === 3 ? page + 1 : 0)),
      );
    }
  }
}

function withPage(bytes: Uint8Array, from: number, page: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(page.subarray(0, Math.max(0, copy.length - from)), from);
  return copy;
}

/** Each copy is read; fewer messages than the whole has need a problem, an error of ours, or an end that lies in the open. */
async function expectHonest(archive: Archive, entry: number, copies: Iterable<Uint8Array>, what: string): Promise<void> {
  const { importer, detection, files, answers } = archive;
  let number = 0;
  for (const copy of copies) {
    const changed = withBytes(files, entry, copy);
    if (number === 1) await detectAll(changed);
    await readDamaged(importer, changed, detection, answers).catch((error: unknown) => {
      throw new Error(`${what} ${number} of ${files.entries[entry]!.path} by ${importer.format}`, { cause: error });
    });
    number += 1;
  }
}

/** What a database still gives, and that it says so where that is less. */
async function expectCounted(archive: Archive, entry: number, copies: Iterable<Uint8Array>): Promise<void> {
  const { importer, detection, files, answers } = archive;
  const whole = messagesIn(await readAll(importer, files, detection, answers)).length;
  for (const copy of copies) {
    const records = await readDamaged(importer, withBytes(files, entry, copy), detection, answers);
    if (records === null || messagesIn(records).length >= whole) continue;
    const unread = records.some(({ type }) => type === 'problem');
    if (!unread) expect.fail(`${messagesIn(records).length} of ${whole} messages, and no problem`);
  }
}

describe('damaged copies of every sample', () => {
  const table: { archive: string; format: string }[] = [];
  /** What was read as a file is not read again as one of a folder. */
  const seen = new Set<string>();

  test.each(drops)('%s', { timeout: 300_000 }, async (path) => {
    for (const archive of await archivesOf(path)) {
      const { importer, detection, files, answers } = archive;
      const records = await readAll(importer, files, detection, answers);
      for (const entry of detection.entries.slice(0, entriesOfArchive)) {
        const bytes = await bytesOf(files, entry);
        const key = `${importer.format} ${createHash('sha256').update(bytes).digest('hex')}`;
        if (bytes.length === 0 || seen.has(key)) continue;
        seen.add(key);
        await expectHonest(archive, entry, cutCopies(bytes), 'cut');
        await expectHonest(archive, entry, flippedCopies(bytes), 'flip');
        if (isDatabase(entry, records)) {
          await expectCounted(archive, entry, brokenPages(bytes, 'unreadable'));
          // A whole page of the same file in the wrong place is no damage that SQLite itself could see: it has no checksums.
          await expectHonest(archive, entry, brokenPages(bytes, 'misplaced'), 'misplaced page');
        } else await expectHonest(archive, entry, swollenCopies(bytes), 'swollen');
        table.push({ archive: `${path} ${files.entries[entry]!.path}`, format: importer.format });
      }
    }
  });

  test('were read for every format that a sample claims', () => {
    const formats = [...new Set(table.map(({ format }) => format))].sort();
    console.log(`${table.length} files of ${formats.length} formats: ${formats.join(', ')}`);
    expect(formats.length).toBeGreaterThan(20);
  });
});
