// The frame: first run, import from drop to receipt, lock, settings, languages.

import { page } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mountApp } from '../../src/ui/app';
import { createFakeSession, fakePassphrase } from './fake-session';
import { type Mounted, mount, named, settle, until } from './mounted';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

const text = (): string => app.root.textContent ?? '';
const click = async (words: string | RegExp): Promise<void> => (await until(`“${words}”`, () => named(app.root, words))).click();

describe('import', () => {
  test('from the first screen to the receipt', async () => {
    app = await mount('#/', { conversations: [] });
    await click('invented');
    await until('the plan', () => text().includes('continues Mum: 12,480 known, 31 new'));
    expect(text()).toContain('WhatsApp export, Android, dates as day, month, year');
    await until('what nothing recognised', () => text().includes('2 files were not recognised'));
    expect(text()).not.toContain('\u202E');
    await click('Import 2 archives');
    await until('the result', () => text().includes('31 new messages'));
    await click('Whole receipt');
    await until('the receipt', () => text().includes('SHA-256'));
    expect(text()).not.toContain('onerror');
    app.root.querySelector<HTMLDetailsElement>('details')?.querySelector('summary')?.click();
    await until('the raw piece, as text', () => text().includes('<img src=x onerror=alert(1)>'));
  });

  test('whoever is new reads the first words before the vault is open; nobody else does', async () => {
    const root = document.createElement('div');
    const dispose = mountApp(root, createFakeSession({ stuckOpening: true }));
    await settle(300);
    expect(root.textContent).toBe('');
    dispose();
    app = await mount('#/', { conversations: [], stuckOpening: true, preferences: { seenVersion: '' } });
    await until('the first words', () => text().includes('Nothing is uploaded'));
    app.unmount();
    // The answer decides, whatever was shown before it: here are conversations all the same.
    app = await mount('#/', { preferences: { seenVersion: '' } });
    await until('the list', () => app.root.querySelector('nav a[data-conversation]'));
    expect(text()).not.toContain('Nothing is uploaded');
    await until('the version to be remembered', () => app.session.preferences.seenVersion === __APP_VERSION__);
  });

  test('commands work while nothing is kept yet', async () => {
    app = await mount('#/import', { conversations: [] });
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }));
    await until('the palette', () => app.root.querySelector('dialog[open] [role=option]'));
  });

  test('a file dropped anywhere begins one', async () => {
    app = await mount('#/c/mum');
    await until('messages', () => app.root.querySelector('article'));
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'chat.txt'));
    window.dispatchEvent(new DragEvent('dragover', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    expect(text()).toContain('Drop it here');
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    await until('the plan', () => text().includes('2 archives were found'));
  });

  test('goes on while the owner reads, says so in title and pill, and is cancelled at once', async () => {
    app = await mount('#/import', { stuckImport: true });
    await click('invented');
    await click('Import 2 archives');
    await until('progress', () => document.title.startsWith('42%'));
    app.root.querySelector<HTMLElement>('[data-conversation=mum]')?.click();
    await until('the conversation', () => app.root.querySelector('article'));
    expect(text()).toContain('Importing');
    await click('Show');
    await click('Cancel');
    await until('the first step', () => named(app.root, 'Choose files'));
    expect(document.title).toBe('Camphor');
  });

  test('undo asks first', async () => {
    app = await mount('#/receipts/r1');
    await click('Undo this import');
    await until('the question', () => text().includes('31 messages that only this import brought'));
    await click('Undo the import');
    await until('the answer', () => text().includes('Undone: 31 messages removed.'));
    await until('the mark', () => text().includes('Undone on'));
  });
});

describe('lock', () => {
  test('shows nothing of the vault, refuses a wrong passphrase in words, opens with the right one', async () => {
    app = await mount('#/c/mum', { locked: true });
    const field = await until('the field', () => app.root.querySelector<HTMLInputElement>('input[type=password]'));
    expect(text()).not.toContain('Mum');
    expect(field.autocomplete).toBe('current-password');
    const form = app.root.querySelector('form') as HTMLFormElement;
    field.value = 'wrong';
    form.requestSubmit();
    await until('the refusal', () => app.root.querySelector('[role=alert]')?.textContent?.includes('does not match'));
    field.value = fakePassphrase;
    form.requestSubmit();
    await until('the conversation', () => app.root.querySelector('article'));
    app.session.lock();
    await until('the lock', () => app.root.querySelector('input[type=password]'));
    expect(text()).not.toMatch(/Mum|林小满/);
  });
});

