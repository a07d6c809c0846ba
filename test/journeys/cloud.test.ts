// Services that are reached by their owner's consent, through the interface of the built app, against contract fakes: consent in a
// window of its own, a first backup, and stock restic reads what the fake keeps; consent refused, forged, ended.
import { afterEach, describe, expect, it } from 'vitest';
import { fakeClientId } from '../drives/fakes/fake-consent';
import { graveFaults, main, press } from './backup-interface-steps';
import { askConsent, backUp, closeAll, expectWhole, type Opened, openService, restore, services, setUp, signIn } from './cloud-steps';
import { openConversation } from './interface';

afterEach(closeAll);

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
