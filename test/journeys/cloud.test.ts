// Services that are reached by their owner's consent, through the interface of the built app, against contract fakes: consent in a
// window of its own, a first backup, and stock restic reads what the fake keeps; consent refused, forged, ended.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterEach, describe, expect, inject, it } from 'vitest';
import type { CloudKind } from '../../src/model/drive';
import { startDropbox } from '../drives/fakes/dropbox';
import { type FakeConsent, fakeClientId } from '../drives/fakes/fake-consent';
import type { FakeService } from '../drives/fakes/fake-service';
import { startGoogleDrive } from '../drives/fakes/google-drive';
import { startOnedrive } from '../drives/fakes/onedrive';
import { makeRestic } from '../interop/restic';
import { graveFaults, main, press } from './backup-interface-steps';
import { launchChromium, type Watched, waitForControl, watch } from './browser';
import { conversationRow, openConversation, takeButton } from './interface';
import { serveSite, type Site } from './serve';

const passphrase = 'seven quiet moths over snow';
const services: readonly (readonly [CloudKind, string, () => Promise<FakeService & { readonly consent: FakeConsent }>])[] = [
  ['dropbox', 'Dropbox', startDropbox],
  ['onedrive', 'OneDrive', startOnedrive],
  ['google-drive', 'Google Drive', startGoogleDrive],
];

interface Opened {
  readonly fake: FakeService & { readonly consent: FakeConsent };
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly site: Site;
  readonly page: Page;
  readonly watched: Watched;
}

const opened: Opened[] = [];

async function close({ fake, browser, site }: Opened): Promise<void> {
  await browser.close();
  await fake.stop();
  await site.close();
}

afterEach(async () => {
  for (const one of opened.splice(0)) await close(one);
});

/** An empty device in the browser that is led to the fake. */
async function newDevice({ browser, site }: Pick<Opened, 'browser' | 'site'>): Promise<Pick<Opened, 'context' | 'page' | 'watched'>> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  const watched = await watch(context);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(site.url);
  await waitForControl(page);
  return { context, page, watched };
}

/** On the step that asks for consent. */
async function chooseService({ page }: Pick<Opened, 'page'>, name: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
  await press(page, 'Next');
  await page.getByLabel('Client id of this page').fill(fakeClientId);
}

/** The app with the demo's messages, on the step that asks for consent. */
async function openService(kind: CloudKind): Promise<Opened> {
  const [, name, start] = services.find(([one]) => one === kind) ?? [];
  if (name === undefined || start === undefined) throw new Error(`no fake of ${kind}`);
  const fake = await start();
  const browser = await launchChromium(fake.chromiumArguments);
  const site = await serveSite(inject('appFolder'), { headers: true });
  const one = { fake, browser, site, ...(await newDevice({ browser, site })) };
  const { page } = one;
  opened.push(one);
  await page.getByRole('button', { name: 'Try it with an invented archive' }).click();
  await takeButton(page).click();
  await page.getByRole('heading', { name: '101 new messages' }).waitFor();
  await press(page, 'Read');
  await conversationRow(page, 'Lena').waitFor();
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Backup' }).click();
  await press(page, 'Set up a backup');
  await chooseService(one, name);
  return one;
}

/** Presses the button, and gives the window that asks for consent. */
async function askConsent({ page, context }: Opened): Promise<Page> {
  const [consent] = await Promise.all([context.waitForEvent('page'), press(page, /^Sign in with/)]);
  await consent.getByRole('link', { name: 'Allow' }).waitFor();
  return consent;
}

async function signIn(one: Opened): Promise<void> {
  const consent = await askConsent(one);
  await consent.getByRole('link', { name: 'Allow' }).click();
}

/** Signs in, and lets the doctor examine what that gives. */
async function connect(one: Opened): Promise<void> {
  await signIn(one);
  await one.page
    .getByRole('status')
    .filter({ hasText: /Everything that a backup needs works|Backups work here/ })
    .waitFor();
  await press(one.page, 'Next');
}

async function setUp(one: Opened): Promise<void> {
  const { page } = one;
  await connect(one);
  await page.getByLabel('Passphrase for the backup').fill(passphrase);
  await page.getByLabel('The passphrase again').fill(passphrase);
  await press(page, 'Set up the backup');
  await page.getByRole('heading', { name: 'The drive is set up' }).waitFor();
}

/** From the step on which the drive is set up. */
async function backUp({ page }: Opened): Promise<void> {
  await press(page, 'Go on to the first backup');
  await page.getByRole('heading', { name: /^Up to .* will be sent$/ }).waitFor();
  await press(page, 'Back up now');
}

