// The dialog that exports messages: what is asked for, how far it is, what came of it.

import { afterEach, expect, test, vi } from 'vitest';
import type { MessageExport } from '../../../src/model/export';
import { messagesName } from '../../../src/ui/exports/messages-state';
import { startOfDay } from '../../../src/ui/exports/day-fields';
import { inventedHash, stuckDay } from '../fake-exports';
import { type Mounted, mount, named, until } from '../mounted';

let mounted: Mounted | null = null;
afterEach(() => {
  mounted?.unmount();
  mounted = null;
});

async function openDialog(): Promise<HTMLElement> {
  mounted = await mount('#/c/mum');
  const { root } = mounted;
  (await until('the menu', () => root.querySelector<HTMLElement>('main [aria-haspopup=menu], [aria-label="Conversation menu"]'))).click();
  (await until('details', () => named(root, 'Details of the conversation'))).click();
  (await until('the button', () => named(root, 'Export…'))).click();
  return until('the dialog', () => root.querySelector<HTMLElement>('dialog[open]'));
}

function fill(input: Element | null | undefined, value: string): void {
  if (!(input instanceof HTMLInputElement || input instanceof HTMLSelectElement)) throw new Error('no field');
  input.value = value;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

const tick = (root: ParentNode, words: string): void =>
  [...root.querySelectorAll('label')].find((label) => label.textContent === words)?.click();

const asked = (): readonly MessageExport[] =>
  (mounted?.session.calls ?? []).filter(({ name }) => name === 'exportMessages').map(({ args }) => args[0] as MessageExport);

test('format, days, media and names are asked for; what came of it is said, and the copy goes when it is told to', async () => {
  const dialog = await openDialog();
  const [format, media] = dialog.querySelectorAll('select');
  fill(format, 'csv');
  fill(media, 'beside');
  const [from, to] = dialog.querySelectorAll('input[type=date]');
  fill(from, '2024-02-28');
  fill(to, '2024-02-29');
  dialog.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
  named(dialog, 'Make the file')?.click();
  await until('the outcome', () => dialog.textContent?.includes('The file is written.'));
  expect(asked()).toMatchObject([{ conversations: ['mum'], format: 'csv', media: 'beside', names: 'pseudonyms', found: null }]);
  expect(asked()[0]).toMatchObject({ fromMs: new Date(2024, 1, 28).getTime(), toMs: new Date(2024, 2, 1).getTime() });
  expect(dialog.textContent).toContain('2 pictures or other files are not in it');
  expect(dialog.textContent).toMatch(/camphor \d{4}-\d\d-\d\d\.zip/);
  named(dialog, 'remove the copy')?.click();
  await until('the end', () => mounted?.root.querySelector('dialog[open]') === null);
  expect(mounted?.session.calls).toContainEqual({ name: 'discard', args: ['messages'] });
});

test('a PDF shows pictures or none, and says which files it only names', async () => {
  const dialog = await openDialog();
  const [format, media] = dialog.querySelectorAll('select');
  fill(media, 'beside');
  fill(format, 'pdf');
  await until('the pictures', () => dialog.textContent?.includes('With the pictures'));
  expect([...(media?.options ?? [])].map(({ value }) => value)).toEqual(['none', 'inside']);
  expect(media?.value).toBe('none');
  fill(media, 'inside');
  named(dialog, 'Make the file')?.click();
  await until('the outcome', () => dialog.textContent?.includes('The file is written.'));
  expect(asked()).toMatchObject([{ format: 'pdf', media: 'inside' }]);
  expect(dialog.textContent).toContain('2 files are only named in it');
  expect(dialog.textContent).toMatch(/\d{4}-\d\d-\d\d\.pdf/);
});

test('what a search found is exported, and everything from the settings, where a page of so many is warned of', async () => {
  mounted = await mount('#/search');
  const { root } = mounted;
  const field = await until('the field', () => root.querySelector<HTMLInputElement>('[data-search-field]'));
  fill(field, 'settled');
  (await until('the button', () => named(root, 'Export what was found'))).click();
  const dialog = await until('the dialog', () => root.querySelector<HTMLElement>('dialog[open]'));
  named(dialog, 'Make the file')?.click();
  await until('the outcome', () => dialog.textContent?.includes('The file is written.'));
  const [request] = asked();
  expect(request?.conversations).toEqual([...(request?.found?.keys() ?? [])]);
  expect([...(request?.found?.values() ?? [])].flat().length).toBeGreaterThan(0);
  mounted.unmount();
  mounted = await mount('#/settings');
  (await until('the button', () => named(mounted?.root as HTMLElement, 'Export…'))).click();
  const all = await until('the dialog', () => mounted?.root.querySelector<HTMLElement>('dialog[open]'));
  expect(all.textContent).toContain('That many messages make a page slow to open.');
  fill(all.querySelector('select'), 'chatlab');
  expect(all.textContent).not.toContain('That many messages');
  named(all, 'Make the file')?.click();
  await until('the outcome', () => all.textContent?.includes('The file is written.'));
  expect(asked()).toMatchObject([{ conversations: null, found: null, format: 'chatlab' }]);
  expect(all.textContent).toMatch(/camphor \d{4}-\d\d-\d\d\.zip/);
});

test('an end before the beginning is refused where it stands', async () => {
  const dialog = await openDialog();
  const [from, to] = dialog.querySelectorAll('input[type=date]');
  fill(from, '2024-03-02');
  fill(to, '2024-03-01');
  named(dialog, 'Make the file')?.click();
  await until('the words', () => dialog.textContent?.includes('This is before the first day.'));
  expect(asked()).toEqual([]);
});

test('parts to black out are asked for; then media are only named, and it is said that they cannot be blacked out', async () => {
  const dialog = await openDialog();
  fill(dialog.querySelectorAll('select')[1], 'beside');
  tick(dialog, 'Black out parts');
  const words = await until('the field', () => dialog.querySelector('textarea'));
  expect(dialog.textContent).toContain('Pictures and voice messages cannot be blacked out, so they are only named.');
  words.value = 'plum cake\n\n  Grandma ';
  words.dispatchEvent(new InputEvent('input', { bubbles: true }));
  tick(dialog, 'Telephone numbers');
  named(dialog, 'Make the file')?.click();
  await until('the outcome', () => dialog.textContent?.includes('The file is written.'));
  expect(asked()).toMatchObject([{ media: 'none', redaction: { words: ['plum cake', 'Grandma'], kinds: ['phones'] } }]);
  expect(dialog.textContent).toMatch(/camphor \d{4}-\d\d-\d\d\.html/);
});

test('an evidence pack is made with what stands around; its number is shown in fours, copied, and the verifier saved', async () => {
  const dialog = await openDialog();
  named(dialog, 'Evidence pack')?.click();
  const context = await until('the form', () =>
    dialog.textContent?.includes('Messages before and after each') ? dialog.querySelector('select') : null,
  );
  fill(context, '50');
  expect(dialog.textContent).toContain('It does not show that the messages are genuine');
  named(dialog, 'Make the pack')?.click();
  await until('the outcome', () => dialog.textContent?.includes('Note this number now'));
  expect(asked()).toMatchObject([{ format: 'evidence', conversations: ['mum'], contextMessages: 50, withOriginals: true }]);
  expect(dialog.textContent).toContain(inventedHash.match(/.{4}/g)?.join(' '));
  expect(dialog.textContent).toMatch(/Mum evidence \d{4}-\d\d-\d\d\.zip/);
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  named(dialog, 'Copy the number')?.click();
  expect(copied).toHaveBeenCalledWith(inventedHash);
  const saved = new Promise<string>((resolve) => {
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      resolve(this.download);
    });
  });
  named(dialog, 'Save the verifier')?.click();
  expect(await saved).toBe('verify.html');
  vi.restoreAllMocks();
});

