// Choosing messages of a conversation: by menu, click, Space, ranges by Shift; they stay chosen out of sight, and go where they are sent.

import { page, userEvent } from 'vitest/browser';
import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MessageExport } from '../../../src/model/export';
import { type ReadOn, choiceLimit, createChoosing } from '../../../src/ui/selecting/choosing';
import type { MessageView } from '../../../src/model/view';
import { type Mounted, mount, named, settle, until } from '../mounted';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

const article = (position: number): HTMLElement | null => app.root.querySelector<HTMLElement>(`article[data-position="${position}"]`);
const box = (position: number): HTMLInputElement | null => app.root.querySelector<HTMLInputElement>(`input[data-choice="${position}"]`);
const chosen = (): number[] =>
  [...app.root.querySelectorAll<HTMLInputElement>('input[data-choice]:checked')].map((each) => Number(each.dataset['choice']));
const count = (): string => app.root.querySelector('[role=toolbar] [role=status]')?.textContent ?? '';
const click = (position: number, shiftKey = false): void =>
  void article(position)?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey }));

async function select(position: number): Promise<void> {
  const more = await until('the message', () => article(position)?.querySelector<HTMLElement>('[aria-haspopup=menu]'));
  more.click();
  (await until('the menu', () => named(app.root, /^Select$/))).click();
  await until('its box', () => box(position)?.checked === true && document.activeElement === box(position));
}

test('the menu chooses the first, clicks others, Shift a range that can be drawn anew; Escape lets all go', async () => {
  app = await mount('#/c/mum');
  await select(1);
  expect(count()).toBe('1 message chosen');
  click(3);
  await until('two', () => count() === '2 messages chosen');
  click(7, true);
  await until('the range', () => chosen().join() === '1,3,4,5,6,7');
  click(5, true);
  await until('a shorter range', () => chosen().join() === '1,3,4,5');
  box(4)?.click();
  await until('one less', () => chosen().join() === '1,3,5');
  expect(box(3)?.getAttribute('aria-label')).toMatch(/^Choose: Robin, /);
  await userEvent.keyboard('{Escape}');
  await until('nothing chosen', () => app.root.querySelector('[role=toolbar]') === null);
  expect(box(3)).toBeNull();
});

test('by keyboard alone: arrows move, Space turns over, Shift and an arrow draw a range', async () => {
  app = await mount('#/c/mum');
  await select(4);
  await userEvent.keyboard('{ArrowDown}{ArrowDown} ');
  await until('two', () => chosen().join() === '4,6');
  await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{ArrowUp}{/Shift}');
  await until('the range', () => chosen().join() === '4,6,7');
  expect(document.activeElement).toBe(box(7));
  await userEvent.keyboard(' ');
  await until('one less', () => chosen().join() === '4,6');
});

test('what is chosen stays so out of sight, and a range goes through what was never mounted', async () => {
  app = await mount('#/c/long/500000');
  await select(500_000);
  const scroller = app.root.querySelector<HTMLElement>('main [role=region]') as HTMLElement;
  scroller.focus();
  scroller.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
  await until('the end', () => article(999_999) !== null);
  expect(count()).toBe('1 message chosen');
  click(999_999, true);
  await until('as many as can be', () => count() === '10,000 messages chosen');
  await until('the reason', () => app.root.textContent?.includes('At most 10,000 messages are chosen at a time.'));
  history.replaceState(null, '', '#/c/long/500400');
  dispatchEvent(new PopStateEvent('popstate'));
  dispatchEvent(new HashChangeEvent('hashchange'));
  await until('the middle of the range', () => box(500_400)?.checked === true);
});

test('they are exported by their numbers, without days; they are bookmarked and copied', async () => {
  app = await mount('#/c/mum');
  await select(1);
  click(4);
  await until('two', () => count() === '2 messages chosen');
  named(app.root, /^Bookmark$/)?.click();
  await until('the other words', () => named(app.root, /^Remove bookmark$/));
  expect(app.session.calls.filter(({ name }) => name === 'setOverlay')).toHaveLength(2);
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  named(app.root, 'Copy as text')?.click();
  expect(copied.mock.calls[0]?.[0]).toMatch(/^\[\d{4}-\d\d-\d\d \d\d:\d\d\] Mum: .+\n\[\d{4}-\d\d-\d\d \d\d:\d\d\] .+: .+$/);
  named(app.root.querySelector('[role=toolbar]') as HTMLElement, 'Export')?.click();
  const dialog = await until('the dialog', () => app.root.querySelector<HTMLElement>('dialog[open]'));
  expect(dialog.textContent).toContain('The 2 messages that you chose.');
  expect(dialog.querySelector('input[type=date]')).toBeNull();
  named(dialog, 'Make the file')?.click();
  await until('the outcome', () => dialog.textContent?.includes('The file is written.'));
  const request = app.session.calls.find(({ name }) => name === 'exportMessages')?.args[0] as MessageExport;
  expect(request).toMatchObject({ conversations: ['mum'], fromMs: null, toMs: null });
  expect([...(request.found ?? [])]).toEqual([['mum', [article(1), article(4)].map((each) => Number(each?.dataset['seq']))]]);
});

test('another conversation begins with none', async () => {
  app = await mount('#/c/mum');
  await select(1);
  app.root.querySelector<HTMLElement>('[data-conversation=reunion]')?.click();
  await until('the other', () => app.root.querySelector('main h2')?.textContent !== 'Mum');
  await until('no bar', () => app.root.querySelector('[role=toolbar]') === null);
  await settle();
  expect(chosen()).toEqual([]);
});

test('a range ends where no more can be chosen, nearest to where it began', async () => {
  app = { unmount: () => undefined } as unknown as Mounted;
  const message = (position: number): MessageView => ({ position, seq: position + 7 }) as MessageView;
  const asked: number[] = [];
  const readOn: ReadOn = async (anchor, after) => {
    const from = anchor.at === 'position' ? anchor.position : 0;
    asked.push(after);
    return { messages: Array.from({ length: after + 1 }, (_, at) => message(from + at)) };
  };
  const choosing = createRoot(() => createChoosing(readOn));
  expect(choosing.toggle(message(20_000))).toBe(true);
  expect(await choosing.extend(message(3))).toBe(false);
  expect([choosing.count(), choosing.messages()[0]?.position, choosing.messages().at(-1)?.position]).toEqual([choiceLimit, 10_001, 20_000]);
  expect(choosing.toggle(message(30_000))).toBe(false);
  expect(await choosing.extend(message(19_999))).toBe(true);
  expect(choosing.messages().map(({ position }) => position)).toEqual([19_999, 20_000]);
  expect(Math.max(...asked)).toBeLessThan(1000);
});
