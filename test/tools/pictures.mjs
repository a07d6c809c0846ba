// node test/tools/pictures.mjs [--dist FOLDER] [--only TEXT | --publish]
// Takes pictures of every screen of the built app, for people to look at: wide and narrow, light and dark, English and
// Chinese, into test/journeys/pictures/ (not kept by git). `--only wide-light-en` takes one of the eight walks; `--publish` takes
// only the pictures of the README and of the manifest, and writes them where they are kept.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    dist: { type: 'string', default: join(root, 'dist') },
    only: { type: 'string', default: '' },
    publish: { type: 'boolean', default: false },
  },
});
const load = async (path) => (await runnerImport(join(root, path), { configFile: false, logLevel: 'error' })).module;
const { serveSite } = await load('test/journeys/serve.ts');
const { chromiumFlags, findChromium } = await load('test/tools/chromium.ts');
const { en } = await load('src/ui/strings/en.ts');
const { zhCN } = await load('src/ui/strings/zh-cn.ts');
const { pluralForm, splitSlots } = await load('src/ui/strings/text.ts');

const pictures = join(root, 'test/journeys/pictures');
const files = mkdtempSync(join(tmpdir(), 'camphor-pictures-'));
const passphrase = 'seven quiet moths over snow';
const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 360, height: 740 } };
const tables = { en: { locale: 'en-GB', table: en }, zh: { locale: 'zh-CN', table: zhCN } };

const hostileChat = join(files, `WhatsApp Chat with ${'Very long name '.repeat(8)}\u202Eevil.txt`);
writeFileSync(
  hostileChat,
  `01/06/2025, 10:00 - ${'Ｗide'.repeat(20)}: ${'unbreakable'.repeat(60)}
01/06/2025, 10:01 - \u202Eevil name: \u202Ereversed <script>alert(1)</script> https://xn--80ak6aa92e.com/a?b=${'c'.repeat(120)}
01/06/2025, 10:02 - שלום: שלום עולם, hello, 12:30
01/06/2025, 10:03 - 👩‍👩‍👧‍👦: 👩‍👩‍👧‍👦👍🏽
01/06/2025, 10:04 - Z̷̢͉͎̳͔̪͙̓a̷l̶g̵o̴: ${'Z̷̢͉͎̳͔̪͙̓̈́̿͌'.repeat(20)}
`,
);
const notAChat = join(files, 'shopping list.txt');
writeFileSync(notAChat, 'bread\nbutter\ntea\n');

