// The archive as one file: written by the built app, opened by Debian's age, and taken in by an empty profile. Through the
// origin-private file system where the browser has no dialog for saving (C9), and into a file that the owner chose.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { generateAgeIdentity } from '../../src/crypto/age';
import type { ExportLock, ExportResult } from '../../src/model/export';
import { runProgram, typePassphrase } from '../interop/age';
import { launchChromium, watch, type Watched } from './browser';
import { dumpVault } from './dump';
import { serveSite, type Site } from './serve';
import { countMessages, importDemo } from './steps';

const passphrase = '樟木箱 nine slow ferries';
let folder: string;
let browser: Browser;
let site: Site;
let context: BrowserContext;
let page: Page;
let watched: Watched;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camphor-export-'));
  browser = await launchChromium();
  site = await serveSite(inject('harnessFolder'));
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  context = await browser.newContext();
  watched = await watch(context);
  page = await context.newPage();
  await page.goto(site.url);
});
afterEach(async () => {
  expect(watched.violations).toEqual([]);
  expect(watched.errors).toEqual([]);
  await context.close();
});

/** Exports inside of the browser and saves what it offers. */
async function exportTo(path: string, lock: ExportLock): Promise<ExportResult & { readonly stages: readonly string[] }> {
  const download = page.waitForEvent('download');
  const result = await page.evaluate(async (how) => {
    const stages = new Set<string>();
    const { file, ...rest } = await window.session.exports.run(how, null, ({ stage }) => stages.add(stage));
    if (file === null) throw new Error('no file');
    const anchor = document.createElement('a');
    anchor.href = URL.createObjectURL(file);
    anchor.download = 'camphor.age';
    anchor.click();
    return { ...rest, stages: [...stages] };
  }, lock);
  await (await download).saveAs(path);
  return result;
}

/** Files inside of the browser, the vault's own mark and media apart. */
function listPrivateFiles(): Promise<string[]> {
  return page.evaluate(async () => {
    const names: string[] = [];
    const root = (await navigator.storage.getDirectory()) as unknown as { keys(): AsyncIterable<string> };
    for await (const name of root.keys()) if (!['camphor-vault-was-here', 'camphor-media'].includes(name)) names.push(name);
    return names;
  });
}

/** Code of what an export fails with. */
function failureOf(lock: ExportLock): Promise<string> {
  return page.evaluate(async (how) => {
    const error: unknown = await window.session.exports
      .run(how, null, () => {})
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    return (error as { code: string } | null)?.code ?? 'nothing was thrown';
  }, lock);
}

/** Drops a file on the page: which of its files are locked, and how opening the first ends with each secret, until it opens. */
async function restoreFrom(target: Page, path: string, secrets: readonly string[]): Promise<readonly string[]> {
  await target.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    document.body.append(input);
  });
  await target.setInputFiles('input', path);
  return target.evaluate(async (tried) => {
    const { session } = window;
    await session.vault.open();
    const [file] = document.querySelector('input')?.files ?? [];
    if (file === undefined) throw new Error('no file');
    const job = session.startImport();
    const steps: string[] = [];
    let plan = await job.plan([{ path: file.name, file }], 'Europe/Berlin', () => {});
    for (const secret of tried) {
      const [locked] = plan.locked;
      if (locked === undefined) throw new Error('nothing is locked');
      try {
        plan = await job.unlock(locked.fileId, secret, () => {});
        steps.push('open');
      } catch (error) {
        steps.push((error as { code: string }).code);
      }
    }
    const choices = plan.archives.map(({ archiveId }) => {
      return { archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' } as const;
    });
    await job.run(choices, () => {});
    return [...steps, ...plan.archives.map(({ format }) => format)];
  }, secrets);
}

