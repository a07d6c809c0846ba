// Names replaced and parts blacked out, from the dialog of the built app, in every format: what was to be hidden stands nowhere in
// the file, in no encoding that a reader would undo.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { messageFormats } from '../../src/model/export';
import { inspectPdfFile } from '../tools/inspect-pdf';
import { type OpenedApp, openApp } from './app';
import { goToImport, importFiles, openConversation } from './interface';

const chat = JSON.stringify({
  name: 'Ottilie Quast',
  type: 'personal_chat',
  id: 77001122,
  messages: [
    { from: 'Ottilie Quast', from_id: 'user77001122', text: 'Hello Benno, the code word is pomegranate' },
    { from: 'Benno Vries', from_id: 'user88003344', text: 'Ottilie, write to ottilie.q@example.org or ＰＯＭＥＧＲＡＮＡＴＥ99' },
    { from: 'Ottilie Quast', from_id: 'user77001122', text: 'My number is +49 151 5550199, the card 4929 1234 5678 9012', reply_to_message_id: 2 },
    { from: 'Benno Vries', from_id: 'user88003344', text: 'See https://intranet.example.com/quast?id=7 for the weather' },
    { from: 'Benno Vries', from_id: 'user88003344', text: 'Nothing to hide in this line', forwarded_from: 'Ottilie Quast', reactions: [{ type: 'emoji', emoji: '👍', count: 1, recent: [{ from: 'Ottilie Quast', from_id: 'user77001122', date: '2025-06-01T12:00:00' }] }] },
  ].map((message, at) => ({ id: at + 1, type: 'message', date: `2025-06-01T10:0${at}:00`, date_unixtime: String(1748764800 + at * 60), text_entities: [], ...message })),
}); // prettier-ignore

const hidden = /ottilie|quast|benno|vries|pomegranate|example\.org|intranet|5550199|151 555|\b4929\b|\b9012\b|77001122|88003344/i;
let app: OpenedApp;
let page: Page;

beforeAll(async () => {
  app = await openApp({ 'chat/result.json': chat });
  ({ page } = app);
  // A dialog of the system cannot be driven: as in Firefox, the file becomes a download.
  await app.context.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await goToImport(page, app.site.url);
  await page.reload();
  await importFiles(page, join(app.folder, 'chat/result.json'));
  await page.goto(`${app.site.url}#/`);
  await openConversation(page, 'Ottilie Quast');
  await page.getByRole('button', { name: 'Conversation menu' }).click();
  await page.getByRole('menuitem', { name: 'Details of the conversation' }).click();
});

afterAll(() => app.close());

/** The dialog, filled in; gives the downloaded file and the name that was proposed for it. */
async function exportAs(format: string): Promise<{ readonly path: string; readonly name: string }> {
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Format').selectOption(format);
  await dialog.getByLabel(/^Replace names/).check();
  await dialog.getByLabel('Black out parts').check();
  await dialog.getByLabel('Words and phrases, one on each line').fill('pomegranate\n');
  for (const kind of ['Telephone numbers', 'E-mail addresses', 'Links', /^Long numbers/]) await dialog.getByLabel(kind).check();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  await dialog.getByText('The file is written.').waitFor();
  const path = await (await download).path();
  await dialog.getByRole('button', { name: 'It is there: remove the copy' }).click();
  return { path, name: (await download).suggestedFilename() };
}

/** As a reader would see it: escapes of JSON and of HTML undone, and what is packed into the page in Base64. */
function readable(text: string): string {
  const packed = [...text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)].map(([piece]) => Buffer.from(piece, 'base64').toString('utf8'));
  const unescaped = text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  return [text, unescaped, ...packed].join('\n').normalize('NFKC');
}

it.each(messageFormats.map((format) => [format] as const))('hides it in %s, and nothing else', async (format) => {
  const { path, name } = await exportAs(format);
  expect(name).not.toMatch(hidden);
  const text = format === 'pdf' ? (await inspectPdfFile(path)).text : readFileSync(path, 'utf8');
  expect(hidden.exec(readable(text))?.[0]).toBeUndefined();
  expect(text.replaceAll(/\s+/g, ' ')).toContain('Nothing to hide in this line');
  expect(text).toMatch(/Person 1/);
});

it('broke no policy meanwhile', () => {
  expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);
});
