// History, restoring, looking inside, care, retention, keys, the recovery sheet, and removing for good.

import { cdp, page } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha } from '../fake-conversations';
import { fakeWords } from '../fake-drive';
import { named, settle, until } from '../mounted';
import { type Hand, open } from './act';

let hand: Hand;
beforeEach(() => page.viewport(1280, 900));
afterEach(() => hand.app.unmount());

describe('history', () => {
  test('snapshots with date, device, counts, what changed; restoring is an import that is looked at first', async () => {
    hand = await open('#/backup/d1/history', 'well');
    await hand.see('The newest snapshot is from today');
    expect(hand.text()).toContain('brave-heron');
    expect(hand.text()).toContain('New: 1 conversation, 4,021 messages, 60 media files');
    expect(hand.text()).toContain('made by another program');
    await hand.click('Restore from the newest');
    await hand.see('continues Mum: 12,480 known, 31 new');
    expect(hand.app.root.querySelector('main h1')?.textContent).toBe('Restore');
    expect(hand.calls('startRestore')[0]).toEqual(['d1', '5a0001']);
    await hand.click('Import');
    await hand.see('31 new messages');
    await hand.click('Get all media');
    await hand.see('812 of 812 files');
    expect(hand.calls('fetchMedia')[0]).toEqual([null]);
  });

  test('a snapshot is looked into without restoring it', async () => {
    hand = await open('#/backup/d1/snapshot/5a0001', 'well');
    await hand.see('国庆聚会');
    await hand.click('conversations');
    await hand.click('Mum');
    await hand.click('Open 2026-05.jsonl');
    await hand.see('This is /archive/conversations/aaaa/2026-05.jsonl');
    expect(hand.calls('startRestore')).toEqual([]);
  });

  test('a snapshot that is gone is said to be gone', async () => {
    hand = await open('#/backup/d1/snapshot/ffff', 'well');
    await hand.see('This snapshot is no longer on the drive');
  });
});

describe('care', () => {
  test('verify a part, or all of it', async () => {
    hand = await open('#/backup/d1/health', 'well');
    await hand.see('Verified 2 days ago, 42% of it re-read');
    const share = await until('the part', () => hand.app.root.querySelector<HTMLSelectElement>('main select'));
    share.value = '1';
    share.dispatchEvent(new Event('change', { bubbles: true }));
    await hand.click('Verify now');
    await hand.see('Everything that was read is whole');
    expect(hand.calls('verify')[0]).toEqual(['d1', 1]);
  });

  test('faults are named with what they affect, and repaired by a plan', async () => {
    hand = await open('#/backup/d1/health', 'harmed');
    await hand.click('Check now');
    await hand.see('5 faults were found');
    expect(hand.text()).toContain('/archive/conversations/aaaa/2024-05.jsonl');
    await hand.click('See what can be repaired');
    await hand.see('1 lost piece is sent again if it is whole here');
    expect(hand.calls('repair')).toEqual([]);
    await hand.click('Repair now');
    await hand.see('Repaired: 1 piece was sent again');
  });

  test('a drill says what was compared', async () => {
    hand = await open('#/backup/d1/health', 'well');
    await hand.click('Try a restore');
    await hand.see('Restored and compared: 2,048 messages and 12 media files.');
  });
});

describe('room on this device', () => {
  test('what would go is shown first, then goes', async () => {
    hand = await open('#/backup/d1', 'well');
    await hand.see('Make room on this device');
    expect(named(hand.app.root, 'Remove from this device')).toBeUndefined();
    const larger = [...hand.app.root.querySelectorAll('label')].find(({ textContent }) => /^Larger than 1\D/.test(textContent ?? ''));
    larger?.querySelector('input')?.click();
    const age = [...hand.app.root.querySelectorAll('select')].find((select) => select.textContent?.includes('Older than 12 months'));
    if (age !== undefined) age.value = '12';
    age?.dispatchEvent(new Event('change', { bubbles: true }));
    await hand.click('Show what would go');
    await hand.see(/812 files, 3\.7/);
    await hand.see(/kept only on “/);
    await hand.click('Remove from this device');
    await hand.see(/812 files went/);
    const yearAgoMs = Date.now() - 365 * 86_400_000;
    for (const verb of ['planFreeing', 'freeMedia']) {
      const [drive, choice] = hand.calls(verb)[0] as [string, { leastBytes: number; beforeMs: number }];
      expect([drive, choice.leastBytes]).toEqual(['d1', 1_000_000]);
      expect(Math.abs(choice.beforeMs - yearAgoMs)).toBeLessThan(3 * 86_400_000);
    }
  });

  test('nothing goes where it is not safe, and why is said', async () => {
    hand = await open('#/backup/d1', 'well', { backup: { freeing: { media: 0, bytes: 0, obstacle: 'never-verified' } } });
    await hand.click('Show what would go');
    await hand.see(/never read back whole/);
    expect(named(hand.app.root, 'Remove from this device')).toBeUndefined();
  });
});

describe('retention', () => {
  test('words follow the numbers, and nothing is removed before it was shown', async () => {
    hand = await open('#/backup/d1/retention', 'well');
    const last = await until('the numbers', () => hand.app.root.querySelector<HTMLInputElement>('main input[type=number]'));
    last.value = '9';
    last.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await hand.see('The last 9, one a day');
    await hand.click('Save');
    await until('the rule', () => hand.calls('configureDrive').length === 1);
    await hand.click('Show what would be removed');
    await hand.see('1 would be removed');
    expect(hand.calls('forget')).toEqual([]);
    await hand.click('Remove 1 snapshot');
    await until('the removal', () => hand.calls('forget').length === 1);
    expect(hand.calls('forget')[0]).toEqual(['d1', ['5a0004']]);
    await hand.click('Show what would be freed');
    await hand.see('38 MB');
    await hand.click('Tidy now');
    await hand.see('The drive is tidy');
  });

  test('is held while the last verify found damage', async () => {
    hand = await open('#/backup/d1/retention', 'harmed');
    await hand.see('Nothing is removed while the last verify found damage');
    expect(named(hand.app.root, 'Show what would be removed')).toBeUndefined();
  });
});

