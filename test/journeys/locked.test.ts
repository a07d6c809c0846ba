// An encrypted archive through the interface of the built app: a backup of Signal, its digits slipped, wrong and right, and the
// conversation that was in it. What the digits opened is nowhere in what the page keeps.
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { databaseVersion, end, insert, statement, writeBackup } from '../crypto/signal-backup-writer';
import type { Watched } from './browser';
import { conversationRow, messageWith, openConversation, takeButton } from './interface';
import type { Site } from './serve';

const digits = '012345678901234567890123456789';
const sent = 0xa00017;
const received = 0xa00014;
const { bytes: backup } = writeBackup(
  [
    databaseVersion(223),
    statement('CREATE TABLE recipient (_id, e164, profile_joined_name)'),
    statement('CREATE TABLE thread (_id, recipient_id)'),
    statement('CREATE TABLE message (_id, date_sent, thread_id, from_recipient_id, type, body)'),
    insert('recipient', 1, '+15550000001', 'Hana'),
    insert('recipient', 2, '+15550000002', 'Bob 李'),
    insert('thread', 1, 2),
    insert('message', 1, 1_700_000_000_000, 1, 2, received, 'is the chest still there'),
    insert('message', 2, 1_700_000_060_000, 1, 1, sent, 'in the attic 还在'),
    end,
  ],
  1,
  { digits, salt: new Uint8Array(32).fill(1), iv: new Uint8Array(16).fill(2) },
);
let app: OpenedApp;
let page: Page;
let site: Site;
let watched: Watched;
let folder: string;

beforeAll(async () => {
  app = await openApp({ 'signal-2026-01-01.backup': backup });
  ({ page, site, watched, folder } = app);
});

afterAll(() => app.close());

describe('a Signal backup', () => {
  it('asks for its digits, and says of a slip and of wrong ones what they are', async () => {
    await page.locator('input[type="file"][multiple]').setInputFiles(join(folder, 'signal-2026-01-01.backup'));
    await page.getByRole('heading', { name: 'An encrypted file' }).waitFor();
    const field = page.getByLabel('30 digits');
    await field.fill('1234x');
    await page.getByText('It has characters that no such key has.').waitFor();
    await field.fill('9'.repeat(30));
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText('These digits do not open it.').waitFor();
  });

  it('opens with the right ones in groups, and is imported and read', async () => {
    await page.getByLabel('30 digits').fill(digits.replace(/(\d{5})/g, '$1 '));
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await takeButton(page).click();
    await page.getByRole('heading', { name: '2 new messages' }).waitFor();
    await page.goto(`${site.url}#/`);
    await conversationRow(page, 'Bob 李').waitFor();
    await openConversation(page, 'Bob 李');
    await messageWith(page, 'in the attic 还在').waitFor();
  });

  it('breaks no policy, and keeps no digits', async () => {
    const kept = await page.evaluate(async () =>
      JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, history.state]),
    );
    expect(kept).not.toContain(digits);
    expect(watched).toMatchObject({ violations: [] });
  });
});
