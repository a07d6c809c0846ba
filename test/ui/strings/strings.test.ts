// F9: all languages say the same things, and no words stand in JSX.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../../src/model/error';
import { problemCodes } from '../../../src/model/problem';
import { messageKinds } from '../../../src/model/record';
import { sourceApps } from '../../../src/model/source';
import { languages } from '../../../src/model/language';
import { en } from '../../../src/ui/strings/en';
import { createTranslate, loadWords, resolveLanguage } from '../../../src/ui/strings/strings';
import { type Language, type Text, pluralForm, splitSlots } from '../../../src/ui/strings/text';

/** What is there from the start, and the sections that come with their screens. */
async function tableOf(language: Language): Promise<Readonly<Record<string, Text>>> {
  const { core, sections } = await loadWords(language);
  return Object.assign({}, core, ...(await Promise.all(Object.values(sections).map((load) => load()))));
}
const tables = new Map(await Promise.all(languages.map(async (language) => [language, await tableOf(language)] as const)));
const table = tables.get('en') ?? {};
const others = languages.filter((language) => language !== 'en');

function forms(text: Text | undefined): readonly string[] {
  return text === undefined ? [] : typeof text === 'string' ? [text] : Object.values(text);
}

function slots(text: Text | undefined): readonly string[] {
  return [...new Set(forms(text).flatMap((form) => splitSlots(form).flatMap((piece) => ('slot' in piece ? [piece.slot] : []))))].sort();
}

describe('strings', () => {
  test.each(others)('%s has the keys of English', (language) => {
    expect(Object.keys(tables.get(language) ?? {}).sort()).toEqual(Object.keys(table).sort());
  });

  test.each(Object.keys(table))('%s has the same slots in all languages and is not empty', (key) => {
    for (const language of languages) {
      const text = tables.get(language)?.[key];
      expect(slots(text), language).toEqual(slots(table[key]));
      for (const form of forms(text)) expect(form.trim()).not.toBe('');
    }
  });

  test.each(languages)('%s has a form for each kind of number that the language knows', (language) => {
    const kinds = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, text] of Object.entries(tables.get(language) ?? {}))
      if (typeof text !== 'string')
        expect(
          Object.keys(text)
            .filter((kind) => kind !== '1')
            .sort(),
          key,
        ).toEqual([...kinds].sort());
  });

  test('sections add and never replace', async () => {
    const { sections } = await loadWords('en');
    const added = await Promise.all(Object.values(sections).map(async (load) => Object.keys(await load())));
    // The words of passphrases come with whichever of two screens is first.
    expect(added.flat().filter((key) => key in en)).toEqual([]);
  });

  test('every code, kind and source has its words', () => {
    const wanted = [
      ...errorCodes.map((code) => `error.${code}`),
      ...problemCodes.map((code) => `problem.${code}`),
      ...messageKinds.map((kind) => `kind.${kind}`),
      ...sourceApps.flatMap((source) => [`source.${source}`, `badge.${source}`]),
    ];
    expect(wanted.filter((key) => !(key in table))).toEqual([]);
  });

  test('the voice: no exclamation marks, no half-width punctuation between Chinese letters', () => {
    for (const [key, text] of Object.entries(table))
      for (const form of forms(text)) expect(form, key).not.toMatch(/!|Oops|Something went wrong|Invalid/i);
    for (const [key, text] of others.flatMap((language) => Object.entries(tables.get(language) ?? {})))
      for (const form of forms(text)) expect(form, key).not.toMatch(/！|\p{Script=Han}[,;:?!]\p{Script=Han}|您/u);
  });

  test('a count chooses the form, and numbers are written as the language writes them', () => {
    const english = createTranslate(() => ({ language: 'en', table: en }));
    expect(english('count.messages', { count: 1 })).toBe('1 message');
    expect(english('count.messages', { count: 12_480 })).toBe('12,480 messages');
    const chinese = createTranslate(() => ({ language: 'zh-CN', table: tables.get('zh-CN') ?? {} }));
    expect(chinese('count.messages', { count: 12_480 })).toBe('12,480 条消息');
    // Chinese knows one kind of number; where 1 alone reads otherwise, it has words of its own.
    expect([1, 2].map((count) => chinese('plan.take', { count, total: count }))).toEqual(['导入', '导入 2 份存档']);
  });

  test('forms are chosen by the rules of the language', () => {
    const text = { one: 'one', few: 'few', other: 'other' };
    expect([1, 2, 1.5].map((count) => pluralForm(text, count, 'en'))).toEqual(['one', 'other', 'other']);
    expect(pluralForm(text, 2, 'pl' as Language)).toBe('few');
    expect(pluralForm({ 1: 'alone', other: 'other' }, 1, 'zh-CN')).toBe('alone');
    expect(pluralForm(text, undefined, 'en')).toBe('other');
  });

  test('the language follows the preference, then the browser', () => {
    expect(resolveLanguage('zh-CN', ['en-GB'])).toBe('zh-CN');
    expect(resolveLanguage('system', ['fr', 'zh-TW', 'en'])).toBe('zh-TW');
    expect(['zh', 'zh-SG', 'zh-Hans-HK', 'zh-HK', 'zh-Hant', 'zh-Hant-CN'].map((tag) => resolveLanguage('system', [tag]))).toEqual(['zh-CN', 'zh-CN', 'zh-CN', 'zh-TW', 'zh-TW', 'zh-TW']); // prettier-ignore
    expect(resolveLanguage('system', ['fr'])).toBe('en');
  });
});

