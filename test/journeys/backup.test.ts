// Backups of the built app to real servers, opened by stock restic; and the way back on an empty device.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RepositorySecret } from '../../src/model/backup-view';
import type { S3Config, WebdavConfig } from '../../src/model/drive';
import { makeRestic, type Restic } from '../interop/restic';
import { startApache } from '../interop/servers/apache';
import { startNginx } from '../interop/servers/nginx';
import { startS3rver } from '../interop/servers/s3rver';
import { addDrive, backUp, importText, listSnapshots, packFiles, restore } from './backup-steps';
import { launchChromium } from './browser';
import { dumpVault } from './dump';
import { startRecordingProxy } from './recording-proxy';
import { serveSite, type Site } from './serve';
import { importDemo } from './steps';

const account = { username: 'ann', password: 'drive-canary-7Qx' };
const passphrase: RepositorySecret = { kind: 'passphrase', text: 'seven quiet moths over snow' };

let site: Site;
let browser: Browser;
const cleanups: (() => Promise<unknown>)[] = [];
const later = <Thing extends { stop(): Promise<unknown> }>(thing: Thing): Thing => {
  cleanups.push(() => thing.stop());
  return thing;
};

beforeAll(async () => {
  site = await serveSite(inject('harnessFolder'), { headers: true });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const origin = (): string => new URL(site.url).origin;

/** A device: a browser profile that knows nothing, with the app open. */
async function newDevice(): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
  const context = await browser.newContext();
  cleanups.push(() => context.close());
  const page = await context.newPage();
  await page.goto(site.url);
  await page.waitForFunction(() => 'session' in window);
  return { page, context };
}

const webdav = (url: string): WebdavConfig => ({ kind: 'webdav', url: `${url}chest/`, ...account });

async function resticOn(repository: string, env: Readonly<Record<string, string>>): Promise<Restic> {
  const restic = await makeRestic({ repository, password: passphrase.text, env });
  cleanups.push(() => restic.remove());
  return restic;
}

/** Through rclone to the same server, as an owner without the app would. */
function resticBy(url: string): Promise<Restic> {
  const obscured = execFileSync('rclone', ['obscure', account.password], { encoding: 'utf8' }).trim();
  const remote = { TYPE: 'webdav', URL: url, VENDOR: 'other', USER: account.username, PASS: obscured };
  return resticOn(
    'rclone:attic:chest',
    Object.fromEntries(Object.entries(remote).map(([key, value]) => [`RCLONE_CONFIG_ATTIC_${key}`, value])),
  );
}

/** Files below a folder, by their paths. */
function readFolder(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names.map((entry) => [join(entry.parentPath, entry.name).slice(folder.length), readFileSync(join(entry.parentPath, entry.name))]),
  );
}

async function isSha256(name: string, bytes: Buffer): Promise<boolean> {
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return name.startsWith(digest.toString('hex'));
}

/** The demo in a vault of its own, backed up. */
async function backUpDemo(
  config: WebdavConfig | S3Config,
): Promise<{ readonly page: Page; readonly drive: string; close(): Promise<void> }> {
  const { page, context } = await newDevice();
  expect(await importDemo(page)).toBe(101);
  const { id } = await addDrive(page, config, 'create', passphrase);
  const result = await backUp(page, id);
  expect(result.snapshot?.messages).toBe(101);
  return { page, drive: id, close: () => context.close() };
}

/** Everything that stock restic is asked of a repository with one snapshot of the demo. */
async function checkByRestic(restic: Restic): Promise<void> {
  expect(await restic.run('check', '--read-data')).toContain('no errors were found');
  const out = join(restic.folder, 'out');
  await restic.run('restore', 'latest', '--target', out);
  const files = readFolder(join(out, 'archive'));
  const months = [...files].filter(([path]) => path.startsWith('/conversations/') && path.endsWith('.jsonl'));
  const lines = months.flatMap(([, bytes]) => bytes.toString('utf8').trimEnd().split('\n'));
  expect(lines.length).toBe(101);
  const media = [...files].filter(([path]) => path.startsWith('/media/'));
  expect(media.length).toBe(7);
  for (const [path, bytes] of media) expect(await isSha256(path.slice(path.lastIndexOf('/') + 1), bytes)).toBe(true);
  expect(await restic.run('ls', 'latest')).toContain('/archive/README.txt');
}

