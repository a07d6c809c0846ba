// A conversation as a PDF, from the dialog of the built app, in a confined worker: read by Debian's poppler.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadZip } from 'client-zip';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { inspectPdfFile } from '../tools/inspect-pdf';
import { type OpenedApp, openApp } from './app';
import { engines } from './engines';
import { goToImport, importFiles, openConversation } from './interface';
import { serveSite } from './serve';

const texts = Array.from({ length: 120 }, (_, at) => `message ${at}: 第${at}条消息 🎉 ${'and more words '.repeat(at % 7)}`.trim());
const minute = (at: number): string => `${String(10 + Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const chat = [
  ...texts.map((text, at) => `01/06/2025, ${minute(at)} - ${at % 3 === 0 ? 'Ida' : '王小明'}: ${text}`),
  '01/06/2025, 13:00 - Ida: IMG-20250601-WA0001.png (file attached)',
  '01/06/2025, 13:01 - Ida: السلام عليكم https://example.org/path',
].join('\n');
let app: OpenedApp;
let page: Page;

beforeAll(async () => {
  const zip = downloadZip([
    { name: 'WhatsApp Chat with Ida.txt', input: chat },
    { name: 'IMG-20250601-WA0001.png', input: png },
  ]);
  app = await openApp({ 'WhatsApp Chat with Ida.zip': new Uint8Array(await zip.arrayBuffer()) });
  ({ page } = app);
  // A dialog of the system cannot be driven: as in Firefox, the file becomes a download.
  await app.context.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await goToImport(page, app.site.url);
  await page.reload();
  await importFiles(page, join(app.folder, 'WhatsApp Chat with Ida.zip'));
});

afterAll(() => app.close());

it('holds every message of the conversation, its picture and its link', async () => {
  await page.goto(`${app.site.url}#/`);
  await openConversation(page, 'Ida');
  await page.getByRole('button', { name: 'Conversation menu' }).click();
  await page.getByRole('menuitem', { name: 'Details of the conversation' }).click();
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Format').selectOption('pdf');
  await dialog.getByLabel('Photos, voice messages and files').selectOption('inside');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  await dialog.getByText('The file is written.').waitFor();
  const path = join(app.folder, 'ida.pdf');
  await (await download).saveAs(path);
  expect((await download).suggestedFilename()).toMatch(/^Ida \d{4}-\d\d-\d\d\.pdf$/);

  const pdf = await inspectPdfFile(path);
  expect(pdf.info).toMatchObject({ Title: 'Ida', Producer: 'Camphor' });
  expect(pdf.pictures).toEqual(['1x1 jpeg']);
  expect(pdf.links).toEqual(['https://example.org/path']);
  const letters = pdf.text.replace(/[\s\u202a-\u202e]/g, '');
  let from = 0;
  for (const text of [...texts, 'السلام عليكم']) {
    const wanted = text.replaceAll(' ', '');
    const at = letters.indexOf(wanted, from);
    expect(at, text).toBeGreaterThanOrEqual(from);
    from = at + wanted.length;
  }
  expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);
});

/** Takes in the demo and writes it as a PDF inside of the browser; in Base64. */
const writeDemo = `
  await session.vault.open();
  const job = session.startImport();
  const plan = await job.plan(await session.demoArchive(), 'Asia/Shanghai', () => {});
  const choices = plan.archives.map(({ archiveId }) => ({ archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' }));
  await job.run(choices, () => {});
  const request = { conversations: null, fromMs: null, toMs: null, found: null, format: 'pdf', media: 'inside', names: 'shown', zone: 'Asia/Shanghai', language: 'zh-CN' };
  const { file, ...result } = await session.exports.runMessages(request, null, () => {});
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { ...result, base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) };
`;

// WebKitGTK has no synchronous handles of files, without which nothing can lie inside of the browser until it is downloaded.
for (const engine of engines.filter(({ name }) => name === 'Firefox ESR')) {
  const missing = engine.missing();
  const name = `is written by ${engine.name}${missing === null ? '' : ` (install the Debian package ${missing})`}`;
  it.skipIf(missing !== null && process.env['CI'] !== 'true')(name, async () => {
    expect(missing).toBeNull();
    const site = await serveSite(inject('harnessFolder'));
    const browser = await engine.launch();
    const folder = mkdtempSync(join(tmpdir(), 'camphor-pdf-'));
    try {
      await browser.goto(site.url);
      const { base64, ...result } = await browser.run<{ readonly base64: string; readonly messages: number; readonly failed?: string }>(
        writeDemo,
      );
      expect(result).toMatchObject({ messages: 101, conversations: 3 });
      const path = join(folder, 'demo.pdf');
      writeFileSync(path, Buffer.from(base64, 'base64'));
      const pdf = await inspectPdfFile(path);
      for (const text of ['Happy new year! Did you arrive safely?', '今天走了两万一千步，膝盖在抗议']) expect(pdf.text).toContain(text);
      expect(pdf.pictures).toHaveLength(6);
    } finally {
      await browser.close();
      await site.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