/** Walks through every screen once; `take` makes the picture. */
async function walk({ page, url, wide, words, take }) {
  const button = (key, within = page) => within.getByRole('button', { name: words(key), exact: true });
  const heading = (key) => page.getByRole('heading', { name: words(key) });
  const dialog = (key) => page.getByRole('dialog', { name: words(key), exact: true });
  const row = (name) => page.locator('nav a[data-conversation]').filter({ has: page.getByText(name, { exact: true }) });
  const article = (text) => page.locator('article').filter({ hasText: text }).first();
  const closeDialog = () => page.keyboard.press('Escape');
  const go = (hash) => page.evaluate((to) => void (location.hash = to), hash);
  const open = async (name) => {
    if (!wide) await go('#/');
    await row(name).click();
    await page.locator('article').first().waitFor();
  };
  const centre = async (text) => {
    await article(text).evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await page.waitForTimeout(700);
  };
  const bottom = () =>
    page.locator('main').evaluate((main) => {
      for (const element of main.querySelectorAll('*')) if (element.scrollHeight > element.clientHeight + 40) element.scrollTop = 1e6;
    });

  await page.goto(url);
  await heading('app.line').waitFor();
  await take('first-run');
  await button('first.demo').click();
  await heading('plan.found').waitFor();
  await take('plan');
  const owner = page.getByRole('radio', { name: '林夏' }).first();
  await owner.scrollIntoViewIfNeeded();
  await take('plan-owner');
  await owner.check();
  await page.waitForTimeout(1200);
  await bottom();
  await take('plan-end');
  const take_ = page.getByRole('main').getByRole('button', { name: words('plan.take') });
  await take_.click();
  await heading('result.added').waitFor();
  await page.waitForTimeout(500);
  await take('result');
  await button('result.read').click();
  await row('妈妈').waitFor();
  await take('list');

  await open('周末爬山');
  await centre('山顶！今天的云太好看了');
  await take('group');
  await page.keyboard.press('Home');
  await page.locator('[role=region]').last().press('Home');
  await page.waitForTimeout(500);
  await take('group-start');
  await centre('热茶时间');
  await article('热茶时间').hover();
  await article('热茶时间')
    .getByRole('button', { name: words('message.menu') })
    .click();
  await take('message-menu');
  await page.getByRole('menuitem', { name: words('message.bookmark'), exact: true }).click();
  await centre('山顶！今天的云太好看了');
  await article('山顶！')
    .getByRole('button', { name: new RegExp(`^${words('media.image').source.slice(1, -1)}`) })
    .click();
  await page.locator('dialog img').waitFor();
  await page.waitForTimeout(500);
  await take('lightbox');
  await closeDialog();
  await article('山顶！')
    .getByRole('button', { name: words('message.menu') })
    .click();
  await page.getByRole('menuitem', { name: words('message.details') }).click();
  await dialog('message.details').waitFor();
  await take('message-details');
  await closeDialog();
  await button('conversation.menu').click();
  await take('conversation-menu');
  await page.getByRole('menuitem', { name: words('command.details') }).click();
  await page.waitForTimeout(400);
  await take('details');
  await button('action.close', page.getByRole('complementary')).click();
  await button('command.date').click();
  await dialog('timeline.date').waitFor();
  await page.waitForTimeout(300);
  await take('calendar');
  await closeDialog();

  await open('Lena');
  await centre('The view from the kitchen table');
  await take('direct-en');
  await page.locator('[role=region]').last().press('End');
  await page.waitForTimeout(700);
  await take('direct-en-end');
  await open('妈妈');
  await page.waitForTimeout(500);
  await take('direct-zh');

  await button('command.find').click();
  await page.getByRole('combobox').fill('炒');
  await page.waitForTimeout(800);
  await take('search-here');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(900);
  await take('search-step');
  if (wide) await button('action.close', page.getByRole('search')).click();
  else await go('#/');
  await button('command.search').first().click();
  await page.getByRole('combobox').fill('');
  await page.waitForTimeout(300);
  await take('search-hints');
  await page.getByRole('combobox').pressSequentially('from:');
  await page.waitForTimeout(600);
  await take('search-suggestions');
  await page.getByRole('combobox').fill('饭团');
  await page.waitForTimeout(800);
  await take('search-results');
  await page.getByRole('combobox').fill('lena');
  await page.waitForTimeout(800);
  await take('search-names');
  await page.getByRole('combobox').fill('no such words');
  await page.waitForTimeout(800);
  await take('search-empty');
  await page.getByRole('combobox').fill('');
  await button(wide ? 'action.close' : 'action.back', page.getByRole('search')).click();

  await go('#/');
  await page.waitForTimeout(300);
  await button('list.menu').click();
  await take('menu');
  await closeDialog();
  await page.keyboard.press('Control+k');
  await dialog('command.palette').waitFor();
  await take('palette');
  await closeDialog();
  await page.locator('nav a').first().focus();
  await page.keyboard.press('?');
  await dialog('command.shortcuts').waitFor();
  await take('shortcuts');
  await closeDialog();

  await go('#/receipts');
  await page.locator('main a').first().waitFor();
  await take('receipts');
  await page.locator('main a').filter({ hasText: 'demo' }).first().click();
  await button('receipt.undo').waitFor();
  await take('receipt');
  await bottom();
  await take('receipt-end');
  await button('receipt.undo').click();
  await dialog('undo.title').waitFor();
  await take('undo');
  await closeDialog();

  await go('#/import');
  await page.locator('main h2').first().waitFor();
  const another = button('result.another');
  if (await another.isVisible()) await another.click();
  await take('import');
  await page.locator('input[type=file][multiple]').setInputFiles([notAChat]);
  await page.getByText(words('plan.nothing')).waitFor();
  await take('unrecognised');
  await button('plan.again').click();
  await page.locator('input[type=file][multiple]').setInputFiles([hostileChat]);
  await heading('plan.found').waitFor();
  await take('hostile-plan');
  await take_.click();
  await heading('result.added').waitFor();
  await take('hostile-result');
  await button('result.read').click();
  await page.locator('nav a[data-conversation]').nth(3).waitFor();
  await take('hostile-list');
  await page.locator('nav a[data-conversation]').filter({ hasText: 'Very long' }).click();
  await page.locator('article').first().waitFor();
  await page.waitForTimeout(400);
  await take('hostile-chat');
  await button('conversation.menu').click();
  await page.getByRole('menuitem', { name: words('conversation.remove') }).click();
  await dialog('conversation.remove').waitFor();
  await take('remove');
  await closeDialog();

  await go('#/settings');
  await heading('settings.title').waitFor();
  await page.waitForTimeout(500);
  await take('settings');
  await bottom();
  await take('settings-end');
  await button('forget.open').click();
  await dialog('forget.title').waitFor();
  await take('forget');
  await closeDialog();
  await button('passphrase.set').click();
  const setting = dialog('passphrase.set');
  await setting.waitFor();
  await setting.getByLabel(words('passphrase.next'), { exact: true }).fill(passphrase);
  await setting.getByLabel(words('passphrase.again')).fill(passphrase);
  await take('passphrase');
  await button('passphrase.set', setting).click();
  await setting.waitFor({ state: 'detached', timeout: 60_000 });
  await page.waitForTimeout(400);
  await take('passphrase-set');
  await button('command.lock', page.locator('main')).click();
  await heading('lock.title').waitFor();
  await take('locked');
  await page.locator('input[type=password]').fill('not the passphrase');
  await page.keyboard.press('Enter');
  await page.getByText(words('error.wrong-secret')).waitFor({ timeout: 60_000 });
  await take('locked-wrong');
}

