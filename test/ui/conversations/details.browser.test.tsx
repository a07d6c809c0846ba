// The details of a conversation: whose phone it was can be said there, and taken back.

import { page } from 'vitest/browser';
import { afterEach, expect, test } from 'vitest';
import { type Mounted, mount, named, until } from '../mounted';

let app: Mounted;
afterEach(() => app.unmount());

test('the owner says who they are in a conversation, and leaves it to the archive again', async () => {
  await page.viewport(1280, 800);
  app = await mount('#/c/reunion');
  const click = async (words: string | RegExp): Promise<void> => (await until(String(words), () => named(app.root, words))).click();
  await click('Conversation menu');
  await click('Details of the conversation');
  const menus = await until('the people', () => {
    const found = [...app.root.querySelectorAll<HTMLElement>('aside li [aria-haspopup=menu]')];
    return found.length > 1 ? found : null;
  });
  const other = menus.find((menu) => !(menu.closest('li')?.textContent ?? '').includes('you'));
  other?.click();
  await click('This is me');
  const said = (): readonly unknown[] => app.session.calls.filter(({ name }) => name === 'setOverlay').map(({ args }) => args);
  await until('the overlay', () => said().length === 1);
  expect(said()[0]).toEqual(['owner', 'conversation:reunion', { person: expect.stringMatching(/./) }]);
  await until('the people again', () => app.root.querySelectorAll('aside li [aria-haspopup=menu]').length === menus.length);
  app.root.querySelector<HTMLElement>('aside li [aria-haspopup=menu]')?.click();
  await click('As the archive says it');
  await until('it to be taken back', () => said().length === 2);
  expect(said()[1]).toEqual(['owner', 'conversation:reunion', { person: null }]);
});
