// A plan that is worked out again, as every answer makes it.

import { afterEach, expect, test } from 'vitest';
import { type Mounted, mount, named, settle, until } from '../mounted';

let mounted: Mounted;
afterEach(() => mounted.unmount());

test('an answer leaves the focus in it, and open what was opened', async () => {
  mounted = await mount('#/import');
  const demo = await until('the choice of files', () => named(mounted.root, 'an invented archive'));
  demo.click();
  const radio = await until('an answer', () => mounted.root.querySelector<HTMLInputElement>('main fieldset label:last-child input'));
  const details = mounted.root.querySelector('main details') as HTMLDetailsElement;
  details.open = true;
  radio.focus();
  radio.click();
  const take = mounted.root.querySelector('[class*=sticky] button:last-child') as HTMLButtonElement;
  expect(take.disabled).toBe(true);
  await until('the new plan', () => !take.disabled);
  await settle();
  expect(document.activeElement).toBe(radio);
  expect(radio.checked).toBe(true);
  expect(details.isConnected && details.open).toBe(true);
});
