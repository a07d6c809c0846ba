// An evidence pack out of the built app, by mouse and keyboard: two messages chosen, the pack unzipped and checked by Debian's tools
// and by its own page; the number that the app shows is that of its manifest.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashOf } from '../export/invented-evidence';
import { type OpenedApp, openApp } from './app';
import { goToImport, importFiles, openConversation } from './interface';

const chat = Array.from(
  { length: 60 },
  (_, at) => `01/06/2025, 10:${String(at).padStart(2, '0')} - ${at % 2 === 0 ? 'Ida' : 'Jon'}: line ${at}`,
).join('\n');
let app: OpenedApp;
let page: Page;

beforeAll(async () => {
  app = await openApp({ 'WhatsApp Chat with Ida.txt': `${chat}\n` });
  ({ page } = app);
  // No dialog of the system: the pack is made inside of the browser, and downloaded.
  await page.addInitScript(() => void Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await page.reload();
  await goToImport(page, app.site.url);
  await importFiles(page, join(app.folder, 'WhatsApp Chat with Ida.txt'));
});

afterAll(() => app.close());

it('is made of two chosen messages, and holds when it is checked', async () => {
  await page.goto(`${app.site.url}#/`);
  await openConversation(page, 'Ida');
  await page.getByRole('article').filter({ hasText: 'line 40' }).getByText('line 40').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Select', exact: true }).click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.getByText('2 messages chosen').waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Evidence pack…' }).click();
  await page.getByRole('dialog').getByText('The 2 messages that you chose.').waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Make the pack' }).click();
  const pack = join(app.folder, 'pack.zip');
  await (await download).saveAs(pack);
  const number = (await page.getByRole('region', { name: 'SHA-256 of manifest.json' }).locator('p').nth(1).innerText()).replaceAll(' ', '');

  const unzipped = join(app.folder, 'unzipped');
  execFileSync('unzip', ['-q', '-d', unzipped, pack]);
  const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: unzipped, encoding: 'utf8' });
  expect(checked.match(/: OK$/gm)?.length).toBe(checked.trim().split('\n').length);
  expect(checked).toContain('messages.pdf: OK');
  expect(number).toBe(hashOf(readFileSync(join(unzipped, 'manifest.json'))));
  const lines = readFileSync(join(unzipped, 'messages.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { text: string; chosen?: true }); // prettier-ignore
  expect(lines.map(({ text }) => text)).toEqual(Array.from({ length: 22 }, (_, at) => `line ${at + 30}`));
  expect(lines.filter(({ chosen }) => chosen).map(({ text }) => text)).toEqual(['line 40', 'line 41']);
  const text = execFileSync('pdftotext', [join(unzipped, 'messages.pdf'), '-'], { encoding: 'utf8' });
  expect(text.match(/\[chosen\]/g)).toHaveLength(2);

  const verifier = await app.context.newPage();
  await verifier.goto(pathToFileURL(join(unzipped, 'verify.html')).href);
  await verifier.fill('#noted', number);
  await verifier.setInputFiles('#zip', pack);
  await verifier.getByText('manifest.json is the one that was noted.').waitFor();
  expect(await verifier.locator('.bad').count()).toBe(0);
  expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);
});
