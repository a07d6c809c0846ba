// How a drive stands, a backup from its plan to its result, and what is said when it stops.

import { page } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CamphorError } from '../../../src/model/error';
import { until } from '../mounted';
import { type Hand, open } from './act';
import { backupScenarios } from './scenarios';

let hand: Hand;
beforeEach(() => page.viewport(1280, 900));
afterEach(() => hand.app.unmount());

const headline = (): string => hand.app.root.querySelector('main h2')?.textContent ?? '';
const drawn = (): Promise<unknown> => until('a headline', () => headline() !== '');

describe('how it stands', () => {
  test.each([
    ['none', 'Not backed up yet'],
    ['well', 'Safe: backed up today, verified 2 days ago'],
    ['fresh', 'Not backed up yet'],
    ['overdue', 'Overdue: last backed up 12 days ago'],
    ['folder', /^Written to a folder today, not yet a copy elsewhere$/],
    ['harmed', 'Part of the backup on Nextcloud at home is damaged'],
    ['vanished', 'Snapshots on Nextcloud at home are gone'],
    ['gone', 'Safe on Nextcloud at home only: the backup on Old server is gone'],
    ['evicted', 'This browser holds less than the backup on Nextcloud at home'],
  ] as const)('%s', async (scenario, words) => {
    hand = await open('#/backup', scenario);
    await drawn();
    expect(headline()).toMatch(words);
  });

  test('without a drive there is one main action', async () => {
    hand = await open('#/backup', 'none');
    await drawn();
    expect(hand.app.root.querySelectorAll('main [class*=main]').length).toBe(1);
    expect(hand.text()).toContain('Your drive sees sizes and times, never content.');
    await hand.click('Set up a backup');
    await hand.see('Where shall the backup go?');
  });

  test('copies elsewhere are counted, and a restore that was never tried is suggested', async () => {
    hand = await open('#/backup', 'gone');
    await hand.see('One copy elsewhere.');
    expect(hand.text()).toContain('Read back 2 days ago');
    expect(hand.text()).toContain('A restore was never tried');
    await hand.click('Try a restore');
    expect(location.hash).toBe('#/backup/d1/health');
  });

  test('every warning says what to do, and the way there', async () => {
    hand = await open('#/backup', 'harmed');
    await hand.see('most of it can be sent again from this device');
    await hand.click('Check it');
    expect(location.hash).toBe('#/backup/d1/health');
  });

  test('a backup that is only read is not written to', async () => {
    hand = await open('#/backup', 'vanished');
    await drawn();
    expect(hand.text()).not.toContain('Back up now');
  });

  test('what cannot be read is said, with a way to try again', async () => {
    hand = await open('#/backup', 'unreadable');
    await hand.see('An operation stopped');
    await hand.click('Try again');
  });

  test('a backup by itself waits for what the owner says, of what this browser can tell', async () => {
    Object.defineProperty(navigator, 'getBattery', { configurable: true, value: async () => ({ charging: false }) });
    hand = await open('#/backup/d1', 'well');
    await hand.see('A backup by itself waits for');
    const boxes = (): HTMLInputElement[] => [...hand.app.root.querySelectorAll<HTMLInputElement>('fieldset input[type=checkbox]')];
    boxes().at(-1)?.click();
    expect(hand.calls('configureDrive')).toEqual([['d1', { conditions: { unmetered: false, charging: true } }]]);
    expect(hand.text()).toContain('A backup that you start yourself does not wait.');
  });

  test('a drive that is not here is no blank page', async () => {
    hand = await open('#/backup/d77/keys', 'well');
    await hand.see('This drive is not set up here');
  });
});

