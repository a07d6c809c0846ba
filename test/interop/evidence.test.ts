// An evidence pack in the hands of others: unzipped and checked by Debian's tools, and by its own page, opened from the disk, in every
// engine: as it was made, with a byte turned, a file less, a file more, another manifest.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { downloadZip } from 'client-zip';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashOf, type Pack, pictureHash, writePack } from '../export/invented-evidence';
import { launchChromium, watch, type Watched } from '../journeys/browser';
import { engines } from '../journeys/engines';

type Files = Map<string, Uint8Array>;

let folder: string;
let pack: Pack;
const medium = `media/${pictureHash}.png`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camphor-evidence-'));
  pack = await writePack();
  writeFileSync(join(folder, 'verify.html'), pack.files.get('verify.html') ?? '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const other = Uint8Array.from(bytes);
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
}

async function zipOf(files: Files): Promise<Uint8Array> {
  const inputs = [...files].map(([name, input]) => ({ name, input, lastModified: new Date(0) }));
  return new Uint8Array(await downloadZip(inputs).arrayBuffer());
}

/** What somebody made of a pack, and what is then said of it. */
const cases: readonly {
  readonly name: string;
  change(files: Files): void;
  readonly said: RegExp;
  readonly listed: Record<string, string[]>;
}[] = [
  { name: 'as it was made', change: () => undefined, said: /^All 9 files are as manifest\.json says\./, listed: {} },
  {
    name: 'with one byte of a medium turned',
    change: (files) => void files.set(medium, flipped(files.get(medium) ?? new Uint8Array(), 20)),
    said: /1 changed, 0 missing/,
    listed: { changed: [medium] },
  },
  {
    name: 'with a file less',
    change: (files) => void files.delete('messages.jsonl'),
    said: /0 changed, 1 missing/,
    listed: { missing: ['messages.jsonl'] },
  },
  {
    name: 'with a file more',
    change: (files) => void files.set('<img src=x onerror=alert(1)>\u202egnp', new Uint8Array(3)),
    said: /^All 9 files .*1 files are not of the pack/,
    listed: { extra: ['<img src=x onerror=alert(1)>\ufffdgnp'] },
  },
  {
    name: 'with another manifest',
    change: (files) =>
      void files.set(
        'manifest.json',
        new TextEncoder().encode(pack.text('manifest.json').replace('"chosenMessages":1', '"chosenMessages":2')),
      ),
    said: /1 changed, 0 missing.*is not the one that was noted/,
    listed: { changed: ['SHA256SUMS'] },
  },
];

function changedFiles(change: (files: Files) => void): Files {
  const files: Files = new Map(pack.files);
  change(files);
  return files;
}

interface Said {
  readonly text: string;
  readonly listed: Record<string, string[]>;
  readonly hash: string;
}

/** In the page: what it says once it is done. */
const readOut = `
  for (let turn = 0; turn < 400 && document.body.dataset.state !== 'done'; turn++) await new Promise((resolve) => setTimeout(resolve, 25));
  const listed = {};
  for (const id of ['changed', 'missing', 'extra'])
    if (document.querySelector('#' + id + ' li')) listed[id] = [...document.querySelectorAll('#' + id + ' li')].map((item) => item.textContent);
  const text = [...document.querySelectorAll('#result p[lang=en]')].map((each) => each.textContent).join(' ');
  return { text, listed, hash: document.getElementById('hash')?.textContent ?? '' };`;

function expectSaid(said: Said, one: (typeof cases)[number], files: Files): void {
  expect(said.text).toMatch(one.said);
  expect(said.listed).toEqual(one.listed);
  expect(said.hash.replaceAll(' ', '')).toBe(hashOf(files.get('manifest.json') ?? ''));
}

const bytesIn = (bytes: Uint8Array): string =>
  `Uint8Array.from(atob('${Buffer.from(bytes).toString('base64')}'), (letter) => letter.charCodeAt(0))`;

