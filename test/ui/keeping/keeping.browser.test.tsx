// Keeping messages: the menu by right click, by key and by a long press; notes and tags on the bubble; the list of all; undo.

import { page } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Mounted, mount, named, settle, until } from '../mounted';
import { inventedMarks, inventedMemories } from './kept';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

const article = (seq: number): Promise<HTMLElement> =>
  until(`message ${seq}`, () => app.root.querySelector<HTMLElement>(`article[data-seq="${seq}"]`));
const menuItem = (words: RegExp): Promise<HTMLElement> =>
  until(String(words), () =>
    [...app.root.querySelectorAll<HTMLElement>('[role=menuitem]')].find((item) => words.test(item.textContent ?? '')),
  );
const menu = (): HTMLElement | null => app.root.querySelector('[role=menu]');
const context = (target: Element, more: MouseEventInit = {}): boolean =>
  target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...more }));
const finger = (target: Element, type: string, x = 5): boolean =>
  target.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: 'touch', clientX: x, clientY: 5 }));
const written = (kind: string): unknown[] =>
  app.session.calls.filter(({ name, args }) => name === 'setOverlay' && args[0] === kind).map(({ args }) => args.slice(1));

describe('the menu of a message', () => {
  test('opens by right click and by the menu key, with bookmark, note and tags; the browser keeps its own with Shift and on links', async () => {
    app = await mount('#/c/mum');
    const message = await article(2);
    expect(context(message, { shiftKey: true })).toBe(true);
    expect(menu()).toBeNull();
    expect(context(message)).toBe(false);
    await menuItem(/^Bookmark$/);
    await menuItem(/^Add a note$/);
    await menuItem(/^Tags$/);
  });

  test('opens once the button that asked for it is let go, so that letting go does not close it', async () => {
    app = await mount('#/c/mum');
    const message = await article(2);
    message.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerType: 'mouse', button: 2 }));
    context(message);
    await settle(30);
    expect(menu()).toBeNull();
    message.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, pointerType: 'mouse', button: 2 }));
    await menuItem(/^Bookmark$/);
  });

  test('opens by holding a finger on it, not by scrolling with it', async () => {
    app = await mount('#/c/mum');
    const message = await article(2);
    finger(message, 'pointerdown');
    finger(message, 'pointermove', 60);
    await settle(600);
    finger(message, 'pointerup');
    await settle(30);
    expect(menu()).toBeNull();
    finger(message, 'pointerdown');
    await settle(600);
    finger(message, 'pointerup');
    await menuItem(/^Bookmark$/);
  });
});

describe('what is changed in another tab', () => {
  test('stands on the message here too, and the rest stays in the page', async () => {
    app = await mount('#/c/mum');
    const [message, other] = [await article(2), await article(3)];
    await settle(100);
    await app.session.vault.setOverlay('note', 'message:mum/2', { note: 'from elsewhere' });
    await until('the note', () => app.root.querySelector('article[data-seq="2"]')?.textContent?.includes('from elsewhere'));
    expect([message.isConnected, other.isConnected]).toEqual([false, true]);
  });

  test('is not read twice for what was changed here: the row keeps the focus', async () => {
    app = await mount('#/c/mum');
    const message = await article(2);
    context(message);
    (await menuItem(/^Bookmark$/)).click();
    const row = await until('the bookmark', () => {
      const now = app.root.querySelector<HTMLElement>('article[data-seq="2"]');
      return now !== message && now;
    });
    await settle(200);
    expect(row.isConnected).toBe(true);
  });
});

