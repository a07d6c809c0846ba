// Consent where no window opens, as in an app on the iPhone's Home Screen: the page is left for it, the vault is unlocked again on the
// way back, and the sign-in goes on where it was.
import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeClientId } from '../drives/fakes/fake-consent';
import { graveFaults, main, press } from './backup-interface-steps';
import { backedUp, backUp, chooseService, closeAll, expectWhole, type Opened, openService, services, setUpFromDoctor } from './cloud-steps';
import { lockField, setPassphrase, unlock } from './interface';

const vaultPassphrase = 'nine slow herons at dusk';

afterEach(closeAll);

/** On the step that asks for consent, with a vault that has a passphrase. */
async function openLocked(kind: (typeof services)[number][0], name: string): Promise<Opened> {
  const one = await openService(kind, { device: { hasNoWindows: true } });
  await setPassphrase(one.page, one.site.url, vaultPassphrase);
  await one.page.goto(`${one.site.url}#/backup/new`);
  await chooseService(one, name);
  return one;
}

/** Away to the service's page. */
async function leave(page: Page, name: string): Promise<void> {
  const button = (words: string) => page.getByRole('button', { name: words });
  await button(`Sign in with ${name}`).click();
  await page.getByText('The browser opens no window here.').waitFor();
  await button(`Go to ${name}`).click();
  await page.getByRole('link', { name: 'Allow' }).waitFor();
}

const storage = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([localStorage, sessionStorage, window.name, location.href]));

/** What a service gives, as the fakes write it. */
const secret = /(?:token|refresh|code)-[0-9a-f]{24}/;

describe('consent by leaving the page', () => {
  it.each(services)('%s: the vault is unlocked on the way back, and the sign-in goes on where it was', async (kind, name) => {
    const one = await openLocked(kind, name);
    const { page } = one;
    await leave(page, name);
    await page.getByRole('link', { name: 'Allow' }).click();
    await lockField(page).waitFor();
    const kept = await storage(page);
    expect(kept).toContain('sealed');
    expect(kept).not.toMatch(secret);
    await unlock(page, vaultPassphrase);
    await setUpFromDoctor(one);
    expect(await storage(page)).not.toContain('camphor-consent-left');
    await backUp(one);
    await backedUp(one);
    await expectWhole(one);
    expect(await storage(page)).not.toMatch(secret);
    expect(one.fake.violations).toEqual([]);
    expect(one.watched.violations).toEqual([]);
    expect(one.watched.errors).toEqual([]);
  });

  it('is told when its owner refuses, on the same step, and asks again', async () => {
    const one = await openLocked('dropbox', 'Dropbox');
    const { page } = one;
    await leave(page, 'Dropbox');
    await page.getByRole('link', { name: 'Refuse' }).click();
    await unlock(page, vaultPassphrase);
    await main(page).getByText('You did not allow it.').waitFor();
    expect(await graveFaults(page)).toEqual([]);
    await page.getByLabel('Client id of this page').fill(fakeClientId);
    await leave(page, 'Dropbox');
    await page.getByRole('link', { name: 'Allow' }).click();
    await unlock(page, vaultPassphrase);
    await page.getByRole('list', { name: 'Connection doctor' }).waitFor();
  });

  it('takes an answer once, and none that was not asked for', async () => {
    const one = await openLocked('dropbox', 'Dropbox');
    const { page } = one;
    await leave(page, 'Dropbox');
    const allow = (await page.getByRole('link', { name: 'Allow' }).getAttribute('href')) ?? '';
    // Somebody else's answer leads nowhere, and leaves the owner's to come.
    await page.goto(`${one.site.url}oauth.html?code=forged&state=forged`);
    await page.getByText('this window can be closed').waitFor();
    expect(await storage(page)).not.toContain('sealed');
    expect(page.url()).toBe(`${one.site.url}oauth.html`);
    await page.goto(allow);
    await unlock(page, vaultPassphrase);
    await page.getByRole('list', { name: 'Connection doctor' }).waitFor();
    const exchanges = (): number => one.fake.requests.filter(({ path }) => path === '/oauth2/token').length;
    expect(exchanges()).toBe(1);
    await page.goto(allow);
    await page.getByText('this window can be closed').waitFor();
    expect(await storage(page)).not.toContain('sealed');
    expect(exchanges()).toBe(1);
  });

  it('on the page of a drive: the connection is changed there', async () => {
    const one = await openLocked('onedrive', 'OneDrive');
    const { page } = one;
    await leave(page, 'OneDrive');
    await page.getByRole('link', { name: 'Allow' }).click();
    await unlock(page, vaultPassphrase);
    await setUpFromDoctor(one);
    await backUp(one);
    await backedUp(one);
    await press(page, 'Close');
    one.fake.consent.revoke();
    await press(page, 'Change credentials or address');
    await page.getByLabel('Client id of this page').fill(fakeClientId);
    await leave(page, 'OneDrive');
    await page.getByRole('link', { name: 'Allow' }).click();
    await unlock(page, vaultPassphrase);
    await page.getByText('The connection was changed.').waitFor();
    await press(page, 'Back up now');
    await page.getByRole('heading', { name: 'Nothing is new since the last backup' }).waitFor();
  });
});
