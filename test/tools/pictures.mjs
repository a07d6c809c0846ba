// node test/tools/pictures.mjs [--dist FOLDER] [--only TEXT] [--part TEXT] | [--publish]
// Takes pictures of every screen of the built app, for people to look at: on a phone, a tablet and a desk, light and dark, English
// and Chinese, into test/journeys/pictures/ (not kept by git). `--only wide-light-en` takes one of the twelve looks, `--part use`
// one of the walks; `--publish` takes only the pictures of the README and of the manifest, and writes them where they are kept.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { runnerImport } from 'vite';
import { takeBackup, takeCare, takeDoctor, takeExport, takeRemovals, takeRestore, takeSheet } from './pictures/backup.mjs';
import { takeGathering } from './pictures/gather.mjs';
import { createHand } from './pictures/hand.mjs';
import { takeImports, takeLock, takeReceipts, takeSettings } from './pictures/keep.mjs';
import { publishedLooks, takePublished } from './pictures/publish.mjs';
import { takeConversation, takeFirstVisit, takeGroup, takeList, takeSearch } from './pictures/read.mjs';
import { writeSamples } from './pictures/samples.mjs';
import { takeDamage, takeEviction, takeFullDisk, takeNewer, takeRunning, takeUpdate } from './pictures/trouble.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    dist: { type: 'string', default: join(root, 'dist') },
    only: { type: 'string', default: '' },
    part: { type: 'string', default: '' },
    publish: { type: 'boolean', default: false },
  },
});
const load = async (path) => (await runnerImport(join(root, path), { configFile: false, logLevel: 'error' })).module;
const { serveSite } = await load('test/journeys/serve.ts');
const storedRows = await load('test/journeys/stored-rows.ts');
const { chromiumFlags, findChromium } = await load('test/tools/chromium.ts');
const { startApache } = await load('test/interop/servers/apache.ts');
/** All words of a language: what is there from the start and every section. */
const wordsOf = async (name) =>
  Object.assign(
    {},
    ...(
      await Promise.all(
        [
          `${name}`,
          `${name}/backup`,
          `${name}/export`,
          `${name}/gallery`,
          `${name}/gathering`,
          `${name}/guides`,
          `${name}/import`,
          `${name}/install`,
          `${name}/reading`,
          `${name}/search`,
          `${name}/settings`,
          `${name}/statistics`,
          `${name}/table`,
        ].map(async (path) => Object.values(await load(`src/ui/strings/${path}.ts`))),
      )
    ).flat(),
  );
const strings = await load('src/ui/strings/text.ts');

const pictures = join(root, 'test/journeys/pictures');
const files = mkdtempSync(join(tmpdir(), 'camphor-pictures-'));
const sizes = {
  wide: values.publish ? { width: 1280, height: 800 } : { width: 1440, height: 900 },
  medium: { width: 820, height: 1180 },
  narrow: { width: 360, height: 740 },
};
const tables = { en: { locale: 'en-GB', table: await wordsOf('en') }, zh: { locale: 'zh-CN', table: await wordsOf('zh-cn') } };
/** Walks by their names, each in a profile of its own. */
const parts = {
  use: [takeFirstVisit, takeGroup, takeConversation, takeSearch, takeList, takeReceipts, takeImports, takeSettings, takeLock],
  gather: [takeGathering],
  running: [takeRunning],
  update: [takeUpdate],
  full: [takeFullDisk],
  damage: [takeDamage],
  eviction: [takeEviction],
  newer: [takeNewer],
  backup: [takeDoctor, takeSheet, takeBackup, takeCare, takeRemovals, takeExport],
  // On the drive of the former.
  'backup-restore': [takeRestore],
};
const published = { publish: [(hand) => takePublished(hand, root)] };

const looks = Object.keys(sizes).flatMap((size) =>
  ['light', 'dark'].flatMap((colorScheme) =>
    Object.keys(tables).map((language) => ({ name: `${size}-${colorScheme}-${language}`, size, colorScheme, language })),
  ),
);

/** The site, and `renew`, after which it has a new version. */
async function servePictured() {
  let version = 1;
  const site = await serveSite(values.dist, {
    headers: true,
    rewrite: (path, body) => (path.endsWith('/service-worker.js') ? `${body.toString()}\n// version ${version}` : body),
  });
  return { ...site, renew: () => void (version += 1) };
}

/** A drive that lets the site in, and one that lets no page in, as most do at first. */
async function startDrives() {
  const account = { username: 'ann', password: 'correct horse' };
  const open = await startApache({ origin: new URL(site.url).origin, ...account });
  const closed = await startApache(account);
  return { open: { ...open, ...account }, closed, stop: () => Promise.all([open.stop(), closed.stop()]) };
}

/** One walk in a profile of its own; what it could not do is said, and pictured. */
async function takeWalk({ browser, site, samples, drives }, look, [part, scenes]) {
  const { locale, table } = tables[look.language];
  const touch = look.size === 'wide' ? {} : { hasTouch: true, isMobile: true };
  const { colorScheme } = look;
  const context = await browser.newContext({ viewport: sizes[look.size], colorScheme, locale, timezoneId: 'Europe/Berlin', ...touch });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => console.error(look.name, error.message));
  let number = 0;
  const take = async (scene) => {
    number += 1;
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(pictures, `${look.name}-${part}-${String(number).padStart(2, '0')}-${scene}.png`) });
  };
  const hand = { ...createHand({ page, site, take, dist: values.dist, samples, strings, look, table }), storedRows, drives, look };
  try {
    for (const scene of scenes) await scene(hand);
    console.log(`${look.name} ${part}: ${number}`);
  } catch (error) {
    await take('failed');
    console.error(`${look.name} ${part} stopped after ${number}: ${error.message}`);
    process.exitCode = 1;
  }
  await context.close();
}

mkdirSync(pictures, { recursive: true });
const site = await servePictured();
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
let drives;
try {
  const samples = await writeSamples(files);
  const chosen = Object.entries(values.publish ? published : parts).filter(([part]) => part.includes(values.part));
  if (chosen.some(([part]) => part.startsWith('backup'))) drives = await startDrives();
  const isWanted = ({ name }) => (values.publish ? publishedLooks.includes(name) : name.includes(values.only));
  for (const look of looks.filter(isWanted)) for (const part of chosen) await takeWalk({ browser, site, samples, drives }, look, part);
} finally {
  await browser.close();
  await drives?.stop();
  await site.close();
  rmSync(files, { recursive: true, force: true });
}
