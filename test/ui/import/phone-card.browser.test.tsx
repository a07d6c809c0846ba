// A phone's backup in a drop: which apps it holds, and which of them are looked into.

import { afterEach, expect, test } from 'vitest';
import type { BackupView } from '../../../src/model/phone-backup';
import { inventedPhone, inventedPlan } from '../fake-plan';
import { type Mounted, mount, named, until } from '../mounted';

let mounted: Mounted;
afterEach(() => mounted.unmount());

async function drop(backup: BackupView): Promise<void> {
  mounted = await mount('#/import', { plan: { ...inventedPlan(), archives: [], unrecognised: [], problems: [], backups: [backup] } });
  const demo = await until('the choice of files', () => named(mounted.root, 'an invented archive'));
  demo.click();
  await until('the backup', () => mounted.root.textContent?.includes('A backup of'));
}

const boxes = (): HTMLInputElement[] => [...mounted.root.querySelectorAll<HTMLInputElement>('main input[type=checkbox]')];
const look = (): HTMLButtonElement | undefined => named(mounted.root, 'Look into') as HTMLButtonElement | undefined;

test('all that can be read is chosen at first; what cannot says why', async () => {
  await drop(inventedPhone());
  expect(boxes().map(({ checked }) => checked)).toEqual([true, true, true]);
  expect(mounted.root.textContent).toContain('iOS 18.1');
  expect(mounted.root.textContent).toContain('38,412 files');
  expect(mounted.root.textContent).toContain('account 8c3f1e07a9b2…');
  expect(mounted.root.textContent).toContain('12 files that the backup names are not in the folder.');
  expect(mounted.root.textContent).toContain('Export them with Telegram Desktop.');
  expect(look()?.textContent).toBe('Look into 3 apps');
});

test('what is chosen is looked into, and can be changed afterwards', async () => {
  await drop(inventedPhone());
  boxes()[0]!.click();
  await until('two', () => look()?.textContent === 'Look into 2 apps');
  look()?.click();
  await until('the new plan', () => look()?.disabled);
  expect(boxes().map(({ checked }) => checked)).toEqual([false, true, true]);
  boxes()[0]!.click();
  await until('a change', () => look()?.disabled === false);
});

test('nothing chosen is nothing to look into; no name turns its line around', async () => {
  await drop({ ...inventedPhone(), deviceName: null, path: 'back\u202Eup' });
  for (const box of boxes()) box.click();
  await until('nothing', () => look()?.disabled);
  expect(mounted.root.textContent).toContain('A backup of an iPhone or iPad');
  expect(mounted.root.textContent).not.toContain('\u202E');
});