describe('a backup is a restic repository', () => {
  const servers = [
    ['Apache', startApache],
    ['nginx', startNginx],
  ] as const;
  it.each(servers)('on %s by WebDAV', async (_, start) => {
    const server = later(await start({ origin: origin(), ...account }));
    const { page, drive } = await backUpDemo(webdav(server.url));
    await expect.poll(() => packFiles(page)).toEqual([]);
    const restic = await resticBy(server.url);
    await checkByRestic(restic);
    await importText(page, 'WhatsApp Chat with Nils.txt', '01/06/2025, 10:00 - Nils: the kettle sings\n');
    expect((await backUp(page, drive)).snapshot?.messages).toBe(102);
    await restic.run('forget', '--keep-last', '1', '--prune', '--group-by', '');
    expect(await restic.run('check', '--read-data')).toContain('no errors were found');
    await page.reload();
    expect((await listSnapshots(page, drive)).map(({ messages }) => messages)).toEqual([102]);
    const other = await newDevice();
    const { id } = await addDrive(other.page, webdav(server.url), 'open', passphrase);
    const [left] = await listSnapshots(other.page, id);
    expect(await restore(other.page, id, left?.id ?? '')).toBe(102);
    expect(await dumpVault(other.page)).toBe(await dumpVault(page));
  });

  it('in a bucket by S3', async () => {
    const { config } = later(await startS3rver({ origin: origin(), prefix: 'chest/' }));
    await backUpDemo(config);
    const keys = { AWS_ACCESS_KEY_ID: config.accessKeyId, AWS_SECRET_ACCESS_KEY: config.secretAccessKey };
    await checkByRestic(await resticOn(`s3:${config.endpoint}/${config.bucket}/chest`, keys));
  });
});

describe('a repository that stock restic made', () => {
  it.each(['1', '2'])('of version %s is opened and looked into', async (version) => {
    const server = later(await startApache({ origin: origin(), ...account }));
    const restic = await resticBy(server.url);
    const papers = join(restic.folder, 'papers');
    mkdirSync(join(papers, '信'), { recursive: true });
    const letter = `Dear Ann,\n${'the moths are quiet. '.repeat(4000)}\n`;
    writeFileSync(join(papers, '信', 'letter & <1>.txt'), letter);
    await restic.run('init', '--repository-version', version);
    await restic.run('backup', '--host', 'attic', papers);
    const { page } = await newDevice();
    const { id } = await addDrive(page, webdav(server.url), 'open', passphrase);
    const [snapshot] = await listSnapshots(page, id);
    expect(snapshot).toMatchObject({ hostname: 'attic', isOwnDevice: false, isOurs: false, messages: null });
    const path = papers.slice(1);
    const look = (at: string) => page.evaluate((asked) => window.session.backup.browse(...asked), [id, snapshot?.id ?? '', at] as const);
    expect((await look(path)).map(({ name, isFolder }) => [name, isFolder])).toEqual([['信', true]]);
    const [file] = await look(`${path}/信`);
    expect(file).toMatchObject({ name: 'letter & <1>.txt', isFolder: false, sizeBytes: letter.length });
    const text = await page.evaluate(async (asked) => (await window.session.backup.readFile(...asked)).text(), [
      id,
      snapshot?.id ?? '',
      file?.path ?? '',
    ] as const);
    expect(text).toBe(letter);
  });
});

