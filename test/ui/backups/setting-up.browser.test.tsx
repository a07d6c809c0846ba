// Adding a drive in three steps: where, connect, secret; and what follows.

import { page } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recipeIds, stepCounts, waysTo } from '../../../src/ui/backups/recipe-list';
import { fakeRepositoryPassphrase, fakeWords } from '../fake-drive';
import { until } from '../mounted';
import { type Hand, open } from './act';

let hand: Hand;
beforeEach(() => page.viewport(1280, 900));
afterEach(() => hand.app.unmount());

const passphrase = 'copper thimble walrus meadow';

async function connect(): Promise<void> {
  await hand.click(/^Next$/);
  await hand.type('url', 'https://cloud.example.org/dav/camphor');
  await hand.type('username', 'robin');
  await hand.type('password', 'app-password');
  await hand.click('Test the connection');
}

describe('a new backup', () => {
  test('three steps, then recovery words at once', async () => {
    hand = await open('#/backup/new', 'none');
    await hand.see('Step 1 of 3');
    await connect();
    await hand.see('Everything that a backup needs works.');
    expect(hand.calls('examine')[0]).toEqual([
      { kind: 'webdav', url: 'https://cloud.example.org/dav/camphor/', username: 'robin', password: 'app-password' },
    ]);
    await hand.click(/^Next$/);
    await hand.see('No one can reset it, not even us.');
    await hand.type('new-passphrase', passphrase);
    await hand.type('new-passphrase-again', 'another one entirely');
    await hand.click('Set up the backup');
    await hand.see('The two do not match.');
    await hand.type('new-passphrase-again', passphrase);
    await hand.click('Set up the backup');
    await hand.see('The drive is set up');
    expect(hand.calls('addDrive')[0]?.[1]).toEqual({
      name: 'cloud.example.org',
      mode: 'create',
      secret: { kind: 'passphrase', text: passphrase },
    });
    await hand.click('Make a recovery sheet');
    await until('the sheet', () => location.hash === '#/backup/d1/sheet');
    expect(hand.calls('configureDrive')[0]).toEqual(['d1', { schedule: 'daily' }]);
  });

  test('a weak passphrase goes nowhere', async () => {
    hand = await open('#/backup/new', 'none');
    await connect();
    await hand.click(/^Next$/);
    await hand.type('new-passphrase', 'aaaaaaaaaaaa');
    await hand.type('new-passphrase-again', 'aaaaaaaaaaaa');
    await hand.click('Set up the backup');
    await hand.see('Easy to guess. Add words.');
    expect(hand.calls('addDrive')).toEqual([]);
  });

  test('drives that no page can reach have each their ways, step by step, with what is to be typed', async () => {
    hand = await open('#/backup/new', 'none');
    await hand.see('Drives that no page can reach');
    const recipes = [...hand.app.root.querySelectorAll('main details')];
    expect(recipes.map((recipe) => recipe.querySelector('summary')?.textContent)).toHaveLength(recipeIds.length);
    for (const [index, id] of recipeIds.entries()) {
      const recipe = recipes[index];
      recipe?.querySelector('summary')?.click();
      const ways = [...(recipe?.querySelectorAll('section') ?? [])];
      expect(ways.map((way) => way.querySelectorAll('li').length)).toEqual(waysTo[id].map((way) => stepCounts[way]));
      expect(recipe?.textContent).not.toMatch(/[{}]\w*}|undefined|such as \.|is , for/);
      if (waysTo[id].includes('rclone')) expect(recipe?.textContent).toContain(`--allow-origin ${location.origin}`);
    }
  });

  test('a service that lets no page in says so and offers what works', async () => {
    hand = await open('#/backup/new', 'none');
    const service = await until('the services', () => hand.app.root.querySelector<HTMLSelectElement>('main select'));
    service.value = 'jianguoyun';
    service.dispatchEvent(new Event('change', { bubbles: true }));
    await hand.see('Web pages cannot reach it directly.');
    await hand.click('Use its synced folder');
    await hand.click(/^Next$/);
    await hand.click('Choose a folder');
    await hand.see('Everything that a backup needs works.');
    expect(hand.calls('examine')[0]?.[0]).toMatchObject({ kind: 'folder', folderName: 'Backups' });
  });

  test('a folder asks whether it is carried elsewhere', async () => {
    hand = await open('#/backup/d2', 'folder');
    await hand.see('Is this folder carried elsewhere?');
    (
      await until('the answer', () =>
        [...hand.app.root.querySelectorAll<HTMLElement>('main label')].find((label) => label.textContent?.includes('Yes, it is')),
      )
    ).click();
    await until('the call', () => hand.calls('configureDrive').length === 1);
    expect(hand.calls('configureDrive')[0]).toEqual(['d2', { isSynced: true }]);
  });

  test('a bucket', async () => {
    hand = await open('#/backup/new', 'none');
    (await until('the kinds', () => hand.app.root.querySelectorAll<HTMLElement>('main input[type=radio]')[1])).click();
    await hand.click(/^Next$/);
    await hand.type('endpoint', 's3.example.org');
    await hand.type('bucket', 'my/bucket');
    await hand.click('Test the connection');
    await hand.see('A bucket has letters, digits, dots and hyphens, and no slash.');
    await hand.type('bucket', 'chest');
    await hand.type('accessKeyId', 'id');
    await hand.type('secretAccessKey', 'key');
    await hand.click('Test the connection');
    await until('the doctor', () => hand.calls('examine').length === 1);
    expect(hand.calls('examine')[0]?.[0]).toMatchObject({ endpoint: 'https://s3.example.org', bucket: 'chest', prefix: 'camphor/' });
  });
});

