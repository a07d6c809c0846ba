// A table that nothing recognises: what was seen of it, and the choice of its columns with the messages that they make.

import { afterEach, expect, test } from 'vitest';
import axe from 'axe-core';
import { mappingsSetting, readMappings } from '../../../src/model/table-mapping';
import { inventedPlan } from '../fake-plan';
import type { FakeOptions } from '../fake-session';
import { fakeSeen } from '../fake-table';
import { type Mounted, mount, named, until } from '../mounted';

let mounted: Mounted;
afterEach(() => mounted.unmount());

const text = (): string => mounted.root.querySelector('main')?.textContent ?? '';

async function drop(options: FakeOptions = {}): Promise<void> {
  const seen = await fakeSeen();
  const plan = { ...inventedPlan(), archives: [], problems: [], unrecognised: ['garden.csv', 'notes.txt'], seen };
  mounted = await mount('#/import', { ...options, plan });
  (await until('the choice of files', () => named(mounted.root, /an invented archive|虚构/))).click();
  await until('what was seen', () => named(mounted.root, /Choose the columns|指定各列/));
}

async function openMapper(options: FakeOptions = {}): Promise<void> {
  await drop(options);
  named(mounted.root, /Choose the columns|指定各列/)!.click();
  await until('the messages', () => /The tomatoes are in/.test(text()));
}

function field(label: string): HTMLSelectElement {
  const found = [...mounted.root.querySelectorAll('label')].find((each) => each.querySelector('span')?.textContent === label);
  return found!.querySelector('select')!;
}

function choose(label: string, value: string): void {
  const select = field(label);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(mounted.root, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('says what was seen without a word of it', async () => {
  await drop();
  expect(text()).toContain('table (CSV)');
  expect(text()).toContain('xxxx,xxx,xxx,xxxx,xxxx,xxxxxxx');
  expect(text()).toContain('字字字字字。');
  expect(text()).not.toMatch(/tomatoes|diary|浇水|下雨/);
  const report = [...mounted.root.querySelectorAll('pre')].at(-1)!.textContent;
  expect(report).toContain('type: text/csv');
  expect(report).not.toMatch(/garden|tomatoes|Ann/);
  expect(text()).toContain('WhatsApp');
  await expectAccessible();
});

test('columns, times and kinds can be chosen, and the messages follow', async () => {
  await openMapper();
  await expectAccessible();
  expect(document.activeElement?.textContent).toBe('What are the columns of garden.csv?');
  expect(field('Time').value).toBe('when');
  // January to March on the first of the month, or the first three days of March: the times rise either way.
  expect(text()).toContain('could also be the other way round');
  choose('How times are written', 'MDY');
  await until('March', () => /1 Mar 2024|Mar 1, 2024|1 March 2024|March 1, 2024/.test(text()));
  choose('Sender', 'who');
  choose('hologram', 'file');
  await until('names', () => /Béla/.test(text()));
  choose('Text', '');
  await until('no text', () => !/new in version 3.*Columns/.test(text()));
  choose('Text', 'what');
  await until('the text again', () => /The tomatoes are in/.test(text()));
  choose('How times are written', 'ns');
  await until('no message', () => text().includes('No row becomes a message yet'));
  expect(named(mounted.root, 'Use these columns')).toHaveProperty('disabled', true);
});

test('is an archive then, remembered until that is taken back', async () => {
  await openMapper();
  choose('Sender', 'who');
  const use = await until('the end of the work', () => {
    const button = named(mounted.root, 'Use these columns') as HTMLButtonElement;
    return field('Sender').value === 'who' && !button.disabled && button;
  });
  use.click();
  const change = await until('the archive', () => named(mounted.root, 'Change the columns'));
  const kept = (await mounted.session.vault.settings())[mappingsSetting];
  expect(readMappings(kept)[0]?.columns).toEqual(['when', 'day', 'who', 'what', 'kind', 'picture']);
  change.click();
  await until('the mapper', () => named(mounted.root, 'Do not read it as a table'));
});

test('fits into 320 pixels, in Chinese and in the dark', async () => {
  mounted = undefined as unknown as Mounted;
  const frame = document.documentElement;
  frame.style.inlineSize = '320px';
  await openMapper({ preferences: { language: 'zh-CN', theme: 'dark' } });
  expect(text()).toContain('garden.csv 的各列是什么？');
  const page = mounted.root.querySelector('main')!;
  expect(
    [...page.querySelectorAll<HTMLElement>('*')].filter(
      (element) => element.getBoundingClientRect().right > 321 && !element.closest('pre, ol'),
    ),
  ).toEqual([]);
  await expectAccessible();
  frame.style.inlineSize = '';
});