describe('an empty device', () => {
  it('has everything again from address and passphrase alone, and from the recovery words alone', async () => {
    const server = later(await startApache({ origin: origin(), ...account }));
    const first = await backUpDemo(webdav(server.url));
    await first.page.evaluate(async () => {
      const [conversation] = await window.session.vault.conversations();
      if (conversation === undefined) throw new Error('no conversation');
      await window.session.vault.setOverlay('bookmark', `message:${conversation.id}/3`, { value: 'yes' });
      await window.session.vault.setOverlay('pinned', `conversation:${conversation.id}`, { value: 'yes' });
    });
    const words = await first.page.evaluate(() => window.session.backup.makeRecoveryWords('en'));
    expect(words.length).toBe(24);
    const recovery: RepositorySecret = { kind: 'recovery-words', text: words.join(' ') };
    await first.page.evaluate(([id, secret]) => window.session.backup.addKey(id, secret), [first.drive, recovery] as const);
    expect((await backUp(first.page, first.drive)).snapshot).not.toBeNull();
    const before = await dumpVault(first.page);
    expect(before).toContain('bookmark');
    await first.close();
    for (const secret of [passphrase, recovery]) {
      const { page } = await newDevice();
      const { id } = await addDrive(page, webdav(server.url), 'open', secret);
      const [newest] = await listSnapshots(page, id);
      expect(await restore(page, id, newest?.id ?? '')).toBe(101);
      expect(await dumpVault(page)).toBe(before);
    }
  });

  it('comes together with another: both end with the union', async () => {
    const server = later(await startApache({ origin: origin(), ...account }));
    const one = await backUpDemo(webdav(server.url));
    const two = await newDevice();
    await importText(
      two.page,
      'WhatsApp Chat with Nils.txt',
      '01/06/2025, 10:00 - Nils: the kettle sings\n01/06/2025, 10:05 - Ann: let it\n',
    );
    const { id } = await addDrive(two.page, webdav(server.url), 'open', passphrase);
    await backUp(two.page, id);
    await backUp(one.page, one.drive);
    await two.page.evaluate(() => window.session.backup.fetchMedia(null, () => {}));
    expect(await dumpVault(two.page)).toBe(await dumpVault(one.page));
    const trees = await (await resticBy(server.url)).run('snapshots', '--json');
    const found = (JSON.parse(trees) as { tree: string; time: string }[]).toSorted((a, b) => (a.time < b.time ? 1 : -1));
    expect(found.length).toBe(3);
    expect(found[0]?.tree).toBe(found[1]?.tree);
  });
});

describe('what a drive receives', () => {
  it('holds nothing that was said, nobody’s name, no file’s name and no password', async () => {
    const server = later(await startApache({ origin: origin(), ...account }));
    const proxy = later(await startRecordingProxy(server.url));
    const { page } = await newDevice();
    const canaries = ['quince-canary-1', 'Canary Person Zwei', '金丝雀三号', 'canary-file-four'];
    const [said, person, han, file] = canaries;
    const line = (text: string): string => `01/06/2025, 10:00 - ${person ?? ''}: ${text}\n`;
    await importText(
      page,
      `WhatsApp Chat with ${file ?? ''}.txt`,
      [said, han, `${file ?? ''}.jpg (file attached)`].map((text) => line(text ?? '')).join(''),
    );
    const { id } = await addDrive(page, webdav(proxy.url), 'create', passphrase);
    await backUp(page, id);
    const received = proxy.received();
    expect(received.length).toBeGreaterThan(1000);
    for (const canary of [...canaries, account.password, passphrase.text]) {
      for (const encoding of ['utf8', 'utf16le', 'base64'] as const) {
        const needle =
          encoding === 'base64' ? Buffer.from(Buffer.from(canary).toString('base64').slice(0, -3)) : Buffer.from(canary, encoding);
        expect(received.includes(needle), `${canary} as ${encoding}`).toBe(false);
      }
    }
  });
});