test('closing ends nothing; opened again it is there, and can be cancelled', async () => {
  const dialog = await openDialog();
  fill(dialog.querySelector('input[type=date]'), stuckDay);
  named(dialog, 'Make the file')?.click();
  const bar = await until('the progress', () => dialog.querySelector<HTMLProgressElement>('progress[value]'));
  expect(bar.value).toBeCloseTo(0.42);
  named(dialog, 'Close')?.click();
  const root = mounted?.root as HTMLElement;
  await until('the foot', () =>
    [...root.querySelectorAll('[role=status]')].some((each) => each.textContent?.includes('Exporting messages')),
  );
  named(root, 'Export…')?.click();
  const again = await until('the dialog', () => root.querySelector<HTMLElement>('dialog[open]'));
  named(again, 'Cancel')?.click();
  await until('the form', () => again.querySelector('select'));
});

test('days are those of the screen; the file is called after the conversation, and not where names are hidden', () => {
  expect(startOfDay('')).toBeNull();
  expect(startOfDay('2024-02-29', 1)).toBe(new Date(2024, 2, 1).getTime());
  const choice = { name: 'Mum: <home>/\u202e' };
  const request = { format: 'csv', media: 'none', conversations: null } as const;
  const nowMs = Date.UTC(2026, 2, 7, 23, 59);
  expect(messagesName({ ...request, names: 'shown' }, { name: 'Mum' }, nowMs)).toBe('Mum 2026-03-07.csv');
  expect(messagesName({ ...request, names: 'shown' }, choice, nowMs)).not.toMatch(/[<>:/\u202e]/);
  expect(messagesName({ ...request, names: 'shown', redaction: { words: ['mum'], kinds: [] } }, choice, nowMs)).toBe(
    'camphor 2026-03-07.csv',
  );
  expect(messagesName({ ...request, names: 'pseudonyms' }, choice, nowMs)).toBe('camphor 2026-03-07.csv');
  expect(messagesName({ ...request, names: 'pseudonyms', format: 'chatlab' }, choice, nowMs)).toBe('camphor 2026-03-07.zip');
});
