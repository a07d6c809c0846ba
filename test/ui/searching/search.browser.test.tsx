// Searching: streams, drops what was overtaken, steps through hits in context.

import { page } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CamphorError } from '../../../src/model/error';
import { type Mounted, mount, named, until } from '../mounted';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

const field = (): Promise<HTMLInputElement> => until('the field', () => app.root.querySelector<HTMLInputElement>('[data-search-field]'));
const hits = (): HTMLElement[] => [...app.root.querySelectorAll<HTMLElement>('search ol li > button:first-child')];
const status = (): string => app.root.querySelector('search [role=status]')?.textContent ?? '';
const press = (key: string, more: KeyboardEventInit = {}): boolean =>
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));

async function type(words: string): Promise<void> {
  const input = await field();
  input.value = words;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

describe('search', () => {
  test('streams hits with an exact count and marks what was found', async () => {
    app = await mount('#/search');
    await type('樟木箱');
    await until('the count', () => status() === '1 hit');
    expect(hits()[0]?.querySelector('mark')?.textContent).toBe('樟木箱');
    expect(location.hash).toBe('#/search');
  });

  test('only the last of quick words is searched for', async () => {
    app = await mount('#/search');
    for (const words of ['p', 'ph', 'pho', 'phot', 'photo']) await type(words);
    await until('hits', () => hits().length > 0 && status().endsWith('hits'));
    const asked = app.session.calls.filter(({ name }) => name === 'search').map(({ args }) => (args[0] as { query: string }).query);
    expect(asked).toEqual(['photo']);
  });

  test('F3 and Shift+F3 step through hits where they were said, and stay at the ends', async () => {
    app = await mount('#/search');
    await type('酱鸭');
    await until('the hit', () => status() === '1 hit');
    press('F3');
    await until('the message', () => app.root.querySelector('article[class*=flash]')?.textContent?.includes('酱鸭'));
    expect(location.hash).toBe('#/c/reunion/4');
    expect(app.root.querySelector('main')?.textContent).toContain('Hit 1 of 1');
    press('F3');
    press('F3', { shiftKey: true });
    expect(location.hash).toBe('#/c/reunion/4');
  });

  test('arrows in the field step too; back leaves the search in one', async () => {
    app = await mount('#/search');
    await type('photo');
    await until('hits', () => hits().length > 3 && status().endsWith('hits'));
    const length = history.length;
    (await field()).focus();
    press('ArrowDown');
    press('ArrowDown');
    press('ArrowDown');
    await until('the third hit', () => hits()[2]?.getAttribute('aria-current') === 'true');
    expect(history.length).toBe(Math.min(50, length + 1));
  });

  test('suggests operators, and takes one by Enter', async () => {
    app = await mount('#/search');
    await type('fr');
    await until('a suggestion', () => app.root.querySelector('[role=option]'));
    (await field()).focus();
    press('ArrowDown');
    press('Enter');
    expect((await field()).value).toBe('from:');
  });

  test('Ctrl+F searches in the open conversation only', async () => {
    app = await mount('#/c/mum');
    await until('messages', () => app.root.querySelector('article'));
    press('f', { ctrlKey: true });
    await type('the');
    await until('hits', () => hits().length > 0);
    const request = app.session.calls.findLast(({ name }) => name === 'search')?.args[0];
    expect(request).toMatchObject({ conversation: 'mum', query: 'the' });
    expect(named(app.root, 'In this conversation')?.getAttribute('aria-pressed')).toBe('true');
  });

  const slider = (name: string): HTMLElement | null => app.root.querySelector(`[role=slider][aria-label="${name}"]`);
  const words = (): string => app.root.querySelector('[class*=histogram] [class*=words]')?.textContent ?? '';
  const written = (): string => app.root.querySelector<HTMLInputElement>('[data-search-field]')?.value ?? '';

  test('hits are counted by month; a handle moved by keys narrows the query, and what was cut off stays in sight', async () => {
    app = await mount('#/search');
    await type('settled');
    const first = await until('the histogram', () => slider('First month'));
    await until('all hits', () => /^\d+ hits$/.test(status()));
    const whole = Number.parseInt(status());
    expect(words()).toContain(`, ${whole} hits`);
    first.focus();
    press('ArrowRight');
    expect(first.getAttribute('aria-valuetext')).toMatch(/^[A-Z][a-z]+ \d{4}$/);
    await until('the query', () => written().startsWith('during:'));
    expect(written()).toMatch(/^during:\d{4}-\d{2}(?:\.\.\d{4}-\d{2})? settled$/);
    await until('fewer hits', () => /^\d+ hits?$/.test(status()) && Number.parseInt(status()) < whole);
    expect(words()).toContain(`, ${Number.parseInt(status())} hit`);
    expect(document.activeElement).toBe(slider('First month'));
    named(app.root, 'All months')?.click();
    await until('all again', () => status() === `${whole} hits`);
    expect(written()).toBe('settled');
  });

  test('dragging over the histogram narrows to the months between, a press to one column', async () => {
    app = await mount('#/search');
    await type('settled');
    await until('all hits', () => slider('First month') !== null && /^\d+ hits$/.test(status()));
    const plot = app.root.querySelector<HTMLElement>('[data-months]');
    if (plot === null) throw new Error('no plot');
    plot.setPointerCapture = () => {};
    const box = plot.getBoundingClientRect();
    const at = (type: string, share: number): boolean =>
      plot.dispatchEvent(
        new PointerEvent(type, { bubbles: true, pointerType: 'touch', clientX: box.left + share * box.width, clientY: box.top + 5 }),
      );
    at('pointerdown', 0.95);
    at('pointerup', 0.95);
    await until('the query', () => written().startsWith('during:'));
    expect(written()).toMatch(/^during:\d{4}-\d{2} settled$/);
    at('pointerdown', 0.5);
    at('pointermove', 0.6);
    at('pointermove', 0.01);
    at('pointerup', 0.01);
    await until('the other months', () => /^during:\d{4}-\d{2}\.\.\d{4}-\d{2} settled$/.test(written()));
    // April, the tenth of eleven columns, has no hits; it is chosen all the same, and the others can still be.
    const empty = 9.5 / 11;
    at('pointerdown', empty);
    at('pointerup', empty);
    await until('nothing', () => status() === '0 hits');
    expect(app.root.querySelector('search')?.textContent).toContain('Nothing was found');
    named(app.root, 'All months')?.click();
    await until('all again', () => status() === '6 hits');
  });

  test('results are grouped by conversation and by time; opening a group narrows to it', async () => {
    app = await mount('#/search');
    await type('settled');
    await until('all hits', () => status() === '6 hits');
    const rows = (): HTMLElement[] => [...app.root.querySelectorAll<HTMLElement>('ol[aria-label="Groups of hits"] button')];
    named(app.root, 'By time')?.click();
    await until('months', () => rows().length > 1);
    expect(rows().reduce((sum, row) => sum + Number(row.lastChild?.textContent), 0)).toBe(6);
    named(app.root, 'By conversation')?.click();
    await until('conversations', () => rows().length === 6);
    const choir = rows().find((row) => row.textContent?.startsWith('Choir'));
    choir?.click();
    await until('its hit', () => status() === '1 hit');
    expect(app.session.calls.findLast(({ name }) => name === 'search')?.args[0]).toMatchObject({ conversation: 'm4', query: 'settled' });
    named(app.root, 'Only in Choir')?.click();
    await until('everything again', () => status() === '6 hits');
  });

  test('everything of a day is found from a hit, and from there the days beside it', async () => {
    app = await mount('#/search');
    await type('酱鸭');
    await until('the hit', () => status() === '1 hit');
    app.root.querySelector<HTMLElement>('[aria-label="Hit menu"]')?.click();
    (await until('the menu', () => named(app.root, 'Everything of this day'))).click();
    await until('the day', () => /^on:\d{4}-\d{2}-\d{2}$/.test(written()) && /^\d+ hits$/.test(status()));
    const day = written();
    expect(app.session.calls.findLast(({ name }) => name === 'search')?.args[0]).toMatchObject({
      query: day,
      order: 'oldest',
      conversation: null,
    });
    named(app.root, 'The day before')?.click();
    expect(written() < day).toBe(true);
    named(app.root, 'The day after')?.click();
    expect(written()).toBe(day);
  });

  test('the day above messages finds everything of it', async () => {
    app = await mount('#/c/reunion');
    const day = await until('a day', () => app.root.querySelector<HTMLElement>('main h2 button'));
    day.click();
    await until('the search', () => /^on:\d{4}-\d{2}-\d{2}$/.test(written()) && hits().length > 0);
  });

  test('names come before months and messages', async () => {
    app = await mount('#/search');
    await type('mum');
    const names = await until('the names', () => app.root.querySelector('search section[aria-label="Names"]'));
    expect(names.textContent).toBe('NamesMum');
    expect(app.root.querySelector('search [class*=body]')?.firstElementChild).toBe(names);
  });

  test('a search is saved under a name, found when the field is empty, changed, removed and brought back', async () => {
    app = await mount('#/search');
    await type('settled');
    await until('all hits', () => status() === '6 hits');
    named(app.root, 'Save this search')?.click();
    const name = await until('the dialog', () => app.root.querySelector<HTMLInputElement>('dialog input'));
    const rename = (to: string): void => {
      const input = app.root.querySelector<HTMLInputElement>('dialog input');
      if (input === null) throw new Error('no field');
      input.value = to;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      app.root.querySelector<HTMLFormElement>('dialog form')?.requestSubmit();
    };
    expect(name.value).toBe('settled');
    rename('All settled');
    await until('the dialog to close', () => app.root.querySelector('dialog') === null);
    await type('');
    const saved = (): HTMLElement | null => app.root.querySelector('section[aria-label="Saved searches"]');
    await until('it in the list', () => saved()?.querySelector('li')?.textContent === 'All settledsettled');
    const menu = async (item: string): Promise<void> => {
      saved()?.querySelector<HTMLElement>('[aria-haspopup=menu]')?.click();
      (await until('the menu', () => named(app.root, item))).click();
    };
    await menu('Edit the search');
    await until('the dialog', () => app.root.querySelector('dialog input'));
    rename('Settled');
    await until('its new name', () => saved()?.querySelector('li')?.textContent === 'Settledsettled');
    await menu('Remove');
    await until('it to be gone', () => saved()?.querySelector('li') === null);
    named(app.root, 'Undo')?.click();
    (await until('it again', () => saved()?.querySelector<HTMLElement>('li button'))).click();
    await until('its hits', () => status() === '6 hits');
    expect(written()).toBe('settled');
  });

  test('a search that found something is among the recent ones, which can be cleared and switched off', async () => {
    app = await mount('#/search');
    const recent = (): string[] =>
      [...app.root.querySelectorAll('section[aria-label="Recent searches"] li')].map((item) => item.textContent ?? '');
    const open = async (words: string, count: string): Promise<void> => {
      await type(words);
      await until('hits', () => status() === count);
      hits()[0]?.click();
      await type('');
    };
    await open('酱鸭', '1 hit');
    await open('settled', '6 hits');
    await open('酱鸭', '1 hit');
    await until('both', () => recent().join() === '酱鸭,settled');
    named(app.root, 'Forget 酱鸭')?.click();
    await until('one', () => recent().join() === 'settled');
    named(app.root, 'Clear')?.click();
    await until('none', () => recent().length === 0);
    app.root.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
    await open('settled', '6 hits');
    await until('the hints', () => app.root.querySelector('search dl'));
    expect(recent()).toEqual([]);
    expect(JSON.stringify(await app.session.vault.settings())).not.toContain('settled');
  });

  test('nothing found says what to try', async () => {
    app = await mount('#/search');
    await type('zzzzqqq');
    await until('the words', () => app.root.querySelector('search')?.textContent?.includes('Nothing was found'));
  });

  test('what was found before a part could not be read stays, and the fault is said', async () => {
    app = await mount('#/search');
    const { search } = app.session;
    Object.assign(app.session, {
      search: (...asked: Parameters<typeof search>) => {
        const run = search(asked[0], (update) => asked[1]({ ...update, done: false }));
        return { ...run, finished: run.finished.then(() => Promise.reject(new CamphorError('tampered'))) };
      },
    });
    await type('settled');
    await until('the error', () => app.root.querySelector('[role=alert]'));
    expect(hits()).toHaveLength(6);
    expect(status()).toBe('6 hits so far');
  });

  test('a query that cannot be understood says so in the pane, until it is changed', async () => {
    app = await mount('#/search');
    const { search } = app.session;
    Object.assign(app.session, {
      search: () => ({ finished: Promise.reject(new CamphorError('query-invalid')), cancel: () => {} }),
    });
    await type('/(open/');
    await until('the words', () => app.root.querySelector('search')?.textContent?.includes('Check quotes, brackets and dates.'));
    expect(status()).toBe('');
    expect(app.root.querySelector('[role=alert]')).toBe(null);
    Object.assign(app.session, { search });
    await type('樟木箱');
    await until('the count', () => status() === '1 hit');
  });
});
