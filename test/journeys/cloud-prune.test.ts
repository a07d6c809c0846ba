// Letting older snapshots go and tidying, by the app's own screens, at each service that is reached by consent: stock restic finds
// what is left whole, and another device restores from it.
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FakeRequest } from '../drives/fakes/fake-service';
import { factOf, main, press } from './backup-interface-steps';
import { backedUp, backUp, backUpAgain, closeAll, expectWhole, openService, type Opened, restore, services, setUp } from './cloud-steps';
import { goToImport, importFiles } from './interface';

let folder = '';
/** The same chat exported twice, the second time with more: the month's file is another one then. */
const archives = { earlier: '', later: '' };
const [earlierCount, laterCount] = [800, 840];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'camphor-cloud-prune-'));
  const pad = (number: number): string => String(number).padStart(2, '0');
  const lines = Array.from({ length: laterCount }, (_, number) => {
    const at = `23/04/2024, ${pad(Math.floor(number / 60))}:${pad(number % 60)}`;
    return `${at} - ${number % 2 ? 'Bo' : 'Ada'}: ${randomBytes(300).toString('base64')}\n`;
  });
  for (const name of ['earlier', 'later'] as const) {
    archives[name] = join(folder, name, 'WhatsApp Chat with Bo.txt');
    await mkdir(join(folder, name));
    await writeFile(archives[name], lines.slice(0, name === 'earlier' ? earlierCount : laterCount).join(''));
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(closeAll);

/** The rule that keeps the newest snapshot and no other. */
async function keepNewestOnly({ page }: Opened): Promise<void> {
  for (const [field, value] of [
    ['Last ones', '1'],
    ['Daily', '0'],
    ['Weekly', '0'],
    ['Monthly', '0'],
    ['Yearly', '0'],
    ['Days never touched', '0'],
  ] as const)
    await page.getByLabel(field, { exact: true }).fill(value);
  await press(page, 'Save');
  await page.getByText('The rule was saved. Nothing was removed yet.').waitFor();
}

const isRemoval = ({ method, path }: FakeRequest): boolean => method === 'DELETE' || path.endsWith('/delete_v2');

describe('tidying', () => {
  it.each(services)('%s: the older snapshot goes, what it alone needed goes, and the newer one is restored whole', async (kind, name) => {
    const one = await openService(kind, { archive: archives.earlier });
    const { page } = one;
    await setUp(one);
    await backUp(one);
    await backedUp(one);
    const drivePage = page.url();
    await goToImport(page, one.site.url);
    expect(await importFiles(page, archives.later)).toBe(`${laterCount - earlierCount} new messages`);
    await page.goto(drivePage);
    if (await main(page).getByRole('button', { name: 'Close' }).isVisible()) await press(page, 'Close');
    await backUpAgain(one);
    await backedUp(one);
    await press(page, 'Close');
    await main(page)
      .getByRole('link', { name: /^History 2 snapshots/ })
      .waitFor();
    expect(await expectWhole(one)).toHaveLength(2);
    await main(page)
      .getByRole('link', { name: /^What is kept/ })
      .click();
    await keepNewestOnly(one);
    await press(page, 'Show what would be removed');
    await press(page, 'Remove 1 snapshot');
    await page.getByText('Removed. The space is freed by tidying.').waitFor();
    expect(await expectWhole(one)).toHaveLength(1);
    const before = one.fake.requests.filter(isRemoval).length;
    await press(page, 'Show what would be freed');
    await expect.poll(() => factOf(page, 'Not needed')).toMatch(/\d/);
    await press(page, 'Tidy now');
    await page.getByText('The drive is tidy').waitFor();
    expect(one.fake.requests.filter(isRemoval).length).toBeGreaterThan(before);
    expect(await expectWhole(one)).toHaveLength(1);
    await restore(one, name, laterCount, 'Bo');
    expect(one.fake.violations).toEqual([]);
    expect(one.watched.violations).toEqual([]);
  });
});
