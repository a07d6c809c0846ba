// The main journey in three engines: import, read, search, reload, and everything is there again.
import { describe, expect, inject, it } from 'vitest';
import { type DrivenBrowser, engines } from './engines';
import { serveSite } from './serve';

interface Seen {
  readonly conversations: readonly string[];
  readonly opening: readonly string[];
  readonly pictureBytes: number;
  readonly hits: readonly string[];
  readonly count: number;
}

const importDemo = `
  await session.vault.open();
  const job = session.startImport();
  const plan = await job.plan(await session.demoArchive(), 'Asia/Shanghai', () => {});
  const choices = plan.archives.map(({ archiveId }) => ({ archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' }));
  const receipts = await job.run(choices, () => {});
  return receipts.map(({ added, mediaFound, problems }) => ({ added, mediaFound, problems: problems.length }));
`;

const look = `
  const status = await session.vault.open();
  if (status.state !== 'open') throw new Error('vault ' + status.state);
  const conversations = await session.vault.conversations();
  const lena = conversations.find(({ name }) => name === 'Lena');
  const page = await session.vault.page(lena.id, { at: 'start' }, 0, 6);
  const picture = page.messages.find(({ attachments }) => attachments.length > 0) ??
    (await session.vault.page(lena.id, { at: 'start' }, 0, 40)).messages.find(({ attachments }) => attachments.length > 0);
  const url = await session.mediaUrl(picture.attachments[0].sha256);
  const image = await new Promise((resolve, reject) => { const shown = new Image(); shown.onload = () => resolve(shown); shown.onerror = () => reject(new Error('picture')); shown.src = url; });
  const hits = [];
  let count = 0;
  await session.search({ query: '饭团', conversation: null, order: 'oldest', hitLimit: 20, zone: 'Asia/Shanghai' }, (update) => { hits.push(...update.hits); count = update.count; }).finished;
  return { conversations: conversations.map(({ name, messageCount }) => name + ' ' + messageCount).sort(), opening: page.messages.map(({ text }) => text),
    pictureBytes: image.naturalWidth, hits: hits.map(({ snippet }) => snippet), count };
`;

/** What the page gave; an error in it fails the test with its text. */
async function runIn<Result>(browser: DrivenBrowser, body: string): Promise<Result> {
  const result = await browser.run<Result & { readonly failed?: string }>(body);
  if (result.failed !== undefined) throw new Error(JSON.stringify(result));
  return result;
}

for (const engine of engines) {
  describe(`the main journey in ${engine.name}`, () => {
    const missing = engine.missing();
    it.skipIf(missing !== null && process.env['CI'] !== 'true')(
      `imports, reads, searches, and finds it again${missing === null ? '' : ` (install the Debian package ${missing})`}`,
      async () => {
        expect(missing).toBeNull();
        const site = await serveSite(inject('harnessFolder'));
        const browser = await engine.launch();
        try {
          await browser.goto(site.url);
          const receipts = await runIn<{ added: number; mediaFound: number; problems: number }[]>(browser, importDemo);
          expect(receipts.reduce((sum, { added }) => sum + added, 0)).toBe(101);
          expect(receipts.reduce((sum, { mediaFound }) => sum + mediaFound, 0)).toBe(7);
          const first = await runIn<Seen>(browser, look);
          expect(first.conversations).toEqual(['Lena 37', '周末爬山 43', '妈妈 21']);
          expect(first.opening[1]).toBe('Happy new year! Did you arrive safely?');
          expect(first.pictureBytes).toBe(960);
          expect(first.count).toBe(3);
          expect(first.hits[0]).toContain('饭团');
          await browser.goto(site.url);
          expect(await runIn<Seen>(browser, look)).toEqual(first);
        } finally {
          await browser.close();
          await site.close();
        }
      },
    );
  });
}
