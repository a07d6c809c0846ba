// People: who may be one, merging and taking apart with undo, finding.

import { page } from 'vitest/browser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Mounted, mount, named, until } from '../mounted';
import { inventedEveryone } from './everyone';

let app: Mounted;
beforeEach(async () => {
  await page.viewport(1280, 800);
  app = await mount('#/people', { everyone: inventedEveryone });
});
afterEach(() => app.unmount());

const said = (): unknown[] => app.session.calls.filter(({ name }) => name === 'setOverlay').map(({ args }) => args);
const rows = (): HTMLElement[] => [...app.root.querySelectorAll<HTMLElement>('main ul[aria-label="People"] > li')];
const menuItem = (words: RegExp): Promise<HTMLElement> =>
  until(String(words), () =>
    [...app.root.querySelectorAll<HTMLElement>('[role=menuitem]')].find((item) => words.test(item.textContent ?? '')),
  );
const openMenu = async (row: number): Promise<void> =>
  (await until('the menu', () => rows()[row]?.querySelector<HTMLElement>('[aria-haspopup=menu]'))).click();

test('who may be one is proposed; merging can be taken back', async () => {
  (await until('the proposal', () => named(app.root, /^Merge$/))).click();
  await until('it to be said', () => said().length === 1);
  (await until('the way back', () => named(app.root, /^Undo$/))).click();
  await until('it to be taken back', () => said().length === 2);
  expect(said()).toEqual([
    ['merged-people', 'person:kim2', { into: 'person:kim' }],
    ['merged-people', 'person:kim2', { into: null }],
  ]);
});

test('a proposal can be declined, and that taken back', async () => {
  (await until('the proposal', () => named(app.root, /^Not the same$/))).click();
  await until('it to be said', () => said().length === 1);
  (await until('the way back', () => named(app.root, /^Undo$/))).click();
  await until('it to be taken back', () => said().length === 2);
  expect(said()).toEqual([
    ['different-people', 'person:kim', { kim2: 'yes' }],
    ['different-people', 'person:kim', { kim2: null }],
  ]);
});

test('anyone can be merged with anyone, found by any name', async () => {
  await until('everyone', () => rows().length === 4);
  await openMenu(2);
  (await menuItem(/^Merge with/)).click();
  const field = await until('the field', () => app.root.querySelector<HTMLInputElement>('dialog input'));
  field.value = '艾达';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  const choices = await until('one choice', () => {
    const found = [...app.root.querySelectorAll<HTMLElement>('dialog li button')];
    return found.length === 1 && found;
  });
  choices[0]?.click();
  await until('it to be said', () => said().length === 1);
  expect(said()).toEqual([['merged-people', 'person:ida', { into: 'person:kim' }]]);
});

test('merged people are taken apart again, each but the one who stands for them', async () => {
  await until('everyone', () => rows().length === 4);
  await openMenu(1);
  (await menuItem(/^Take apart$/)).click();
  await until('it to be said', () => said().length === 1);
  expect(said()).toEqual([['merged-people', 'person:ida1', { into: null }]]);
  await until('the menu to be closed', () => app.root.querySelector('[role=menu]') === null);
  await openMenu(2);
  await menuItem(/^Save as a vCard$/);
  expect([...app.root.querySelectorAll('[role=menuitem]')].some((item) => /Take apart/.test(item.textContent ?? ''))).toBe(false);
});
