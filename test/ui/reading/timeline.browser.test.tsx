// The timeline over a million messages: a bounded window that opens anywhere and does not move under the reader.

import { page } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { windowLimit } from '../../../src/ui/reading/window';
import { type Mounted, mount, named, settle, until } from '../mounted';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

const scroller = (): HTMLElement => app.root.querySelector<HTMLElement>('main [role=region]') as HTMLElement;
const articles = (): HTMLElement[] => [...app.root.querySelectorAll<HTMLElement>('article')];
const positions = (): number[] => articles().map((article) => Number(article.dataset['position']));
const isSeen = (element: HTMLElement): boolean => {
  const [box, frame] = [element.getBoundingClientRect(), scroller().getBoundingClientRect()];
  return box.bottom > frame.top && box.top < frame.bottom;
};

describe('timeline', () => {
  test('opens at the last message, and knows how many there are', async () => {
    app = await mount('#/c/long');
    const last = await until('the last message', () => articles().find((article) => article.dataset['position'] === '999999'));
    await settle();
    expect(isSeen(last)).toBe(true);
    expect([last.ariaPosInSet, last.ariaSetSize]).toEqual(['1000000', '1000000']);
  });

  test('opens a message in the middle of the window, and flashes it', async () => {
    app = await mount('#/c/long/400000');
    const hit = await until('the message', () => articles().find((article) => article.dataset['seq'] === '400000'));
    await until('the flash', () => /flash/.test(hit.className));
    await settle();
    expect(isSeen(hit)).toBe(true);
    expect(document.activeElement).toBe(hit);
  });

  test('scrolling either way reads on, stays bounded and contiguous, and what is seen stays where it is', async () => {
    app = await mount('#/c/long/500000');
    await until('messages', () => articles().length > 0);
    await settle();
    for (const by of [-3000, -3000, -3000, -3000, 4000, 4000, 4000, 4000, 4000, 4000]) {
      const before = positions();
      scroller().scrollBy({ top: by, behavior: 'instant' });
      const watched = articles().find(isSeen) as HTMLElement;
      const top = watched.getBoundingClientRect().top;
      await settle();
      expect(articles().length).toBeLessThanOrEqual(windowLimit);
      expect(watched.isConnected).toBe(true);
      expect(Math.abs(watched.getBoundingClientRect().top - top)).toBeLessThan(2);
      const now = positions();
      expect(now.every((position, index) => position === (now[0] ?? 0) + index)).toBe(true);
      expect(now).not.toEqual([]);
      expect(before.length).toBeGreaterThan(0);
    }
    expect(positions()[0]).not.toBe(499_940);
    const asked = app.session.calls.filter(({ name }) => name === 'page').map(({ args }) => Number(args[2]) + Number(args[3]));
    expect(Math.max(...asked)).toBeLessThanOrEqual(120);
  });

  test('Home and End go to the ends at once', async () => {
    app = await mount('#/c/long');
    await until('messages', () => articles().length > 0);
    scroller().focus();
    scroller().dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }));
    await until('the first message', () => positions()[0] === 0);
    expect(scroller().textContent).toContain('The conversation begins here.');
    scroller().dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    await until('the last message', () => positions().at(-1) === 999_999);
  });

  test('the button that leads to the end lies over messages only while they move, and not where the end is near', async () => {
    await page.viewport(800, 700);
    app = await mount('#/c/long/500000');
    const button = await until('the button', () => named(app.root.querySelector('main') as HTMLElement, 'Go to the last message'));
    const isShown = (): boolean => getComputedStyle(button).visibility === 'visible';
    await until('it to leave', () => !isShown());
    scroller().scrollBy({ top: -300, behavior: 'instant' });
    await until('it to come', isShown);
    button.click();
    await until('the last message', () => positions().at(-1) === 999_999);
    await until('it to go', () => !button.isConnected);
  });

  test('the rail of months is a slider that jumps', async () => {
    app = await mount('#/c/long');
    const rail = await until('the rail', () => app.root.querySelector<HTMLElement>('[role=slider]'));
    await until('the last month', () => rail.getAttribute('aria-valuenow') === rail.getAttribute('aria-valuemax'));
    rail.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }));
    await until('the first month', () => rail.getAttribute('aria-valuenow') === '0');
    expect(positions()[0]).toBe(0);
    expect(rail.getAttribute('aria-valuetext')).toContain('2015');
  });

  test('the calendar jumps to a day', async () => {
    app = await mount('#/c/long');
    await until('the rail', () => app.root.querySelector('[role=slider]'));
    named(app.root, 'Jump to date')?.click();
    const dialog = await until('the calendar', () => app.root.querySelector('dialog'));
    const select = dialog.querySelector('select') as HTMLSelectElement;
    select.value = '24';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    const day = await until('a day of that month', () =>
      select.selectedOptions[0]?.textContent?.includes('2017')
        ? dialog.querySelector<HTMLButtonElement>(
            'button[aria-label*="Mar 12, 2017"]:not(:disabled), button[aria-label*="12 Mar 2017"]:not(:disabled)',
          )
        : null,
    );
    day.click();
    await until(
      'the day',
      () => app.root.querySelector('dialog') === null && scroller().querySelector('h2')?.textContent?.includes('2017'),
    );
  });

  test('coming back to a conversation finds the place where it was left', async () => {
    app = await mount('#/c/long/700000');
    await until('messages', () => articles().length > 0);
    await settle();
    const seen = articles().find(isSeen)?.dataset['seq'];
    app.root.querySelector<HTMLElement>('[data-conversation=mum]')?.click();
    await until('the other conversation', () => app.root.querySelector('main h2')?.textContent === 'Mum');
    app.root.querySelector<HTMLElement>('[data-conversation=long]')?.click();
    await until('the first one again', () => articles().some((article) => article.dataset['seq'] === seen));
    await settle();
    expect(articles().find(isSeen)?.dataset['seq']).toBe(seen);
  });

  test('a reply jumps to what it answers', async () => {
    app = await mount('#/c/mum');
    const quote = await until('the quote', () => app.root.querySelector<HTMLElement>('article button[class*=quote]'));
    quote.click();
    await until('the flash', () => articles().find((article) => article.dataset['position'] === '5' && /flash/.test(article.className)));
  });

  test('a pane that is closed or hidden while it reads asks for nothing more', async () => {
    app = await mount('#/c/long/500000');
    await until('messages', () => articles().length > 0);
    app.root.hidden = true;
    scroller().dispatchEvent(new Event('scroll'));
    await settle(200);
    app.unmount();
    await settle(200);
    expect(app.session.calls.filter(({ name }) => name === 'page').length).toBeLessThan(8);
  });

  test('nothing of a conversation is in the address or the title', async () => {
    app = await mount('#/c/reunion');
    await until('messages', () => articles().length > 0);
    expect(document.title).toBe('Camphor');
    expect(decodeURIComponent(location.href)).not.toContain('外婆');
  });
});