describe('the doctor', () => {
  test('names the fault, gives the lines for the server, and lets nobody on', async () => {
    hand = await open('#/backup/new', 'cors');
    await connect();
    await hand.see('does not say that this page may use it (CORS)');
    await hand.see('11 further steps were not tried.');
    const server = await until('the servers', () => [...hand.app.root.querySelectorAll('select')].at(-1));
    server.value = 'apache';
    server.dispatchEvent(new Event('change', { bubbles: true }));
    await hand.see(`Access-Control-Allow-Origin "${location.origin}"`);
    expect([...hand.app.root.querySelectorAll('main button')].map((one) => one.textContent)).not.toContain('Next');
  });

  test('limits are said, and do not stand in the way', async () => {
    hand = await open('#/backup/new', 'limited');
    await connect();
    await hand.see('Backups work here, with the limits below.');
    expect(hand.text()).toContain('a broken file stays behind');
    await hand.click(/^Next$/);
    await hand.see('A passphrase for the new backup');
  });
});

describe('a backup that is there', () => {
  test('is opened, never replaced; a wrong passphrase is no dead end', async () => {
    hand = await open('#/backup/new', 'existing');
    await connect();
    await hand.click(/^Next$/);
    await hand.see('Open the backup that is there');
    await hand.type('passphrase', 'not this one');
    await hand.click('Open the backup');
    await hand.see('This does not open the backup. Nothing was changed.');
    await hand.type('passphrase', fakeRepositoryPassphrase);
    await hand.click(/^Open the backup$/);
    await until('the drive', () => location.hash === '#/backup/d1');
    expect(hand.calls('addDrive').at(-1)?.[1]).toMatchObject({ mode: 'open' });
  });

  test('with the recovery words alone, as from the first screen of an empty device', async () => {
    hand = await open('#/', 'existing', { conversations: [] });
    await hand.click('Restore from a backup');
    await hand.see('Where is the backup?');
    await connect();
    await hand.click(/^Next$/);
    await hand.click('Recovery words');
    await hand.type('words', fakeWords.slice(0, 23).join(' '));
    await hand.click(/^Open the backup$/);
    await hand.see('The sheet has 24 words.');
    await hand.type('words', fakeWords.join('\n'));
    await hand.click(/^Open the backup$/);
    await until('the snapshots', () => location.hash === '#/backup/d1/history');
    expect(hand.calls('addDrive')[0]?.[1]).toMatchObject({ mode: 'open', secret: { kind: 'recovery-words' } });
  });

  test('with a passkey, where the browser has them', async () => {
    hand = await open('#/backup/new', 'existing');
    await connect();
    await hand.click(/^Next$/);
    await hand.click(/^Passkey$/);
    await hand.see('The passkey must have been made at this address.');
    await hand.click(/^Open the backup$/);
    await until('the drive', () => location.hash === '#/backup/d1');
    expect(hand.calls('addDrive')[0]?.[1]).toMatchObject({ mode: 'open', secret: { kind: 'passkey', text: 'cGFzc2tleQ' } });
  });

  test('where one wants to restore and nothing is there, it says so', async () => {
    hand = await open('#/backup/restore', 'none');
    await connect();
    await hand.see('There is no backup at this place.');
    expect([...hand.app.root.querySelectorAll<HTMLButtonElement>('main button')].find((one) => one.textContent === 'Next')?.disabled).toBe(
      true,
    );
  });
});
