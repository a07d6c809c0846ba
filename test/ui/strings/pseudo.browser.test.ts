// Every screen in an invented language (pseudo.ts): no word of ours stands outside of the tables, what is shown follows the language at
// once, and longer words have room on a phone.

import { page } from 'vitest/browser';
import { afterEach, expect, test } from 'vitest';
import { loadWords } from '../../../src/ui/strings/strings';
import { type Mounted, mount, settle, until } from '../mounted';
import { backupScreens, screens } from '../screens';
import { closing, opening, outsideOfBrackets, pseudoWords } from './pseudo';

let app: Mounted | undefined;
afterEach(() => app?.unmount());

/** Content of others, names, codes and keys; in all of them the words are not ours. */
const content = 'bdi, [dir=auto], [translate=no], kbd, code, pre, time, svg, option, [class*=avatar], [class*=hash]';
const spoken = ['aria-label', 'title', 'alt', 'placeholder', 'aria-valuetext', 'aria-description'];
/** Units, badges, zones, addresses and numbers, and what the conversations and drives of the tests are called. */
const allowed =
  /\b(?:[kMGT]?B|UTC|[A-Z]{2}|[A-Z][a-z]+\/[A-Z]\w+|https?:\S+|[0-9a-f]{4,}|[\w-]+\.\w{3,4})\b|Nextcloud at home|quiet-otter|Mum|Robin|Dad/gu;

/** Words that no table gave: `element: words`. A text may go on over several elements. */
function bareWords(root: HTMLElement): readonly string[] {
  const found = new Set<string>();
  const note = (rest: string, what: string): void => {
    const words = rest.replace(allowed, '');
    if (/\p{Script=Latin}{2,}/u.test(words)) found.add(`${what}: ${words.trim()}`);
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const pieces: string[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (node.parentElement?.closest(content) === null) pieces.push(node.textContent ?? '');
  for (const rest of outsideOfBrackets(pieces.join('\n')).split('\n')) note(rest, 'text');
  for (const element of root.querySelectorAll('*')) {
    if (element.closest('[translate=no], svg, time') !== null) continue;
    for (const name of spoken) note(outsideOfBrackets(element.getAttribute(name) ?? ''), `${name} of ${element.tagName.toLowerCase()}`);
  }
  return [...found];
}

type Outcome = 'fits' | 'cut' | 'scrolls';

/** Whether the words of an element are seen to their ends, from itself outwards. */
function lookFor(element: HTMLElement): Outcome {
  const range = document.createRange();
  range.selectNodeContents(element);
  const box = range.getBoundingClientRect();
  for (let outer: HTMLElement | null = element; outer !== null; outer = outer.parentElement) {
    const { overflowX, overflowY, clipPath } = getComputedStyle(outer);
    const edge = outer.getBoundingClientRect();
    // Hidden for the eye, said by screen readers.
    if (edge.width <= 2 || clipPath !== 'none') return 'fits';
    if ([overflowX, overflowY].some((overflow) => overflow === 'auto' || overflow === 'scroll')) return 'scrolls';
    const isOut = box.right > edge.right + 2 || box.left < edge.left - 2 || box.bottom > edge.bottom + 2 || box.top < edge.top - 2;
    if (isOut && (overflowX === 'hidden' || overflowX === 'clip')) return 'cut';
  }
  return box.right > innerWidth + 1 || box.left < -1 ? 'cut' : 'fits';
}

/** Ours, in a place that hides its end or leaves the window: `element: words`. */
function cutWords(root: HTMLElement): readonly string[] {
  const ours = [...root.querySelectorAll<HTMLElement>('*')].filter((element) => {
    const words = [...element.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.textContent : '')).join('');
    const isOurs = words.includes(opening) && words.includes(closing) && !/\p{L}/u.test(outsideOfBrackets(element.textContent));
    return isOurs && element.checkVisibility();
  });
  return ours
    .filter((element) => lookFor(element) === 'cut')
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent}`);
}

test.each([...screens, ...backupScreens])('$name', async (screen) => {
  await page.viewport(360, 740);
  // The plain words first, by which a person finds the way; then all of them at once in the other language.
  app = await mount(screen.hash, { ...screen.options, preferences: { language: 'en' } }, async (language) =>
    language === 'en' ? loadWords('en') : pseudoWords(await loadWords('en')),
  );
  await settle(120);
  await screen.act?.(app);
  app.session.setPreferences({ language: 'zh-CN' });
  await until('the other words', () => app?.root.textContent?.includes(opening));
  await settle(200);
  expect(bareWords(app.root)).toEqual([]);
  expect(cutWords(app.root)).toEqual([]);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
});
