// Steps with services that are reached by consent, through the interface of the built app, against contract fakes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { expect, inject } from 'vitest';
import type { CloudKind } from '../../src/model/drive';
import { startDropbox } from '../drives/fakes/dropbox';
import { type FakeConsent, fakeClientId } from '../drives/fakes/fake-consent';
import type { FakeService } from '../drives/fakes/fake-service';
import { startGoogleDrive } from '../drives/fakes/google-drive';
import { startOnedrive } from '../drives/fakes/onedrive';
import { makeRestic } from '../interop/restic';
import { giveSecret, main, press } from './backup-interface-steps';
import { launchChromium, type Watched, waitForControl, watch } from './browser';
import { conversationRow, importFiles, takeButton } from './interface';
import { serveSite, type Site } from './serve';

const passphrase = 'seven quiet moths over snow';
export const services: readonly (readonly [CloudKind, string, () => Promise<FakeService & { readonly consent: FakeConsent }>])[] = [
  ['dropbox', 'Dropbox', startDropbox],
  ['onedrive', 'OneDrive', startOnedrive],
  ['google-drive', 'Google Drive', startGoogleDrive],
];

export interface Opened {
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

/** To be called after each test. */
export async function closeAll(): Promise<void> {
  for (const one of opened.splice(0)) await close(one);
}

export interface DeviceOptions {
  /** What its clock is ahead of ours, in ms. */
  readonly aheadMs?: number;
  /** Windows that the page asks for are not opened, as in an app on the iPhone's Home Screen. */
  readonly hasNoWindows?: boolean;
}

/** In place of `Date` of a page or worker: the same, moved. */
function moveClock(byMs: number): void {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...parts: []) {
      super(...(parts.length === 0 ? ([Real.now() + byMs] as unknown as []) : parts));
    }
    static override now(): number {
      return Real.now() + byMs;
    }
  } as DateConstructor;
}

/** An empty device in the browser that is led to the fake. */
export async function newDevice(
  { browser, site }: Pick<Opened, 'browser' | 'site'>,
  { aheadMs = 0, hasNoWindows = false }: DeviceOptions = {},
): Promise<Pick<Opened, 'context' | 'page' | 'watched'>> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  const watched = await watch(context);
  if (hasNoWindows) await context.addInitScript(() => void (window.open = () => null));
  const page = await context.newPage();
  if (aheadMs !== 0) {
    await page.addInitScript(moveClock, aheadMs);
    page.on('worker', (worker) => void worker.evaluate(moveClock, aheadMs).catch(() => {}));
  }
  page.setDefaultTimeout(120_000);
  await page.goto(site.url);
  await waitForControl(page);
  return { context, page, watched };
}

/** On the step that asks for consent. */
export async function chooseService({ page }: Pick<Opened, 'page'>, name: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
  await press(page, 'Next');
  await page.getByLabel('Client id of this page').fill(fakeClientId);
}

export interface OpenOptions {
  /** What is taken in; without it the demo's archive. */
  readonly archive?: string;
  readonly device?: DeviceOptions;
}

async function takeDemo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try it with an invented archive' }).click();
  await takeButton(page).click();
  await page.getByRole('heading', { name: '101 new messages' }).waitFor();
}

/** The app with messages, on the step that asks for consent. */
export async function openService(kind: CloudKind, { archive, device }: OpenOptions = {}): Promise<Opened> {
  const [, name, start] = services.find(([one]) => one === kind) ?? [];
  if (name === undefined || start === undefined) throw new Error(`no fake of ${kind}`);
  const fake = await start();
  const browser = await launchChromium(fake.chromiumArguments);
  const site = await serveSite(inject('appFolder'), { headers: true });
  const one = { fake, browser, site, ...(await newDevice({ browser, site }, device)) };
  const { page } = one;
  opened.push(one);
  await (archive === undefined ? takeDemo(page) : importFiles(page, archive));
  await press(page, 'Read');
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Backup' }).click();
  await press(page, 'Set up a backup');
  await chooseService(one, name);
  return one;
}

/** Presses the button, and gives the window that asks for consent. */
export async function askConsent({ page, context }: Opened): Promise<Page> {
  const [consent] = await Promise.all([context.waitForEvent('page'), press(page, /^Sign in with/)]);
  await consent.getByRole('link', { name: 'Allow' }).waitFor();
  return consent;
}

export async function signIn(one: Opened): Promise<void> {
  const consent = await askConsent(one);
  await consent.getByRole('link', { name: 'Allow' }).click();
}

/** Lets the doctor examine what a sign-in gave. */
async function examined({ page }: Opened): Promise<void> {
  await page
    .getByRole('status')
    .filter({ hasText: /Everything that a backup needs works|Backups work here/ })
    .waitFor();
  await press(page, 'Next');
}

/** Signs in, and lets the doctor examine what that gives. */
export async function connect(one: Opened): Promise<void> {
  await signIn(one);
  await examined(one);
}

/** From the doctor on, which runs already. */
export async function setUpFromDoctor(one: Opened): Promise<void> {
  const { page } = one;
  await examined(one);
  await giveSecret(page, passphrase);
  await page.getByRole('heading', { name: 'The drive is set up' }).waitFor();
}

export async function setUp(one: Opened): Promise<void> {
  await signIn(one);
  await setUpFromDoctor(one);
}

/** From the step on which the drive is set up. */
export async function backUp({ page }: Opened): Promise<void> {
  await press(page, 'Go on to the first backup');
  await page.getByRole('heading', { name: /^Up to .* will be sent$/ }).waitFor();
  await press(page, 'Back up now');
}

/** On another device, with nothing but the service and the passphrase. */
export async function restore(one: Opened, name: string, messages = 101, conversation = 'Lena'): Promise<void> {
  const other = { ...one, ...(await newDevice(one)) };
  const { page } = other;
  await press(page, 'Restore from a backup');
  await chooseService(other, name);
  await connect(other);
  await page.getByLabel('Passphrase of the backup').fill(passphrase);
  await press(page, 'Open the backup');
  await page.getByRole('heading', { name: /^The newest snapshot is from/ }).waitFor();
  await main(page)
    .getByRole('link', { name: new RegExp(`${messages} messages`) })
    .click();
  await press(page, 'See what would come in');
  await takeButton(page).click();
  await page.getByRole('heading', { name: `${messages} new messages` }).waitFor();
  await press(page, 'Read');
  await conversationRow(page, conversation).waitFor();
  expect(other.watched.violations).toEqual([]);
}

/** Stock restic reads every byte of what the fake keeps; gives when its snapshots were taken, in ms. */
export async function expectWhole({ fake }: Opened): Promise<readonly number[]> {
  const repository = [fake.folder, join(fake.folder, 'Camphor')].find((folder) => existsSync(join(folder, 'config')));
  const restic = await makeRestic({ repository: repository ?? fake.folder, password: passphrase });
  expect(await restic.run('check', '--read-data')).toContain('no errors were found');
  const snapshots = JSON.parse(await restic.run('snapshots', '--json')) as readonly { readonly time: string }[];
  await restic.remove();
  return snapshots.map(({ time }) => Date.parse(time));
}

/** Once more, from the page of the drive. */
export async function backUpAgain({ page }: Opened): Promise<void> {
  await press(page, 'Back up now');
  await page.getByRole('heading', { name: /^Up to .* will be sent$/ }).waitFor();
  await press(page, 'Back up now');
}

export const backedUp = ({ page }: Opened): Promise<void> => page.getByRole('heading', { name: 'Backed up and read back' }).waitFor();
