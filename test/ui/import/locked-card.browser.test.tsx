// An encrypted file in a drop: the screen asks for what opens it, and says what does not.

import { afterEach, expect, test } from 'vitest';
import type { LockedFile } from '../../../src/model/view';
import { inventedPlan } from '../fake-plan';
import { fakeSecret } from '../fake-session';
import { type Mounted, mount, named, until } from '../mounted';

let mounted: Mounted;
afterEach(() => mounted.unmount());

const byPassphrase: LockedFile = { fileId: '0', path: 'camphor-2026-03-07.age', kind: 'age', opensBy: 'passphrase', others: [] };
const byIdentity: LockedFile = { fileId: '1', path: 'for\u202Ekey.age', kind: 'age', opensBy: 'identity', others: [] };

const keeping: (boolean | undefined)[] = [];

async function drop(locked: readonly LockedFile[]): Promise<void> {
  keeping.length = 0;
  mounted = await mount('#/import', {
    onUnlock: (keeps) => keeping.push(keeps),
    plan: { ...inventedPlan(), archives: [], unrecognised: [], locked },
  });
  const demo = await until('the choice of files', () => named(mounted.root, 'an invented archive'));
  demo.click();
  await until('the locked file', () => mounted.root.textContent?.includes('An encrypted file'));
}

function answer(text: string, number = 0): void {
  const form = mounted.root.querySelectorAll('main form')[number] as HTMLFormElement;
  const field = form.querySelector('input') as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  form.requestSubmit();
}

test('a wrong passphrase is said beside the field, and the right one opens it', async () => {
  await drop([byPassphrase]);
  expect(mounted.root.textContent).toContain('camphor-2026-03-07.age');
  expect(mounted.root.querySelector('main input')?.getAttribute('type')).toBe('password');
  answer('not it');
  await until('the refusal', () => mounted.root.querySelector('main [role=alert]')?.textContent?.includes('does not open it'));
  answer(fakeSecret);
  await until('the new plan', () => !mounted.root.textContent?.includes('An encrypted file'));
});

test('a key is asked for where a key opens it; no name turns its line around', async () => {
  await drop([byPassphrase, byIdentity]);
  expect(mounted.root.textContent).toContain('Paste that key, or its whole key file.');
  expect(mounted.root.textContent).not.toContain('\u202E');
  answer('x', 1);
  await until('the refusal', () => mounted.root.textContent?.includes('This key does not open it.'));
});

test('one key is asked for where many databases have it; a half of one is no key, and what cannot be told is said', async () => {
  const others = ['a/contact.db', 'a/x\u202E.db'].map((path, at) => ({ fileId: String(at + 1), path }));
  await drop([{ fileId: '0', path: 'a/message_0.db', kind: 'sqlcipher', opensBy: 'database-key', others }]);
  expect(mounted.root.querySelectorAll('main form')).toHaveLength(1);
  expect(mounted.root.textContent).toContain('and 2 more like it');
  expect(mounted.root.textContent).toContain('SQLCipher, version 1 to 4');
  expect(mounted.root.textContent).not.toContain('\u202E');
  answer(`x'${'ab'.repeat(20)}`);
  await until('what is missing', () => mounted.root.querySelector('main [role=alert]')?.textContent?.includes('still missing'));
  answer('ab'.repeat(32));
  await until('the refusal', () => mounted.root.querySelector('main [role=alert]')?.textContent?.includes('cannot be told apart'));
});

test('nothing is kept but by the tick, which is off until the owner sets it', async () => {
  await drop([byPassphrase]);
  const tick = mounted.root.querySelector<HTMLInputElement>('main input[type=checkbox]')!;
  expect(tick.checked).toBe(false);
  expect(tick.closest('label')?.textContent).toBe('Keep this for the next archive');
  expect(mounted.root.textContent).toContain('goes into no backup');
  answer('not it');
  await until('the refusal', () => mounted.root.querySelector('main [role=alert]'));
  tick.click();
  answer(fakeSecret);
  await until('the new plan', () => !mounted.root.textContent?.includes('An encrypted file'));
  expect(keeping).toEqual([false, true]);
});

test('a picture key has 16 characters; the card says that one can go on without it', async () => {
  await drop([{ fileId: '0', path: 'a/Img/1.dat', kind: 'wechat-pictures', opensBy: 'picture-key', others: [] }]);
  expect(mounted.root.textContent).toContain('You can also go on without it');
  answer('an-invented-key');
  await until('what is missing', () => mounted.root.querySelector('main [role=alert]')?.textContent?.includes('still missing'));
  answer('an-invented-key!');
  await until('the refusal', () => mounted.root.querySelector('main [role=alert]')?.textContent?.includes('does not open the pictures'));
});

test('what was kept is listed in the settings without being shown, and can be forgotten', async () => {
  const keptAtMs = Date.UTC(2026, 2, 7, 12);
  mounted = await mount('#/settings', {
    keptSecrets: [
      { id: 'a', kind: 'age', opensBy: 'passphrase', keptAtMs },
      { id: 'b', kind: 'wechat-pictures', opensBy: 'picture-key', keptAtMs },
    ],
  });
  const card = await until('the card', () =>
    [...mounted.root.querySelectorAll('section')].find((each) => each.textContent?.startsWith('Secrets kept for archives')),
  );
  expect([...card.querySelectorAll('li')].map((item) => item.textContent?.split(',')[0])).toEqual([
    'For age files',
    'For sealed pictures of WeChat',
  ]);
  named(card, 'Forget')?.click();
  await until('the rest', () => card.querySelectorAll('li').length === 1);
  named(card, 'Forget')?.click();
  await until('its end', () => !mounted.root.textContent?.includes('Secrets kept for archives'));
});