describe.each(engines.filter(({ missing }) => missing() === null))('the verifier in $name', ({ launch }) => {
  it('tells a pack as it was made from one that was changed, as ZIP and as folder', async () => {
    const driven = await launch();
    try {
      for (const one of cases) {
        const files = changedFiles(one.change);
        await driven.goto(pathToFileURL(join(folder, 'verify.html')).href);
        const zip = await zipOf(files);
        const noted = `document.getElementById('noted').value = '${pack.result.evidence?.manifestSha256}';`;
        const asZip = await driven.run<Said>(`${noted}
          const input = document.getElementById('zip');
          const given = new DataTransfer();
          given.items.add(new File([${bytesIn(zip)}], 'pack.zip'));
          input.files = given.files;
          input.dispatchEvent(new Event('change'));${readOut}`);
        expectSaid(asZip, one, files);
        await driven.goto(`${pathToFileURL(join(folder, 'verify.html')).href}?folder`);
        const list = [...files].map(([path, bytes]) => `[${JSON.stringify(`pack/${path}`)}, ${bytesIn(bytes)}]`);
        const asFolder = await driven.run<Said>(`${noted}
          const input = document.getElementById('folder');
          const files = [${list.join(',')}].map(([path, bytes]) => Object.defineProperty(new File([bytes], 'x'), 'webkitRelativePath', { value: path }));
          Object.defineProperty(input, 'files', { value: files });
          input.dispatchEvent(new Event('change'));${readOut}`);
        expectSaid(asFolder, one, files);
      }
    } finally {
      await driven.close();
    }
  });
});

describe('the verifier', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let watched: Watched;
  beforeAll(async () => void (browser = await launchChromium()));
  afterAll(() => browser?.close());
  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en-GB' });
    watched = await watch(context);
    page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, 'verify.html')).href);
  });
  afterEach(async () => {
    expect(watched.violations).toEqual([]);
    expect(watched.errors).toEqual([]);
    expect(watched.requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
    await context.close();
  });
  const said = async (): Promise<string> => {
    await expect.poll(() => page.getAttribute('body', 'data-state')).toBe('done');
    return (await page.textContent('#result')) ?? '';
  };
  const give = (zip: Uint8Array): Promise<void> =>
    page.setInputFiles('#zip', { name: 'pack.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) });

  it('takes a folder from the disk, and what others packed anew it wants unzipped', async () => {
    const unzipped = join(folder, 'unzipped');
    for (const [path, bytes] of pack.files) {
      mkdirSync(dirname(join(unzipped, path)), { recursive: true });
      writeFileSync(join(unzipped, path), bytes);
    }
    await page.setInputFiles('#folder', unzipped);
    expect(await said()).toContain('All 9 files are as manifest.json says.');
    execFileSync('7z', ['a', '-bso0', '-tzip', join(folder, 'again.zip'), '.'], { cwd: unzipped });
    await page.reload();
    await page.setInputFiles('#zip', join(folder, 'again.zip'));
    expect(await said()).toMatch(/Unzip it first, and choose the folder\..*请先解压/);
    await page.reload();
    await give(pack.zip.subarray(0, -30));
    expect(await said()).toContain('Unzip it first');
  });

  it.each([
    ['paths that lead out', [{ path: '../x', sizeBytes: 1, sha256: '0'.repeat(64) }]],
    ['a file twice', [1, 2].map(() => ({ path: 'a', sizeBytes: 1, sha256: '0'.repeat(64) }))],
    ['sizes that are none', [{ path: 'a', sizeBytes: -1, sha256: '0'.repeat(64) }]],
    ['the names of its own', [{ path: 'manifest.json', sizeBytes: 1, sha256: '0'.repeat(64) }]],
    ['what is no list', '__proto__'],
  ])('refuses a manifest with %s', async (_, files) => {
    const manifest = JSON.stringify({ format: 'camphor-evidence', version: 1, files });
    await give(await zipOf(new Map([['manifest.json', new TextEncoder().encode(manifest)]])));
    expect(await said()).toContain('manifest.json cannot be understood.');
  });

  it('refuses a ZIP that says other things in two places', async () => {
    const at = Buffer.from(pack.zip).indexOf('messages.jsonl');
    await give(flipped(pack.zip, at));
    expect(await said()).toContain('Unzip it first');
    await page.reload();
    await give(new Uint8Array(100_000));
    expect(await said()).toContain('Unzip it first');
    await page.reload();
    await give(await zipOf(new Map([['hello.txt', new Uint8Array(3)]])));
    expect(await said()).toContain('There is no manifest.json');
  });

  it.each(['light', 'dark'] as const)('passes axe in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await give(pack.zip);
    await said();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
});

describe('stock tools', () => {
  it('unzip it, and sha256sum agrees until a byte is turned', () => {
    writeFileSync(join(folder, 'pack.zip'), pack.zip);
    execFileSync('unzip', ['-q', '-d', join(folder, 'stock'), join(folder, 'pack.zip')]);
    const check = (): string => execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: join(folder, 'stock'), encoding: 'utf8' });
    expect(check().trim().split('\n')).toHaveLength(pack.files.size - 1);
    writeFileSync(join(folder, 'stock', medium), flipped(pack.files.get(medium) ?? new Uint8Array(), 20));
    expect(check).toThrow();
  });
});
