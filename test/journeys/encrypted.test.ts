// Encrypted databases through the interface of the built app: a wrong key, the right one, the chat; and afterwards nothing of what was
// in them in the browser's profile (A12, D10). The one with messages is too large to be held, so that its pages are read in place.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { encryptMade, sqlcipher4 } from '../bytes/sqlite/encrypt-pages';
import { messageTable } from '../importers/wechat-database/wechat-4-samples';
import { conversationRow, messageWith, openConversation, takeButton } from './interface';
import { createProfile, type Profile } from './profile';
import { serveSite, type Site } from './serve';

const [me, friend] = ['wxid_me0001', 'wxid_quaxolith'];
/** Words of no language: a name, a message, what the vault does not keep of the database, and the key. */
const canaries = {
  name: 'Vembuzzard',
  message: 'zorptangle',
  chinese: '龘靐齉爩',
  unread: 'glimporf of a table that nobody reads',
  schema: 'CREATE TABLE Name2Id (user_name TEXT PRIMARY KEY',
  key: 'a7c3'.repeat(16),
} as const;
const key = Buffer.from(canaries.key, 'hex');
const contactColumns = 'id INTEGER PRIMARY KEY, username TEXT, local_type INTEGER, alias TEXT, remark TEXT, nick_name TEXT';
const files = {
  'contact.db': `CREATE TABLE contact (${contactColumns}); CREATE TABLE stranger (${contactColumns});
    INSERT INTO contact (username, local_type, nick_name) VALUES ('${friend}', 1, '${canaries.name}'), ('${me}', 1, 'I');`,
  'message_0.db': `CREATE TABLE Name2Id (user_name TEXT PRIMARY KEY, is_session INTEGER);
    INSERT INTO Name2Id VALUES ('${friend}', 1), ('${me}', 0);
    ${messageTable(friend, [
      { sender: 1, content: `'the ${canaries.message}'` },
      { sender: 2, content: `'${canaries.chinese}'` },
    ])}
    CREATE TABLE filler (a, b); INSERT INTO filler SELECT '${canaries.unread}', zeroblob(1000000) FROM generate_series(1, 40);`,
};
let site: Site;
let folder: string;
let profile: Profile;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  site = await serveSite(inject('appFolder'), { headers: true });
  folder = mkdtempSync(join(tmpdir(), 'camphor-encrypted-'));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), encryptMade(sql, { ...sqlcipher4, key }).bytes);
  profile = createProfile();
  context = await profile.launch({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(30_000);
  page = context.pages()[0] ?? (await context.newPage());
  await page.goto(site.url);
});

afterAll(async () => {
  await context.close();
  await profile.kill();
  profile.remove();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

const answer = async (text: string): Promise<void> => {
  await page.getByRole('main').getByLabel('Key', { exact: true }).fill(text);
  await page.getByRole('main').getByRole('button', { name: 'Open', exact: true }).click();
};

it('are asked for once, by the version of SQLCipher, and say what a wrong key cannot tell', async () => {
  await page.locator('input[type="file"][multiple]').setInputFiles(Object.keys(files).map((name) => join(folder, name)));
  await page.getByRole('heading', { name: 'An encrypted file' }).waitFor();
  expect(await page.getByText('SQLCipher, version 1 to 4').count()).toBe(1);
  await answer(canaries.key.replace('a', 'b'));
  await page.getByRole('alert').filter({ hasText: 'cannot be told apart' }).waitFor();
});

it('open by their key, and are imported and read', async () => {
  await answer(`x'${canaries.key}'`);
  await takeButton(page).click();
  await page.getByRole('heading', { name: '2 new messages' }).waitFor();
  await page.goto(`${site.url}#/`);
  await conversationRow(page, canaries.name).waitFor();
  await openConversation(page, canaries.name);
  await messageWith(page, canaries.message).waitFor();
});

it('leave nothing of what was in them on the disk', async () => {
  await context.close();
  const paths = readdirSync(profile.folder, { recursive: true, encoding: 'utf8' }).map((name) => join(profile.folder, name));
  const looked = paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
  expect(looked.some((path) => path.includes('indexeddb.leveldb'))).toBe(true);
  const found = looked.flatMap((path) => {
    const bytes = readFileSync(path);
    return Object.entries(canaries)
      .filter(([, word]) => bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')))
      .map(([name]) => `${name} in ${relative(profile.folder, path)}`);
  });
  expect(found).toEqual([]);
  expect(looked.flatMap((path) => (readFileSync(path).includes(key) ? [relative(profile.folder, path)] : []))).toEqual([]);
});
