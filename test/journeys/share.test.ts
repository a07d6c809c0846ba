// What other apps share with the built app, and what the system opens with it (checks F7): it lands in an inbox, is asked about,
// and nothing of it is read before the owner says so, whoever posted it.
import { type Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { graveFaults } from './backup-interface-steps';
import { conversationRow, takeButton } from './interface';
import { serveSite, type Site } from './serve';

const chat = (word: string): string =>
  Array.from({ length: 20 }, (_, at) => `0${1 + (at % 9)}/03/2024, 10:${10 + at} - ${at % 2 ? 'Ida' : 'Jon'}: ${word} ${at}\n`).join('');
const inbox = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('shared').catch(() => null);
    const names: string[] = [];
    for await (const name of folder?.keys() ?? []) names.push(name);
    return names;
  });
let app: OpenedApp;
let stranger: Site;
let page: Page;

/** Posts the form that a share is, as a page of another site can. */
async function postForm(from: Page, files: Readonly<Record<string, string>>, fields: Readonly<Record<string, string>> = {}): Promise<void> {
  await from.goto(stranger.url);
  await from.evaluate(
    ([action, names, texts]) => {
      const form = Object.assign(document.createElement('form'), { action, method: 'post', enctype: 'multipart/form-data' });
      const chosen = new DataTransfer();
      for (const [name, content] of Object.entries(names)) chosen.items.add(new File([content], name));
      const input = Object.assign(document.createElement('input'), { type: 'file', name: 'files', multiple: true, files: chosen.files });
      form.append(input, ...Object.entries(texts).map(([name, value]) => Object.assign(document.createElement('input'), { name, value })));
      if (chosen.files.length === 0) input.remove();
      document.body.append(form);
      form.submit();
    },
    [`${app.site.url}share`, files, fields] as const,
  );
  await from.waitForURL(`${app.site.url}#/import*`);
}

beforeAll(async () => {
  app = await openApp({});
  ({ page } = app);
  stranger = await serveSite(app.folder, {
    answer: () => ({ type: 'text/html', body: '<!doctype html><meta charset=utf-8><title>x</title>' }),
  });
});

afterAll(async () => {
  await app.close();
  await stranger.close();
});

describe('files shared with the app', () => {
  beforeEach(() =>
    page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      await root.removeEntry('shared', { recursive: true }).catch(() => undefined);
    }),
  );

  it('are asked about by name, and not imported', async () => {
    await postForm(page, { 'WhatsApp Chat with Ida.txt': chat('moss'), 'b\u202Egpj.exe': 'x' });
    await page.getByRole('heading', { name: '2 files were shared with Camphor' }).waitFor();
    const list = page.getByRole('listitem');
    expect(await list.allInnerTexts()).toEqual(['WhatsApp Chat with Ida.txt', 'bgpj.exe']);
    expect(await graveFaults(page)).toEqual([]);
    expect(await inbox(page)).toHaveLength(1);
    expect(await takeButton(page).count()).toBe(0);
    expect(await page.locator('main').innerText()).not.toContain('moss');
    expect(app.site.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('are still there after a reload, and may be discarded', async () => {
    await postForm(page, { 'WhatsApp Chat with Ida.txt': chat('moss') });
    await page.reload();
    await page.getByRole('button', { name: 'Discard it' }).click();
    await page.getByRole('heading', { name: 'A file was shared with Camphor' }).waitFor({ state: 'detached' });
    expect(await inbox(page)).toEqual([]);
  });

  it('are imported as if they were dropped, and then gone from the inbox', async () => {
    await postForm(page, { 'WhatsApp Chat with Ida.txt': chat('moss') });
    await page.getByRole('heading', { name: 'A file was shared with Camphor' }).waitFor();
    await page.getByRole('button', { name: 'See what is in it' }).click();
    await takeButton(page).click();
    await page.getByRole('button', { name: 'Read', exact: true }).click();
    await conversationRow(page, 'Ida').waitFor();
    await expect.poll(() => inbox(page)).toEqual([]);
  });

  it('are a file where only text is shared', async () => {
    await postForm(page, {}, { title: 'Notes', text: 'Dear diary' });
    await page.getByRole('heading', { name: 'A file was shared with Camphor' }).waitFor();
    expect(await page.getByRole('main').getByRole('listitem').allInnerTexts()).toEqual(['Notes.txt']);
    await page.getByRole('button', { name: 'Discard it' }).click();
    await expect.poll(() => inbox(page)).toEqual([]);
  });

  it('are said not to be taken where there are none', async () => {
    await postForm(page, {}, { title: 'empty' });
    await page.getByText('What was shared could not be taken').waitFor();
    expect(await page.evaluate(() => location.hash)).toBe('#/import');
    expect(await inbox(page)).toEqual([]);
  });

  it('go after a day, and so does what never came whole', async () => {
    await page.evaluate(async (nowMs) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('shared', { create: true });
      const put = async (id: string, list: string | null): Promise<void> => {
        const share = await folder.getDirectoryHandle(id, { create: true });
        for (const [name, content] of list === null
          ? [['0', 'x']]
          : [
              ['0', 'x'],
              ['list.json', list],
            ]) {
          const writable = await (await share.getFileHandle(name!, { create: true })).createWritable();
          await writable.write(content!);
          await writable.close();
        }
      };
      const list = JSON.stringify({ files: [{ name: 'old.txt', sizeBytes: 1 }] });
      await put(`${nowMs - 25 * 3_600_000}-a`, list);
      await put(`${nowMs - 25 * 3_600_000}-b`, null);
      await put(`${nowMs - 23 * 3_600_000}-c`, list);
    }, Date.now());
    await page.reload();
    await page.getByRole('heading', { name: 'A file was shared with Camphor' }).waitFor();
    expect((await inbox(page)).map((name) => name.slice(-1))).toEqual(['c']);
  });
});

describe('a file opened with the app', () => {
  it('is looked into as if it was dropped', async () => {
    const opened = await app.context.newPage();
    await opened.addInitScript((content) => {
      const handle = { name: 'WhatsApp Chat with Mia.txt', getFile: async () => new File([content], 'WhatsApp Chat with Mia.txt') };
      Object.defineProperty(window, 'launchQueue', {
        value: { setConsumer: (take: (launch: object) => void) => take({ files: [handle] }) },
      });
    }, chat('fern'));
    await opened.goto(app.site.url);
    await takeButton(opened).waitFor();
    expect(await opened.locator('main').innerText()).toContain('fern');
    await opened.close();
  });

  it('broke no rule of the page', () => {
    expect(app.watched.violations).toEqual([]);
    expect(app.watched.errors).toEqual([]);
  });
});
