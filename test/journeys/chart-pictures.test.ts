// Charts of the demo archive and its year as pictures, saved by the built app: what is in the files, beside the table of each chart.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { graveFaults, press } from './backup-interface-steps';
import { takeButton } from './interface';

const pictureWidthPx = 1080;
let app: OpenedApp;
let page: Page;
/** A page without the app's policy, which lets nobody read markup. */
let reader: Page;

beforeAll(async () => {
  app = await openApp({});
  ({ page } = app);
  await press(page, 'Try it with an invented archive');
  await takeButton(page).click();
  await page.getByRole('heading', { name: '101 new messages' }).waitFor();
  await page.evaluate(() => void (location.hash = '#/statistics'));
  await page.getByText('Most days in a row').waitFor();
  reader = await app.context.newPage();
  await page.bringToFront();
});

afterAll(() => app.close());

const card = (title: string): Locator =>
  page.getByRole('main').locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) }); // prettier-ignore

/** The cells of the table behind a chart, row by row. */
async function tableOf(title: string): Promise<readonly (readonly string[])[]> {
  const details = card(title).locator('details');
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  await details.locator('tbody tr').first().waitFor();
  return details
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map(({ textContent }) => textContent ?? '')));
}

async function save(
  title: string,
  form: 'PNG, for showing' | 'SVG, for printing',
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await card(title).getByRole('button', { name: /^Save “/ }).click(); // prettier-ignore
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: form }).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

interface Points {
  readonly width: number;
  readonly height: number;
  /** Share of points that are not as the corner is. */
  readonly drawn: number;
}

/** What a browser decodes of a PNG. */
const pointsOf = (png: Buffer): Promise<Points> =>
  reader.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const points = new Uint32Array(context?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(4));
    return { width, height, drawn: points.filter((point) => point !== points[0]).length / points.length };
  }, png.toString('base64'));

interface Drawing {
  readonly faults: readonly string[];
  readonly height: number;
  readonly texts: readonly string[];
}