describe('backing up', () => {
  test('the plan first, then the backup, then what came of it', async () => {
    hand = await open('#/backup', 'others');
    await hand.click('Back up now');
    await hand.see('Up to 640 MB will be sent');
    expect(hand.text()).toContain('7 of 1,204');
    expect(hand.text()).toContain('1 snapshot of another device comes in first');
    expect(hand.calls('run')).toEqual([]);
    await hand.click('Back up now');
    await hand.see('Backed up and read back');
    expect(hand.calls('run')).toEqual([['d1', { evenIfSmaller: false }]]);
    expect(hand.text()).toContain('6% fetched whole and compared');
  });

  test('nothing new is said as such', async () => {
    hand = await open('#/backup/d1', 'well', { backup: { ...backupScenarios.well, plan: { newBytes: 0 } } });
    await hand.click('Back up now');
    await hand.see('Nothing is new since the last backup');
  });

  test('goes on while one reads elsewhere, is told of below, pauses, and goes on', async () => {
    hand = await open('#/backup/d1', 'stuck');
    await hand.click('Back up now');
    await hand.see('Up to 640 MB');
    await hand.click('Back up now');
    await hand.see('275 MB of 640 MB');
    expect(hand.text()).toMatch(/133 MB sent · 6\.4 MB a second/);
    expect(document.title).toMatch(/^43%/);
    hand.app.root.querySelector<HTMLElement>('[data-conversation=mum]')?.click();
    await until('the strip', () => hand.app.root.querySelector('[class*=foot]')?.textContent?.includes('Backing up'));
    (await until('the way back', () => hand.app.root.querySelector<HTMLElement>('[class*=foot] button'))).click();
    await hand.click('Pause');
    await hand.see('What was sent is not sent again');
    expect(hand.calls('pause')).toHaveLength(1);
    expect(document.title).toBe('Camphor');
    await hand.click('Go on');
    await hand.see('275 MB of 640 MB');
    expect(hand.calls('run')).toHaveLength(2);
  });

  test('a much smaller vault is never sent unasked', async () => {
    hand = await open('#/backup/d1', 'shrank');
    await hand.click('Back up now');
    await hand.see('Up to 640 MB');
    await hand.click('Back up now');
    await hand.see('There is much less on this device than in the last backup');
    await hand.click('Back up the smaller state');
    await until('the second run', () => hand.calls('run').length === 2);
    expect(hand.calls('run')[1]).toEqual(['d1', { evenIfSmaller: true }, expect.anything()]);
  });

  test.each(['drive-full', 'drive-unauthorised', 'lock-lost', 'drive-busy', 'drive-unreachable'] as const)(
    '%s is said in words',
    async (code) => {
      hand = await open('#/backup/d1', 'well', { backup: { ...backupScenarios.well, fail: { run: new CamphorError(code) } } });
      await hand.click('Back up now');
      await hand.see('Up to 640 MB');
      await hand.click('Back up now');
      await hand.see('The backup stopped');
      const said = await until('the words', () => hand.app.root.querySelector('main [role=alert]')?.textContent);
      expect(said).toMatch(/untouched|stays there|not sent again/);
      expect(said).toContain('Try again');
    },
  );

  test('a folder asks for its permission again, and only then goes on', async () => {
    hand = await open('#/backup/d2', 'folder', {
      backup: { ...backupScenarios.folder, fail: { plan: new CamphorError('drive-permission') } },
    });
    await hand.click('Back up now');
    await hand.see('What is in it is untouched. Allow it again.');
    await hand.click('Allow the folder again');
    await until('the question', () => hand.calls('allowFolder').length === 1);
  });

  test('locking leaves nothing of it on the screen', async () => {
    hand = await open('#/backup/d1', 'stuck');
    await hand.click('Back up now');
    await hand.see('Up to 640 MB');
    hand.app.session.lock();
    await until('the lock', () => hand.app.root.querySelector('input[type=password]'));
    expect(hand.text()).not.toMatch(/Nextcloud|640/);
  });
});

test('the list of conversations says when a backup is overdue, and nothing when all is well', async () => {
  hand = await open('#/', 'overdue');
  const line = await until('the line', () => hand.app.root.querySelector<HTMLElement>('nav a[href="#/backup"]'));
  expect(line.textContent).toContain('Overdue: last backed up 12 days ago');
  line.click();
  await hand.see('The clocks differ');
});

test('the menu leads to the backup', async () => {
  hand = await open('#/', 'well');
  (await until('the menu', () => hand.app.root.querySelector<HTMLElement>('[aria-haspopup=menu]'))).click();
  (
    await until('the item', () =>
      [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((item) => item.textContent?.includes('Backup')),
    )
  ).click();
  await hand.see('Safe: backed up today');
});