describe('frame', () => {
  test('the language and the theme change at once', async () => {
    app = await mount('#/settings');
    await until('the settings', () => text().includes('Language and look'));
    app.session.setPreferences({ language: 'zh-CN', theme: 'dark' });
    await until('Chinese', () => text().includes('语言和外观'));
    expect([document.documentElement.lang, document.documentElement.dataset['theme']]).toEqual(['zh-CN', 'dark']);
  });

  test('a phone shows one pane, and back goes back', async () => {
    await page.viewport(360, 740);
    app = await mount('#/');
    (await until('the row', () => app.root.querySelector<HTMLElement>('[data-conversation=mum]'))).click();
    await until('the conversation', () => app.root.querySelector('article'));
    expect(app.root.querySelector('nav')).toBeNull();
    await click('Back');
    await until('the list', () => app.root.querySelector('nav'));
  });

  test('what is typed and chosen stays while the window changes its width', async () => {
    const turn = async (): Promise<void> => {
      for (const wide of [false, true]) {
        await page.viewport(wide ? 1280 : 600, 800);
        await until('the other width', () => (app.root.querySelector('nav') !== null) === wide);
      }
    };
    app = await mount('#/backup/new');
    await click(/^Next$/);
    const field = await until('the address', () => app.root.querySelector<HTMLInputElement>('input[name=url]'));
    field.value = 'https://cloud.example.org/dav';
    field.focus();
    await turn();
    expect(field.isConnected && document.activeElement === field).toBe(true);
    location.hash = '#/import';
    await click('invented');
    const box = await until('the plan', () => app.root.querySelector<HTMLInputElement>('main input[type=checkbox]'));
    box.click();
    const chosen = box.checked;
    await turn();
    expect([box.isConnected, box.checked]).toEqual([true, chosen]);
    await click(/^Search everything/);
    const query = await until('the search', () => app.root.querySelector<HTMLInputElement>('[data-search-field]'));
    query.value = 'camp';
    app.root.querySelector<HTMLElement>('[data-conversation=mum]')?.focus();
    location.hash = '#/search';
    await turn();
    expect([query.isConnected, query.value]).toEqual([true, 'camp']);
  });

  test('the message that is read stays where it stands while lines break anew', async () => {
    app = await mount('#/c/long/600000');
    const article = await until('the message', () => app.root.querySelector('article[data-seq="600000"]'));
    const scroller = article.closest('[role=region]') as HTMLElement;
    await settle(300);
    const firstSeen = (): string | undefined =>
      [...scroller.querySelectorAll<HTMLElement>('article')].find(
        (one) => one.getBoundingClientRect().bottom > scroller.getBoundingClientRect().top + 40,
      )?.dataset['seq'];
    const before = firstSeen();
    await page.viewport(400, 800);
    await until('one pane', () => app.root.querySelector('nav') === null);
    await settle(200);
    expect([scroller.isConnected, firstSeen()]).toEqual([true, before]);
    scroller.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    await until('the end', () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < 4);
    await settle(200);
    await page.viewport(340, 800);
    await settle(200);
    expect(scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop).toBeLessThan(4);
  });

  test('after an update there is a word of what is new, once', async () => {
    app = await mount('#/', { preferences: { seenVersion: '0.0.0' } });
    await click('What is new');
    await until('the notes', () => app.root.querySelectorAll('dialog li').length > 2);
    app.root.querySelector<HTMLElement>('dialog button')?.click();
    await until('it to be gone', () => !text().includes('was updated to') && app.root.querySelector('dialog') === null);
    expect(app.session.preferences.seenVersion).toBe(__APP_VERSION__);
  });

  test('hiding and pinning change the list', async () => {
    app = await mount('#/c/reunion');
    await click('Conversation menu');
    await click(/^Pin$/);
    await until('the overlay', () =>
      app.session.calls.some(({ name, args }) => name === 'setOverlay' && args[1] === 'conversation:reunion'),
    );
    await click('Conversation menu');
    await click(/^Hide$/);
    await until('it to be gone', () => app.root.querySelector('[data-conversation=reunion]') === null);
  });

  test('forgetting asks twice and ends at the first screen', async () => {
    app = await mount('#/settings');
    await click('Forget everything');
    const button = await until('the button', () => {
      const dialog = app.root.querySelector('dialog');
      return dialog && (named(dialog, 'Forget everything') as HTMLButtonElement | undefined);
    });
    expect(button.disabled).toBe(true);
    app.root.querySelector<HTMLInputElement>('dialog input[type=checkbox]')?.click();
    button.click();
    await until('the first screen', () => text().includes('Your conversations, kept.'));
  });

  test('what cannot be shown can be forgotten, with the same question', async () => {
    app = await mount('#/', { damaged: true });
    await click('Forget everything');
    await until('the question', () => app.root.querySelector('dialog')?.textContent?.includes('I understand that this cannot be undone'));
  });

  test('the palette goes to a conversation', async () => {
    app = await mount('#/');
    await until('the list', () => app.root.querySelector('[data-conversation]'));
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }));
    const input = await until('the palette', () => app.root.querySelector<HTMLInputElement>('dialog input'));
    input.value = '国庆';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    await until('the conversation', () => location.hash === '#/c/reunion');
  });
});
