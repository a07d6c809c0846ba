// Backup and restore to a local WebDAV server (Debian's Apache), beside stock restic through rclone to the same server.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { ensureChats, ensureChatWithMedia, laterExports } from './backup-corpus.mjs';
import { openQuietly } from './quiet-browser.mjs';
import { peerRow, plainRow } from './rows.mjs';

const account = { username: 'bench', password: 'bench-password' };
const password = 'seven quiet moths over snow';
const load = async (path) =>
  (await runnerImport(join(import.meta.dirname, '../..', path), { configFile: false, logLevel: 'error' })).module;

function run(command, args, env = {}) {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${status}\n${stdout}\n${stderr}`);
  return { ms: performance.now() - startedAt, stdout };
}

/** Stock restic, to a folder of the server. */
function resticTo(server, name, home) {
  const obscured = run('rclone', ['obscure', account.password]).stdout.trim();
  const env = {
    HOME: home,
    RESTIC_PASSWORD: password,
    RCLONE_CONFIG_BENCH_TYPE: 'webdav',
    RCLONE_CONFIG_BENCH_URL: server.url,
    RCLONE_CONFIG_BENCH_VENDOR: 'other',
    RCLONE_CONFIG_BENCH_USER: account.username,
    RCLONE_CONFIG_BENCH_PASS: obscured,
  };
  return (...args) => run('restic', ['-r', `rclone:bench:${name}`, ...args], env);
}

/** Closed whatever comes of it: a server waits for its last client before it stops. */
async function withBench(url, paths, use) {
  const page = await openQuietly(`${url}/bench/index.html`, paths);
  try {
    await page.call('unlockToList');
    return await use(page);
  } finally {
    await page.close();
  }
}

const driveAt = (server, name) => ({ kind: 'webdav', url: `${server.url}${name}/`, ...account });

/** First backups last some ten seconds, and a machine's speed changes by a third within a minute: each takes its turn so often. */
const turns = 3;

/** A first backup in a profile of its own, what the browser takes to encrypt and send as much, and restic's of the same content. */
async function measureTurn({ url, server, home, corpus }, turn) {
  const { own, floor } = await withBench(url, [corpus], async (page) => {
    await page.call('importAll');
    const first = await page.call('backUpFirst', driveAt(server, `own-${turn}`), password);
    return { own: first, floor: await page.call('encryptAndSend', driveAt(server, `floor-${turn}`), first.sentBytes) };
  });
  const out = join(home, `out-${turn}`);
  resticTo(server, `own-${turn}`, home)('restore', 'latest', '--target', out);
  const peer = resticTo(server, `peer-${turn}`, home);
  peer('init');
  const peerBackup = peer('backup', join(out, 'archive'));
  rmSync(out, { recursive: true, force: true });
  return { turn, ownMs: own.ms, floorMs: floor.ms, peerMs: peerBackup.ms };
}

/** First backup and restore of a long chat with media; the first backup is that of the turn whose ratio is the middle one. */
export async function measureBackup(url, cache, { messages, mediaBytes }) {
  const { startApache } = await load('test/interop/servers/apache.ts');
  const server = await startApache({ origin: new URL(url).origin, ...account });
  const home = mkdtempSync(join(tmpdir(), 'camphor-bench-restic-'));
  try {
    const corpus = await ensureChatWithMedia(cache, messages, mediaBytes);
    const measured = [];
    for (let turn = 0; turn < turns; turn += 1) measured.push(await measureTurn({ url, server, home, corpus }, turn));
    measured.sort((a, b) => a.ownMs / a.peerMs - b.ownMs / b.peerMs);
    console.log('first backups, times of restic:', measured.map(({ ownMs, peerMs }) => (ownMs / peerMs).toFixed(2)).join(', '));
    const { turn, ownMs, floorMs, peerMs } = measured[(turns - 1) / 2];
    const peerRestore = resticTo(server, `peer-${turn}`, home)('restore', 'latest', '--target', join(home, 'again'));
    const restored = await withBench(url, [], (page) => page.call('restoreAll', driveAt(server, `own-${turn}`), password));
    const what = `${messages} messages and ${Math.round(mediaBytes / 1e9)} GB of media`;
    return [
      peerRow(`first backup of ${what}`, ownMs / 1000, 's', 'restic through rclone, same server', peerMs / 1000, { factor: 2 }),
      peerRow(`first backup of ${what}`, ownMs / 1000, 's', 'the browser alone: encrypting once, sending', floorMs / 1000, {}),
      peerRow(`restore of ${what}, all media`, restored.ms / 1000, 's', 'restic restore of the same', peerRestore.ms / 1000, {}),
      plainRow(`first restored messages to be seen, of ${what}`, restored.messagesMs / 1000, 's', null),
    ];
  } finally {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** A backup after a little was added to a life's archive. */
export async function measureLaterBackup(url, cache, { chats, messages, added }) {
  const { startApache } = await load('test/interop/servers/apache.ts');
  const server = await startApache({ origin: new URL(url).origin, ...account });
  try {
    const paths = await ensureChats(cache, chats, messages);
    const later = await withBench(url, paths, async (page) => {
      await page.call('importAll');
      await page.call('backUpFirst', driveAt(server, 'life'), password);
      await page.call('importTexts', laterExports(paths, added / chats));
      return page.call('backUpAgain');
    });
    const what = `backup after ${added} new messages in ${chats} chats, ${chats * messages} kept`;
    return [plainRow(what, later.ms / 1000, 's', 5), plainRow(`sent by that ${what}`, later.sentBytes / 1e6, 'MB', 3)];
  } finally {
    await server.stop();
  }
}