describe('keys', () => {
  test('are listed, added, removed; what removing cannot do is said', async () => {
    hand = await open('#/backup/d1/keys', 'well');
    await hand.see('2 keys open this backup');
    expect(hand.text()).toContain('cannot be revoked');
    await hand.click('Remove: Recovery words');
    await hand.click('Remove the key');
    await hand.see('1 key opens this backup');
    expect(hand.calls('removeKey')[0]).toEqual(['d1', 'k2']);
    expect(hand.text()).toContain('Needed');
    await hand.click(/^Passkey$/);
    await hand.see('A passkey works at this address only.');
    await hand.click(/^Add a key$/);
    await hand.see('Passkey 4f1a');
    expect(hand.calls('addKey')[0]).toEqual(['d1', { kind: 'passkey', text: 'cGFzc2tleQ' }]);
    expect(hand.text()).toContain('Needed');
  });
});

describe('recovery sheet', () => {
  test('is made here, printed, and its words are a key only after three of them were entered again', async () => {
    hand = await open('#/backup/d1/sheet', 'fresh');
    await hand.click('Make the words');
    await hand.see('These words do not open the backup yet.');
    const sheet = await until('the sheet', () => hand.app.root.querySelector('article'));
    for (const words of [...fakeWords, 'restic -r rclone:camphor: snapshots', 'cloud.example.org', '5c1f0a9e7b3d'])
      expect(sheet.textContent).toContain(words);
    await until('the code', () => sheet.querySelector('svg[role=img] path[d]'));
    expect(document.querySelector('body > [data-print] article')?.textContent).toContain(fakeWords[23]);
    // A page of paper is narrower than the window; the words must outlive being printed.
    await cdp().send('Emulation.setEmulatedMedia', { media: 'print' });
    await page.viewport(700, 900);
    await settle(100);
    expect(getComputedStyle(document.querySelector('body > [data-print]') as Element).display).toBe('block');
    await page.viewport(1280, 900);
    await cdp().send('Emulation.setEmulatedMedia', { media: '' });
    await settle(100);
    expect(sheet.isConnected).toBe(true);
    await hand.click('I have it on paper');
    const fields = await until('three fields', () => {
      const found = [...hand.app.root.querySelectorAll<HTMLInputElement>('main [data-place]')];
      return found.length === 3 ? found : null;
    });
    expect(hand.app.root.querySelector('article')).toBeNull();
    await hand.click('Make them a key');
    await hand.see(/Word \d+ is another one/);
    expect(hand.calls('addKey')).toEqual([]);
    for (const field of fields) {
      field.value = (fakeWords[Number(field.dataset['place'])] ?? '').toUpperCase();
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
    await hand.click('Make them a key');
    await hand.see('The words on your paper now open the backup');
    expect(hand.calls('addKey')[0]).toEqual(['d1', { kind: 'recovery-words', text: fakeWords.join(' ') }]);
    expect(document.querySelector('[data-print]')).toBeNull();
  });
});

describe('media on the drive only', () => {
  test('say where they are and how large, and are fetched one by one', async () => {
    hand = await open('#/c/mum/2', 'well', { elsewhere: [sha('a1'), sha('c1')] });
    await hand.see('On your drive');
    await hand.click('Get it');
    await until('the picture', () => hand.app.root.querySelector('article img'));
    expect(hand.calls('fetchMedia')[0]).toEqual([[sha('a1')]]);
    await hand.click('Save file');
    await hand.see('On your drive · 1.2 MB');
    await hand.click('Get it');
    await until('the second', () => hand.calls('fetchMedia').length === 2);
    expect(hand.calls('fetchMedia')[1]).toEqual([[sha('c1')]]);
  });
});

describe('removing for good', () => {
  const openDialog = async (): Promise<void> => {
    await until('the conversation', () => hand.app.root.querySelector('article'));
    await hand.click('Conversation menu');
    (
      await until('the item', () =>
        [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((item) => item.textContent?.includes('Remove')),
      )
    ).click();
  };
  test('asks how far it goes where there are drives, says how many snapshots are rewritten, and leaves a plan', async () => {
    hand = await open('#/c/mum', 'stuck', { backup: { stuck: false } });
    await openDialog();
    await hand.see('Your backups keep it, and your other devices too.');
    (
      await until('the strongest', () =>
        [...hand.app.root.querySelectorAll<HTMLElement>('dialog label')].find((one) => one.textContent?.includes('all backups')),
      )
    ).click();
    await hand.see('9 snapshots will be rewritten.');
    (
      await until('the button', () =>
        [...hand.app.root.querySelectorAll<HTMLElement>('dialog button')].find((one) => one.textContent === 'Remove'),
      )
    ).click();
    await until('the removal', () => hand.calls('removeFromBackups').length === 1);
    expect(hand.calls('removeFromBackups')[0]).toEqual(['d1', 'mum', 'all-backups']);
    await until('it to be gone', () => hand.app.root.querySelector('[data-conversation=mum]') === null);
  });

  test('without a drive there is nothing to ask', async () => {
    hand = await open('#/c/mum', 'none');
    await openDialog();
    await hand.see('will be removed from this device');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(hand.app.root.querySelectorAll('dialog input')).toHaveLength(0);
  });
});