describe('a note and tags', () => {
  test('are written, stand on the message, and come back where they were taken away', async () => {
    app = await mount('#/c/mum');
    context(await article(2));
    (await menuItem(/^Add a note$/)).click();
    const area = await until('the note', () => app.root.querySelector('textarea'));
    expect(document.activeElement).toBe(area);
    area.value = 'where was this?';
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const tags = app.root.querySelector<HTMLInputElement>('dialog input') as HTMLInputElement;
    tags.value = '#Wine，家';
    tags.dispatchEvent(new InputEvent('input', { bubbles: true }));
    (app.root.querySelector('dialog form') as HTMLFormElement).requestSubmit();
    const note = await until('the note on the bubble', () => app.root.querySelector('article[data-seq="2"] [role=note]'));
    expect(note.textContent).toContain('where was this?');
    expect((await article(2)).textContent).toContain('#Wine#家');
    expect(written('note')).toEqual([['message:mum/2', { note: 'where was this?' }]]);
    expect(written('tag')).toEqual([['message:mum/2', { wine: 'Wine', 家: '家' }]]);

    context(await article(2));
    (await menuItem(/^Edit the note$/)).click();
    const again = await until('the note', () => app.root.querySelector('textarea'));
    again.value = '';
    again.dispatchEvent(new InputEvent('input', { bubbles: true }));
    (app.root.querySelector('dialog form') as HTMLFormElement).requestSubmit();
    await until('it to be gone', () => app.root.querySelector('article[data-seq="2"] [role=note]') === null);
    (await until('the way back', () => named(app.root, /^Undo$/))).click();
    await until('the note again', () => app.root.querySelector('article[data-seq="2"] [role=note]'));
    expect(written('note').at(-1)).toEqual(['message:mum/2', { note: 'where was this?' }]);
  });
});

describe('bookmarks and notes', () => {
  test('of all conversations, the newest first; by tag; opened in place', async () => {
    app = await mount('#/kept', { kept: inventedMarks });
    const rows = (): HTMLElement[] => [...app.root.querySelectorAll<HTMLElement>('main article')];
    await until('three rows', () => rows().length === 3);
    (await until('the tag', () => named(app.root, /^#Recipes 2$/))).click();
    await until('two rows', () => rows().length === 2);
    const [first] = rows();
    first?.querySelector<HTMLElement>('button')?.click();
    await until('the message', () => /^#\/c\/(?:mum\/3|reunion\/2)$/.test(location.hash));
  });

  test('of one conversation, from its details', async () => {
    app = await mount('#/c/reunion', { kept: inventedMarks });
    await article(2);
    (await until('its menu', () => named(app.root, /^Menu of the conversation|Conversation menu$/))).click();
    (await menuItem(/Details/)).click();
    (
      await until('the way', () =>
        [...app.root.querySelectorAll<HTMLElement>('aside button')].find((one) => /Bookmarks and notes/.test(one.textContent ?? '')),
      )
    ).click();
    await until('one row', () => location.hash === '#/kept/reunion' && app.root.querySelectorAll('main article').length === 1);
  });

  test('a bookmark taken back leaves the list, and undo brings it again', async () => {
    app = await mount('#/kept', { kept: inventedMarks.slice(3, 4) });
    (await until('its menu', () => app.root.querySelector<HTMLElement>('main article [aria-haspopup=menu]'))).click();
    (await menuItem(/^Remove bookmark$/)).click();
    await until(
      'nothing kept',
      () => app.root.querySelector('main article') === null && /Nothing kept yet/.test(app.root.textContent ?? ''),
    );
    (await until('the way back', () => named(app.root, /^Undo$/))).click();
    await until('it again', () => app.root.querySelector('main article'));
  });
});

describe('memories', () => {
  test('by year, and one by chance; each leads to its message', async () => {
    app = await mount('#/memories', { memories: inventedMemories() });
    await until('two years', () => /2 years ago/.test(app.root.textContent ?? '') && /5 years ago/.test(app.root.textContent ?? ''));
    await until('one by chance', () => named(app.root, /^Another one$/));
    app.root.querySelector<HTMLElement>('main section section button')?.click();
    await until('the message', () => location.hash === '#/c/mum/3');
  });

  test('the home screen shows the latest year, where there is one', async () => {
    app = await mount('#/', { memories: inventedMemories() });
    await until('the card', () => /On this day, 2 years ago/.test(app.root.querySelector('main')?.textContent ?? ''));
    app.unmount();
    app = await mount('#/');
    await settle(200);
    expect(app.root.querySelector('main')?.textContent).not.toContain('On this day');
  });
});