const sourceFolder = join(import.meta.dirname, '../../../src/ui');
const components = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tsx'));
/** Attributes that people read or hear. */
const spoken: ReadonlySet<string> = new Set([
  'title',
  'alt',
  'label',
  'placeholder',
  'aria-label',
  'aria-valuetext',
  'aria-description',
  'hint',
  'words',
]);

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Words in JSX text, in string children and in spoken attributes. */
function literalWords(node: unknown, found: string[] = []): readonly string[] {
  if (Array.isArray(node)) node.forEach((one) => literalWords(one, found));
  if (typeof node !== 'object' || node === null || !('type' in node)) return found;
  const one = node as Node;
  if (one.type === 'JSXText' && /\p{L}/u.test(String(one['value']))) found.push(String(one['value']).trim());
  if (one.type === 'JSXAttribute') {
    const name = String((one['name'] as Node)['name']);
    const value = one['value'] as Node | null;
    if (value?.type === 'Literal' && spoken.has(name) && /\p{L}/u.test(String(value['value'])))
      found.push(`${name}=${String(value['value'])}`);
  }
  if ((one.type === 'JSXElement' || one.type === 'JSXFragment') && Array.isArray(one['children'])) {
    for (const child of one['children'] as Node[]) {
      const inner = child.type === 'JSXExpressionContainer' ? (child['expression'] as Node) : null;
      if (inner?.type === 'Literal' && /\p{L}/u.test(String(inner['value']))) found.push(String(inner['value']));
    }
  }
  for (const value of Object.values(one)) literalWords(value, found);
  return found;
}

describe('no literal words in JSX', () => {
  test('the finder finds them', () => {
    const parsed = parseSync('x.tsx', 'const a = <p title="Hello">Hi {"there"}<b aria-label={t("x")}>{n}</b></p>;');
    expect([...literalWords(parsed.program)].sort()).toEqual(['Hi', 'there', 'title=Hello']);
  });

  test.each(components)('%s', (path) => {
    const parsed = parseSync(path, readFileSync(join(sourceFolder, path), 'utf8'));
    expect(parsed.errors).toEqual([]);
    expect(literalWords(parsed.program)).toEqual([]);
  });

  test.each(components)('%s: no static style, no innerHTML, no inline handler', (path) => {
    expect(readFileSync(join(sourceFolder, path), 'utf8')).not.toMatch(/\sstyle="|innerHTML|insertAdjacentHTML|\son[a-z]+="/);
  });
});
