// The app served from the drive's own address, as on a NAS that lets no other page in: no CORS is needed, and the service worker,
// which lets nobody else past the app's files, lets the worker through that reaches the drive.
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { startRclone } from '../interop/servers/rclone';
import { makeRestic } from '../interop/restic';
import { connect, giveSecret, press } from './backup-interface-steps';
import { launchChromium, waitForControl, watch } from './browser';
import { takeButton } from './interface';
import { serveSite } from './serve';

const passphrase = 'seven quiet moths over snow';
const account = { username: 'ann', password: 'drive password' };

it('backs up to a drive at its own address, and still nobody else passes', async () => {
  const rclone = await startRclone(account);
  const site = await serveSite(inject('appFolder'), { headers: true, forward: { below: '/chest/', to: rclone.url } });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    const watched = await watch(context);
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(site.url);
    await waitForControl(page);
    await page.getByRole('button', { name: 'Try it with an invented archive' }).click();
    await takeButton(page).click();
    await press(page, 'Read');
    await page.goto(`${site.url}#/backup/new`);
    const steps = await connect(page, { ...account, url: `${site.url}chest/` }, async () => {});
    expect(steps.filter((step) => /\bfails\b/.test(step))).toEqual([]);
    await giveSecret(page, passphrase);
    await press(page, 'Go on to the first backup');
    await page.getByRole('heading', { name: /^Up to .* will be sent$/ }).waitFor();
    await press(page, 'Back up now');
    await page.getByRole('heading', { name: 'Backed up and read back' }).waitFor();
    const restic = await makeRestic({ repository: join(rclone.folder, 'chest'), password: passphrase });
    expect(await restic.run('check', '--read-data')).toContain('no errors were found');
    await restic.remove();
    // The page itself does not pass, nor does anybody with a query.
    const asked = await page.evaluate(async () =>
      Promise.all(['chest/config', 'index.html?secret=1'].map(async (path) => (await fetch(path)).status)),
    );
    expect(asked).toEqual([404, 404]);
    expect(watched.violations).toEqual([]);
  } finally {
    await browser.close();
    await site.close();
    await rclone.stop();
  }
});
