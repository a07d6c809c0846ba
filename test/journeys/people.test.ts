// People in the built app: one person in two apps, proposed by number and by name, merged and taken apart; names over time; contacts
// out of one device and into another.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { chooseFiles, conversationRow, goToImport, importFiles, search, takeButton } from './interface';

const number = '+49 151 12345678';
const whatsapp = `01/06/2025, 10:00 - ${number}: The bicycle is in the cellar
01/06/2025, 10:01 - Jon: Thank you
`;
const withKim = `02/06/2025, 10:00 - Kim: Bring the tent
02/06/2025, 10:01 - Jon: And the lamp
`;
const sms = `<?xml version="1.0" encoding="UTF-8"?><smses count="1">
<sms protocol="0" address="+4915112345678" date="1748772000000" type="1" body="The bicycle has two flat tyres" read="1" contact_name="Ida Berg" /></smses>`;
/** One chat with Kim, who was called differently when it was exported. */
const telegram = (name: string, ids: readonly number[]): string =>
  JSON.stringify({
    name,
    type: 'personal_chat',
    id: 5,
    messages: ids.map((id) => ({
      id,
      type: 'message',
      date: `2025-06-0${id}T12:00:00`,
      date_unixtime: String(Date.UTC(2025, 5, id, 10) / 1000),
      from: name,
      from_id: 'user5',
      text: `Camping plan ${id}`,
      text_entities: [],
    })),
  });

let app: OpenedApp;
let page: Page;
let card: Buffer;

const file = (name: string): string => join(app.folder, name);
/** The rows of those who are called so, not of those in a conversation of that name. */
const person = (name: string): Locator => page.locator(`ul[aria-label="People"] > li:has(p:first-child > bdi:text-is("${name}"))`);
const proposal = (why: string): Locator => page.getByRole('main').getByRole('listitem').filter({ hasText: why });
const menu = async (row: Locator, item: string): Promise<void> => {
  await row.getByRole('button', { name: 'Menu of the person' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const bring = async (...names: string[]): Promise<void> => {
  for (const name of names) {
    await goToImport(page, app.site.url);
    await importFiles(page, file(name));
  }
};

beforeAll(async () => {
  app = await openApp({
    [`WhatsApp Chat with ${number}.txt`]: whatsapp,
    'WhatsApp Chat with Kim.txt': withKim,
    'sms-20250601.xml': sms,
    'older/result.json': telegram('Kim', [1, 2]),
    'newer/result.json': telegram('Kim Lang', [1, 2, 3]),
  });
  ({ page } = app);
  await bring(`WhatsApp Chat with ${number}.txt`, 'sms-20250601.xml', 'WhatsApp Chat with Kim.txt', 'older/result.json');
});

afterAll(() => app.close());

it('proposes one person by number and by name, merges them, and takes that back', async () => {
  await page.goto(`${app.site.url}#/people`);
  await proposal('The same name in two apps').getByText(/^Kim/).waitFor();
  await proposal('The same number').getByRole('button', { name: 'Merge' }).click();
  await page.getByRole('status').filter({ hasText: 'Shown as one person.' }).waitFor();
  await proposal('The same number').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await proposal('The same number').getByRole('button', { name: 'Merge' }).click();
  await proposal('The same number').waitFor({ state: 'detached' });

  await search(page, 'from:"Ida Berg" bicycle', '2 hits');
  await page.keyboard.press('Escape');
  await page.reload();
  await page.goto(`${app.site.url}#/people`);
  const ida = person('Ida Berg');
  await ida.waitFor();
  expect(await ida.innerText()).toContain(`Also ${number}`);
  expect(await ida.getByRole('link').count()).toBe(2);
});

it('proposes all who are the owner as one, and proposes no more what is declined', async () => {
  expect(await person('Jon').count()).toBe(2);
  await proposal('You, in several archives').getByRole('button', { name: 'Merge' }).click();
  await expect.poll(() => person('Jon').count()).toBe(1);
  await proposal('The same name in two apps').getByRole('button', { name: 'Not the same' }).click();
  await proposal('The same name in two apps').waitFor({ state: 'detached' });
  await page.getByRole('status').filter({ hasText: 'They are not proposed again.' }).waitFor();
  await page.reload();
  await person('Ida Berg').waitFor();
  expect(await proposal('The same name in two apps').count()).toBe(0);
  expect(await page.getByRole('heading', { name: 'Perhaps one person' }).count()).toBe(0);
});

it('merges anyone with anyone by the menu, and takes them apart again', async () => {
  await menu(person('Kim').first(), 'Merge with another person');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Find a person').fill('Jon');
  await dialog.getByRole('button', { name: /Jon/ }).first().click(); // prettier-ignore
  await page.getByRole('status').filter({ hasText: 'Shown as one person.' }).waitFor();
  const one = page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: 'Also Jon' });
  await one.waitFor();
  await menu(one, 'Take apart');
  await one.waitFor({ state: 'detached' });
});

it('knows the names that a person had over time', async () => {
  await bring('newer/result.json');
  await page.goto(`${app.site.url}#/people`);
  await person('Kim Lang').waitFor();
  expect(await person('Kim Lang').innerText()).toContain('Also Kim');
  // Found under the former name too.
  await search(page, 'from:Kim camping', '3 hits');
  await page.keyboard.press('Escape');
});

it('saves a vCard, which gives the number its name on another device', async () => {
  await page.goto(`${app.site.url}#/people`);
  const ida = person('Ida Berg');
  const download = page.waitForEvent('download');
  await menu(ida, 'Save as a vCard');
  card = readFileSync(await (await download).path());
  const text = card.toString();
  expect(text).toMatch(/^BEGIN:VCARD\r\nVERSION:3\.0\r\n/);
  expect(text).toContain('TEL;TYPE=CELL:+4915112345678');
  expect(text).toContain('Ida Berg');
  expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);

  await app.close();
  app = await openApp({ [`WhatsApp Chat with ${number}.txt`]: whatsapp });
  ({ page } = app);
  writeFileSync(file('person.vcf'), card);
  await bring(`WhatsApp Chat with ${number}.txt`);
  await conversationRow(page, number).waitFor();
  await goToImport(page, app.site.url);
  await chooseFiles(page, file('person.vcf'));
  await takeButton(page).click();
  await page.getByRole('heading', { name: '1 number or address has a name now' }).waitFor();
  await conversationRow(page, 'Ida Berg').waitFor();
  expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);
});