/** On another device, with nothing but the service and the passphrase. */
async function restore(one: Opened, name: string): Promise<void> {
  const other = { ...one, ...(await newDevice(one)) };
  const { page } = other;
  await press(page, 'Restore from a backup');
  await chooseService(other, name);
  await connect(other);
  await page.getByLabel('Passphrase of the backup').fill(passphrase);
  await press(page, 'Open the backup');
  await page.getByRole('heading', { name: /^The newest snapshot is from/ }).waitFor();
  await main(page)
    .getByRole('link', { name: /101 messages/ })
    .click();
  await press(page, 'See what would come in');
  await takeButton(page).click();
  await page.getByRole('heading', { name: '101 new messages' }).waitFor();
  await press(page, 'Read');
  await conversationRow(page, 'Lena').waitFor();
  expect(other.watched.violations).toEqual([]);
}

/** Stock restic reads every byte of what the fake keeps. */
async function expectWhole({ fake }: Opened): Promise<void> {
  const repository = [fake.folder, join(fake.folder, 'Camphor')].find((folder) => existsSync(join(folder, 'config')));
  const restic = await makeRestic({ repository: repository ?? fake.folder, password: passphrase });
  expect(await restic.run('check', '--read-data')).toContain('no errors were found');
  await restic.remove();
}

/** What the browser keeps in the clear: nothing of it is a token. */
async function keptInTheClear({ page }: Opened): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const stores = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href, String(history.length)];
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) stores.push(url);
    return [...stores, JSON.stringify(databases)].join('\n');
  });
}

describe('a service that is reached by consent', () => {
  for (const [kind, name] of services)
    it(`${name}: consent, a first backup that stock restic reads, nothing of the tokens in the clear, and another device that restores`, async () => {
      const one = await openService(kind);
      expect(await graveFaults(one.page)).toEqual([]);
      await setUp(one);
      await backUp(one);
      await one.page.getByRole('heading', { name: 'Backed up and read back' }).waitFor();
      await expectWhole(one);
      expect(await keptInTheClear(one)).not.toMatch(/(?:token|refresh|code)-[0-9a-f]{24}/);
      // Addresses in the clear hold no access token, but for the one that Google's consent leads back with, which goes no further.
      expect(one.watched.requests.filter((url) => /[?&](?:access_token|refresh_token)=/.test(url))).toEqual([]);
      await restore(one, name);
      expect(one.fake.violations).toEqual([]);
      expect(one.watched.errors).toEqual([]);
      expect(one.watched.violations).toEqual([]);
    });

  it('is told when its owner refuses, and asks again', async () => {
    const one = await openService('dropbox');
    const consent = await askConsent(one);
    await consent.getByRole('link', { name: 'Refuse' }).click();
    await main(one.page).getByText('You did not allow it.').waitFor();
    await signIn(one);
    await one.page.getByRole('list', { name: 'Connection doctor' }).waitFor();
  });

  it('takes no answer that was not asked for', async () => {
    const one = await openService('dropbox');
    const consent = await askConsent(one);
    await one.page.evaluate(() => {
      const channel = new BroadcastChannel('camphor-consent');
      channel.postMessage({ answer: { code: 'forged', state: 'forged' } });
      channel.postMessage({ answer: null });
      channel.postMessage('answer');
    });
    await main(one.page).getByText('Waiting for your answer').waitFor();
    expect(one.fake.requests.filter(({ path }) => path === '/oauth2/token')).toEqual([]);
    await consent.getByRole('link', { name: 'Allow' }).click();
    await one.page.getByRole('list', { name: 'Connection doctor' }).waitFor();
  });

  it('goes on when a token ends in the middle, and says so when consent is taken back', async () => {
    const one = await openService('dropbox');
    await setUp(one);
    one.fake.consent.endTokens();
    await backUp(one);
    await one.page.getByRole('heading', { name: 'Backed up and read back' }).waitFor();
    await expectWhole(one);
    one.fake.consent.revoke();
    await press(one.page, 'Close');
    await press(one.page, 'Back up now');
    await main(one.page).getByText('The sign-in at the drive has ended.').waitFor();
    await press(one.page, 'Close');
    await main(one.page).getByText('The sign-in at this drive has ended').waitFor();
    // Signing in again from the page of the drive puts it right.
    await press(one.page, 'Change credentials or address');
    await one.page.getByLabel('Client id of this page').fill(fakeClientId);
    const [consent] = await Promise.all([
      one.context.waitForEvent('page'),
      one.page.getByRole('button', { name: 'Sign in with Dropbox' }).click(),
    ]);
    await consent.getByRole('link', { name: 'Allow' }).click();
    await one.page.getByText('The connection was changed.').waitFor();
    await main(one.page).getByText('The sign-in at this drive has ended').waitFor({ state: 'hidden' });
    await press(one.page, 'Back up now');
    await one.page.getByRole('heading', { name: 'Nothing is new since the last backup' }).waitFor();
    // The conversation itself says what that means for the phone: nothing was verified yet.
    await openConversation(one.page, 'Lena');
    await one.page.getByRole('button', { name: 'Conversation menu' }).click();
    await one.page.getByRole('menuitem', { name: 'Details of the conversation' }).click();
    await one.page.getByRole('complementary', { name: 'Details' }).getByText('but nothing there was verified').waitFor();
    expect(await graveFaults(one.page)).toEqual([]);
  });
});
