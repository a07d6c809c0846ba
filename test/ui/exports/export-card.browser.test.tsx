// The card of the single-file export: what locks it, how far it is, what came of it.

import { afterEach, expect, test } from 'vitest';
import { exportName } from '../../../src/ui/exports/export-state';
import { fullPassphrase, stuckPassphrase } from '../fake-exports';
import { type Mounted, mount, named, until } from '../mounted';

let mounted: Mounted;
afterEach(() => mounted.unmount());

async function openCard(): Promise<HTMLElement> {
  mounted = await mount('#/settings');
  const heading = await until('the card', () =>
    [...mounted.root.querySelectorAll('h2')].find((each) => each.textContent === 'One encrypted file'),
  );
  return heading.parentElement as HTMLElement;
}

function type(input: HTMLInputElement | undefined, text: string): void {
  if (input === undefined) throw new Error('no field');
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

const passwords = (card: HTMLElement): HTMLInputElement[] => [
  ...card.querySelectorAll<HTMLInputElement>('input[autocomplete=new-password]'),
];
const exportsAsked = (): readonly unknown[] => mounted.session.calls.filter(({ name }) => name === 'export').map(({ args }) => args[0]);

async function submit(card: HTMLElement, first: string, second = first): Promise<void> {
  await until('the form', () => passwords(card).length === 2);
  type(passwords(card)[0], first);
  type(passwords(card)[1], second);
  named(card, 'Make the file')?.click();
}

test('a passphrase is asked for twice, and must not be weak; then the file is made, read back and offered', async () => {
  const card = await openCard();
  expect(card.textContent).toContain('No one can reset it, not even us.');
  await submit(card, 'correct horse battery', 'correct horse');
  await until('the difference', () => card.textContent?.includes('The two do not match.'));
  await submit(card, 'aaaaaaaaaabb');
  expect(exportsAsked()).toEqual([]);
  await submit(card, 'correct horse battery');
  await until('the outcome', () => card.textContent?.includes('read back whole'));
  expect(exportsAsked()).toEqual([{ kind: 'passphrase', text: 'correct horse battery' }]);
  expect(card.textContent).toContain('3 pictures or other files are not in it');
  expect(card.querySelector('pre')?.textContent).toMatch(/^age -d camphor-\d{4}-\d\d-\d\d\.age > camphor-\d{4}-\d\d-\d\d\.zip$/);
  named(card, 'remove the copy')?.click();
  await until('the form again', () => passwords(card).length === 2);
  expect(mounted.session.calls.map(({ name }) => name)).toContain('discard');
});

test('it is cancelled at once, and says what room is missing', async () => {
  const card = await openCard();
  await submit(card, stuckPassphrase);
  const bar = await until('the progress', () => card.querySelector('progress[value]'));
  expect((bar as HTMLProgressElement).value).toBeCloseTo(0.42);
  named(card, 'Cancel')?.click();
  await submit(card, fullPassphrase);
  await until('the refusal', () =>
    card.textContent?.includes('The file needs 412 MB, and the browser has room for 1 MB. Nothing was written.'),
  );
});

test('a recipient locks it too', async () => {
  const card = await openCard();
  const radios = await until('the choice', () =>
    card.querySelectorAll('input[type=radio]').length === 2 ? card.querySelectorAll('input[type=radio]') : null,
  );
  (radios[1] as HTMLInputElement).click();
  const field = await until('the field', () => card.querySelector<HTMLInputElement>('input[pattern]'));
  type(field, 'age1');
  expect(field.validity.patternMismatch).toBe(true);
  type(field, `age1${'q'.repeat(58)}`);
  named(card, 'Make the file')?.click();
  await until('the outcome', () => card.querySelector('pre')?.textContent?.startsWith('age -d -i key.txt '));
});

test('the file is named by the day', () => {
  expect(exportName(Date.UTC(2026, 2, 7, 23, 59))).toBe('camphor-2026-03-07.age');
  mounted = { unmount: () => undefined } as unknown as Mounted;
});