/** The picture that shows what Camphor is: a group, in the middle of a day with pictures. */
async function walkToPublish({ page, url, wide, words, take }) {
  await page.goto(url);
  await page.locator('input[type=file][multiple]').setInputFiles(join(values.dist, 'demo.zip'));
  await page
    .getByRole('main')
    .getByRole('button', { name: words('plan.take') })
    .click();
  await page.getByRole('button', { name: words('result.read') }).click();
  await page.locator('nav a').filter({ hasText: '周末爬山' }).first().click();
  const article = page.locator('article').filter({ hasText: '我到了，你们人呢' });
  await article.evaluate((element) => {
    element.scrollIntoView({ block: 'start' });
    element.closest('[role=region]').scrollBy(0, 12);
  });
  await page.locator('article img').first().waitFor();
  await page.waitForTimeout(1000);
  if (wide) await take(join(root, 'docs/screenshot.png'));
  await take(join(root, `public/icons/screenshot-${wide ? 'wide' : 'narrow'}.png`));
}

/** A pattern of the whole text, whatever fills its slots. */
function patternOf(table, key, language) {
  const escape = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const forms = [...new Set([1, 2].map((count) => pluralForm(table[key], count, language)))];
  const filled = forms.map((form) =>
    splitSlots(form)
      .map((piece) => ('words' in piece ? escape(piece.words) : '.*'))
      .join(''),
  );
  return new RegExp(`^${filled.length === 1 ? filled[0] : `(?:${filled.join('|')})`}$`);
}

const walks = Object.keys(sizes).flatMap((size) =>
  ['light', 'dark'].flatMap((colorScheme) =>
    Object.keys(tables).map((language) => ({ name: `${size}-${colorScheme}-${language}`, size, colorScheme, language })),
  ),
);

/** One walk in a profile of its own; what it could not do is said, and pictured. */
async function takeWalk(browser, url, { name, size, colorScheme, language }) {
  const wide = size === 'wide';
  const { locale, table } = tables[language];
  const touch = wide ? {} : { hasTouch: true, isMobile: true };
  const context = await browser.newContext({ viewport: sizes[size], colorScheme, locale, timezoneId: 'Europe/Berlin', ...touch });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => console.error(name, error.message));
  const words = (key) => patternOf(table, key, language);
  let number = 0;
  const take = async (scene) => {
    number += 1;
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(pictures, `${name}-${String(number).padStart(2, '0')}-${scene}.png`) });
  };
  try {
    if (values.publish) await walkToPublish({ page, url, wide, words, take: (path) => page.screenshot({ path }) });
    else await walk({ page, url, wide, words, take });
    console.log(`${name}: done`);
  } catch (error) {
    await take('failed');
    console.error(`${name} stopped after ${number}: ${error.message}`);
    process.exitCode = 1;
  }
  await context.close();
}

mkdirSync(pictures, { recursive: true });
const site = await serveSite(values.dist, { headers: true });
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
try {
  for (const one of walks) if (one.name.includes(values.publish ? 'light-en' : values.only)) await takeWalk(browser, site.url, one);
} finally {
  await browser.close();
  await site.close();
  rmSync(files, { recursive: true, force: true });
}
