// Settings that change the look, the report for a fault, the licences, and having the app on the device.

import { afterEach, describe, expect, test, vi } from 'vitest';
import { backupScenarios } from '../backups/scenarios';
import { inventedConversations } from '../fake-conversations';
import { type Mounted, mount, named, until } from '../mounted';

let app: Mounted;
afterEach(() => {
  app.unmount();
  vi.restoreAllMocks();
});
const click = async (words: string | RegExp): Promise<void> => (await until(String(words), () => named(app.root, words))).click();
const choose = async (label: string): Promise<void> =>
  (
    await until(label, () =>
      [...app.root.querySelectorAll<HTMLElement>('label')].find(({ textContent }) => textContent === label)?.querySelector('input'),
    )
  ).click();
const rootSizePx = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

describe('look', () => {
  test('the size of text and the room between messages change at once', async () => {
    app = await mount('#/settings');
    await choose('Largest');
    await until('larger text', () => Math.round(rootSizePx()) === 22);
    await choose('Compact');
    await until('less room', () => getComputedStyle(document.documentElement).getPropertyValue('--list-row') === '52px');
    app.session.setPreferences({ textSize: 'usual', density: 'roomy' });
    await until('the usual text', () => rootSizePx() === 16);
  });
});

describe('report', () => {
  test('is shown whole before it is copied', async () => {
    app = await mount('#/settings');
    await click('Make the report');
    const shown = await until('the report', () => app.root.querySelector('pre')?.textContent);
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await click('Copy report');
    expect(copied).toHaveBeenCalledWith(shown);
    expect(JSON.parse(shown)).toMatchObject({ app: '0.0.0-test', browser: { userAgent: navigator.userAgent } });
  });

  test('comes even where nothing can be read', async () => {
    app = await mount('#/settings');
    vi.spyOn(app.session.vault, 'storage').mockRejectedValue(new Error('of no use'));
    await click('Make the report');
    const shown = await until('the report', () => app.root.querySelector('pre')?.textContent);
    expect(JSON.parse(shown)).toMatchObject({ storage: null });
  });
});

test('the licences are shown', async () => {
  app = await mount('#/settings');
  await click('Licences');
  await until('a licence', () => app.root.querySelector('dialog pre')?.textContent?.includes('Invented licence'));
});

test('the way to make room is beside what takes it, one for each drive', async () => {
  app = await mount('#/settings', { backup: backupScenarios.well });
  const link = await until('the way', () => named(app.root, /^Make room: keep them on “.*” only$/));
  expect(link.getAttribute('href')).toBe('#/backup/d1');
  app.unmount();
  app = await mount('#/settings', { backup: backupScenarios.none });
  await until('the settings', () => app.root.textContent?.includes('Licences'));
  expect(named(app.root, /^Make room/)).toBeUndefined();
});

describe('hidden conversations', () => {
  const hiddenOnes = inventedConversations().map((one) => ({ ...one, view: { ...one.view, hidden: true } }));

  test('where all are hidden, the first screen leads to them and names none', async () => {
    app = await mount('#/', { conversations: hiddenOnes });
    await click('Hidden conversations');
    const words = await until('their number', () => /(\d+) conversations are hidden/.exec(app.root.textContent ?? ''));
    expect(words[1]).toBe(String(hiddenOnes.length));
    expect(app.root.textContent).not.toContain('妈妈');
    expect(app.root.textContent).toContain('There is no passphrase: whoever opens this browser can show them too.');
  });

  test('that are shown have a mark in the list and are hidden again from any screen', async () => {
    app = await mount('#/', { conversations: [...inventedConversations().slice(1), ...hiddenOnes.slice(0, 1)] });
    await app.session.showHidden(null);
    await click('Hide again');
    await until('its end', () => named(app.root, 'Hide again') === undefined);
    const listed = [...app.root.querySelectorAll('a[data-conversation]')].map((row) => row.getAttribute('data-conversation'));
    expect(listed).not.toContain(hiddenOnes[0]?.view.id);
  });
});

describe('installing', () => {
  test('is offered after an import, once, and the browser is asked to keep what came', async () => {
    app = await mount('#/import', { installable: true });
    const asked = vi.spyOn(app.session, 'askToPersist').mockResolvedValue(false);
    const file = new File(['x'], 'chat.zip');
    const transfer = new DataTransfer();
    transfer.items.add(file);
    const input = await until('the field', () => app.root.querySelector<HTMLInputElement>('input[type=file]'));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await until('the plan', () => app.root.querySelector('[class*=sticky]'));
    app.root.querySelector<HTMLElement>('[class*=sticky] button:last-child')?.click();
    await until('what the browser says', () => app.root.textContent?.includes('may clear what is here'));
    expect(asked).toHaveBeenCalledOnce();
    await click('Install as an app');
    await until('its end', () => app.root.textContent?.includes('Installed. You find it'));
    expect(named(app.root, 'Install as an app')).toBeUndefined();
  });

  test('is not offered where the browser has no way', async () => {
    app = await mount('#/settings');
    await until('the settings', () => app.root.textContent?.includes('Licences'));
    expect(app.root.textContent).not.toMatch(/Install as an app|Home Screen/);
  });

  test('on an iPhone comes first, in steps', async () => {
    Object.defineProperty(navigator, 'standalone', { value: false, configurable: true });
    app = await mount('#/', { conversations: [] });
    await until('the steps', () => app.root.querySelectorAll('ol li').length === 3);
    expect(app.root.textContent).toContain('seven days');
    Reflect.deleteProperty(navigator, 'standalone');
  });
});