describe('the archive as one file', () => {
  it('opens with age, holds the documented tree, and brings everything to an empty profile', async () => {
    const messages = await importDemo(page);
    const result = await exportTo(at('camphor.age'), { kind: 'passphrase', text: passphrase });
    expect(result).toMatchObject({ messages, leftOutMedia: 0, stages: ['scanning', 'sealing', 'verifying'] });
    expect(readFileSync(at('camphor.age'))).toHaveLength(result.fileBytes);

    await typePassphrase(passphrase, '-d', '-o', at('camphor.zip'), at('camphor.age'));
    expect(await runProgram('unzip', '-t', at('camphor.zip'))).toContain('No errors detected');
    await runProgram('unzip', '-q', at('camphor.zip'), '-d', at('out'));
    const manifest = JSON.parse(readFileSync(at('out/archive/manifest.json'), 'utf8')) as ExportResult;
    const { conversations, media } = result;
    expect(manifest).toMatchObject({ format: 'camphor', conversations, messages, media });
    const listing = await runProgram('unzip', '-l', at('camphor.zip'));
    expect(listing).toMatch(new RegExp(`\\b${result.files} files`));
    for (const part of ['README.txt', 'people.jsonl', 'conversations/', 'media/', 'receipts/'])
      expect(listing).toContain(`archive/${part}`);

    const before = await dumpVault(page);
    const other = await browser.newContext();
    try {
      const fresh = await other.newPage();
      await fresh.goto(site.url);
      const steps = await restoreFrom(fresh, at('camphor.age'), ['not the passphrase', passphrase]);
      expect(steps).toEqual(['wrong-secret', 'open', 'camphor-snapshot']);
      expect(await countMessages(fresh)).toBe(messages);
      expect(await dumpVault(fresh)).toBe(before);
    } finally {
      await other.close();
    }
  });

  it('for a recipient opens with the identity alone; what lay in the browser goes when it is asked to', async () => {
    await importDemo(page);
    const { identity, recipient } = await generateAgeIdentity();
    await exportTo(at('for-key.age'), { kind: 'recipient', text: recipient });
    writeFileSync(at('key.txt'), `${identity}\n`);
    await runProgram('age', '-d', '-i', at('key.txt'), '-o', at('for-key.zip'), at('for-key.age'));
    expect(await runProgram('unzip', '-t', at('for-key.zip'))).toContain('No errors detected');
    expect(await listPrivateFiles()).toEqual(['camphor-export.age']);
    await page.evaluate(() => window.session.exports.discard('archive'));
    expect(await listPrivateFiles()).toEqual([]);
  });

  it('is refused before anything is written where the secret is none', async () => {
    await importDemo(page);
    expect(await failureOf({ kind: 'passphrase', text: 'short' })).toBe('secret-too-weak');
    expect(await failureOf({ kind: 'recipient', text: 'age1nobody' })).toBe('recipient-invalid');
    expect(await listPrivateFiles()).toEqual([]);
  });

  it('goes into the file that was chosen; cancelled, it leaves there what was there', async () => {
    const messages = await importDemo(page);
    const found = await page.evaluate(async (text) => {
      const root = await navigator.storage.getDirectory();
      const chosen = await root.getFileHandle('chosen.age', { create: true });
      // A dialog cannot be driven; what it gives can be given.
      Object.assign(window, { showSaveFilePicker: async () => chosen });
      const { exports } = window.session;
      const handle = await exports.chooseFile('camphor.age');
      const lock = { kind: 'passphrase', text } as const;
      const result = await exports.run(lock, handle, () => {});
      const whole = await (await chosen.getFile()).arrayBuffer();
      const codeOf = (error: { code: string }): string => error.code;
      const starting = exports.run(lock, handle, () => {}).catch(codeOf);
      exports.cancel();
      const early = await starting;
      const second = exports.run(lock, handle, ({ stage }) => stage === 'scanning' && exports.cancel()).catch(codeOf);
      const busy = await exports.run(lock, handle, () => {}).catch(codeOf);
      const cancelled = [early, await second];
      const after = new Uint8Array(await (await chosen.getFile()).arrayBuffer());
      const isSame = after.length === whole.byteLength && new Uint8Array(whole).every((byte, index) => after[index] === byte);
      return { result, sizeBytes: whole.byteLength, busy, cancelled, isSame };
    }, passphrase);
    expect(found.result).toMatchObject({ messages, file: null, fileBytes: found.sizeBytes });
    expect(found).toMatchObject({ busy: 'busy', cancelled: ['cancelled', 'cancelled'], isSame: true });
    expect(await page.evaluate(() => window.session.importing)).toBe(false);
  });
});