/** What a browser reads of an SVG: its texts, and what must not be in it. */
const drawingOf = (svg: Buffer): Promise<Drawing> =>
  reader.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement as unknown as SVGSVGElement;
    const all = [root, ...root.querySelectorAll('*')];
    const foreign = all.filter(({ localName }) => !['svg', 'rect', 'text'].includes(localName)).map(({ localName }) => localName);
    const leading = all.flatMap((element) =>
      [...element.attributes]
        .filter(({ name, value }) => name !== 'xmlns' && /href|src|^on|style/i.test(`${name} ${value}`))
        .concat([...element.attributes].filter(({ name, value }) => name !== 'xmlns' && /url\(|:\/\//i.test(value)))
        .map(({ name, value }) => `${name}=${value}`),
    );
    document.body.append(root);
    const boxes = [...root.querySelectorAll('text')].map((one) => ({ words: one.textContent ?? '', box: one.getBBox() }));
    root.remove();
    const [wide, high] = [Number(root.getAttribute('width')), Number(root.getAttribute('height'))];
    const outside = boxes.filter(({ box }) => box.x < 0 || box.y < 0 || box.x + box.width > wide || box.y + box.height > high);
    const over = boxes.filter(({ box: a }, at) =>
      boxes.some(
        ({ box: b }, other) => other > at && a.x + a.width > b.x + 1 && b.x + b.width > a.x + 1 && a.y + a.height > b.y + 8 && b.y + b.height > a.y + 8,
      ),
    );
    return {
      faults: [...foreign, ...leading, ...outside.map(({ words }) => `outside: ${words}`), ...over.map(({ words }) => `over another: ${words}`)],
      height: high,
      texts: boxes.map(({ words }) => words),
    };
  }, svg.toString('utf8')); // prettier-ignore

/** Saves the card in both forms and looks at the files; gives the texts of the drawing. */
async function savedTexts(title: string, name: string): Promise<readonly string[]> {
  const svg = await save(title, 'SVG, for printing');
  const png = await save(title, 'PNG, for showing');
  expect([svg.name, png.name]).toEqual([`${name}.svg`, `${name}.png`]);
  const drawing = await drawingOf(svg.bytes);
  expect(drawing.faults, title).toEqual([]);
  const { width, height, drawn } = await pointsOf(png.bytes);
  expect([width, height]).toEqual([pictureWidthPx, drawing.height]);
  expect(drawn).toBeGreaterThan(0.02);
  expect(drawn).toBeLessThan(0.9);
  return drawing.texts;
}

const total = (rows: readonly (readonly string[])[], column: number): number =>
  rows.reduce((sum, row) => sum + Number(row[column]?.replaceAll(',', '')), 0);

describe('the statistics of the demo archive', () => {
  it.each([
    ['By month', 1],
    ['Day by day', 1],
    ['By weekday and hour', 2],
    ['Where', 1],
    ['What was sent', 1],
  ] as const)('%s: the table counts every message', async (title, column) => {
    expect(total(await tableOf(title), column)).toBe(101);
  });

  it('Who wrote: the table counts every message that somebody wrote', async () => {
    const bySystem = (await tableOf('What was sent')).filter(([kind]) => kind === 'System message');
    expect(total(await tableOf('Who wrote'), 1)).toBe(101 - total(bySystem, 1));
  });

  it.each([
    ['Who wrote', 'camphor-people'],
    ['Where', 'camphor-conversations'],
    ['What was sent', 'camphor-kinds'],
  ] as const)('%s: the picture has the names and numbers of its table', async (title, name) => {
    const rows = await tableOf(title);
    const texts = await savedTexts(title, name);
    expect(texts).toContain(title);
    for (const [who = '', count = ''] of rows.slice(0, 12)) {
      expect(texts.some((text) => text.startsWith(who))).toBe(true);
      expect(texts.some((text) => text === count || text.startsWith(`${count} `))).toBe(true);
    }
  });

  it.each([
    ['By month', 'camphor-months', /Jan.* 2026/],
    ['Day by day', 'camphor-days-2026', /101 messages in 2026/],
    ['By weekday and hour', 'camphor-hours', /\d\d:\d\d.*\d/],
  ] as const)('%s: the picture says in words what it shows', async (title, name, words) => {
    const texts = await savedTexts(title, name);
    expect(texts).toContain(title);
    expect(texts.join(' ')).toMatch(words);
  });

  it('By month: the picture has the number of each month', async () => {
    const numbers = (await tableOf('By month')).map(([, count]) => count);
    expect(numbers.length).toBeGreaterThan(1);
    expect(await savedTexts('By month', 'camphor-months')).toEqual(expect.arrayContaining(numbers));
  });

  it('have no grave fault for those who do not see them', async () => {
    expect(await graveFaults(page)).toEqual([]);
  });
});

describe('the year in one picture', () => {
  it('has what the table has, with names', async () => {
    await page.getByRole('combobox', { name: 'Year' }).first().selectOption('2026');
    await page.getByRole('img', { name: /A picture of 2026/ }).locator('svg').waitFor(); // prettier-ignore
    const rows = await tableOf('2026 in one picture');
    const texts = await savedTexts('2026 in one picture', 'camphor-2026');
    for (const [what = '', value = ''] of rows) expect(texts).toEqual(expect.arrayContaining([what, value]));
    expect(texts).toEqual(expect.arrayContaining(['2026', 'Lena', '妈妈', 'Camphor']));
    // What is shown is what is saved.
    expect(await page.getByRole('img', { name: /A picture of 2026/ }).locator('svg text').allTextContents()).toEqual(texts); // prettier-ignore
  });

  it('has no name where the owner wants none, in neither form', async () => {
    await page.getByLabel('With names').uncheck();
    const texts = await savedTexts('2026 in one picture', 'camphor-2026');
    expect(texts.join(' ')).not.toMatch(/Lena|妈妈|林夏|周末爬山/);
    expect(texts).toContain('2026');
    expect(await graveFaults(page)).toEqual([]);
    expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);
  });
});
