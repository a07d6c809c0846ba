// F9: both languages say the same things, and no words stand in JSX.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../../src/model/error';
import { problemCodes } from '../../../src/model/problem';
import { messageKinds } from '../../../src/model/record';
import { sourceApps } from '../../../src/model/source';
import { en } from '../../../src/ui/strings/en';
import { enBackup } from '../../../src/ui/strings/en/backup';
import { enExport } from '../../../src/ui/strings/en/export';
import { enGallery } from '../../../src/ui/strings/en/gallery';
import { enGathering } from '../../../src/ui/strings/en/gathering';
import { enImport } from '../../../src/ui/strings/en/import';
import { enGuides } from '../../../src/ui/strings/en/guides';
import { enReading } from '../../../src/ui/strings/en/reading';
import { enSettings } from '../../../src/ui/strings/en/settings';
import { enSearch } from '../../../src/ui/strings/en/search';
import { enStatistics } from '../../../src/ui/strings/en/statistics';
import { enTable } from '../../../src/ui/strings/en/table';
import { createTranslate, resolveLanguage } from '../../../src/ui/strings/strings';
import { type Text, splitSlots } from '../../../src/ui/strings/text';
import { zhCN } from '../../../src/ui/strings/zh-cn';
import { zhBackup } from '../../../src/ui/strings/zh-cn/backup';
import { zhExport } from '../../../src/ui/strings/zh-cn/export';
import { zhGallery } from '../../../src/ui/strings/zh-cn/gallery';
import { zhGathering } from '../../../src/ui/strings/zh-cn/gathering';
import { zhImport } from '../../../src/ui/strings/zh-cn/import';
import { zhGuides } from '../../../src/ui/strings/zh-cn/guides';
import { zhReading } from '../../../src/ui/strings/zh-cn/reading';
import { zhSettings } from '../../../src/ui/strings/zh-cn/settings';
import { zhSearch } from '../../../src/ui/strings/zh-cn/search';
import { zhStatistics } from '../../../src/ui/strings/zh-cn/statistics';
import { zhTable } from '../../../src/ui/strings/zh-cn/table';

/** What is there from the start, and the sections that come with their screens. */
const table: Readonly<Record<string, Text>> = {
  ...en,
  ...enBackup,
  ...enExport,
  ...enGallery,
  ...enGathering,
  ...enGuides,
  ...enReading,
  ...enImport,
  ...enSearch,
  ...enSettings,
  ...enStatistics,
  ...enTable,
};
const chinese: Readonly<Record<string, Text>> = {
  ...zhCN,
  ...zhBackup,
  ...zhExport,
  ...zhGallery,
  ...zhGathering,
  ...zhGuides,
  ...zhReading,
  ...zhImport,
  ...zhSearch,
  ...zhSettings,
  ...zhStatistics,
  ...zhTable,
};

function forms(text: Text | undefined): readonly string[] {
  return text === undefined ? [] : typeof text === 'string' ? [text] : [text.one, text.other];
}

function slots(text: Text | undefined): readonly string[] {
  return [...new Set(forms(text).flatMap((form) => splitSlots(form).flatMap((piece) => ('slot' in piece ? [piece.slot] : []))))].sort();
}

describe('strings', () => {
  test('English and Chinese have the same keys', () => {
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(table).sort());
  });

  test.each(Object.keys(table))('%s has the same slots in both and is not empty', (key) => {
    expect(slots(chinese[key])).toEqual(slots(table[key]));
    for (const form of [...forms(table[key]), ...forms(chinese[key])]) expect(form.trim()).not.toBe('');
  });

  test('sections add and never replace', () => {
    expect(
      [enBackup, enExport, enGathering, enGuides, enImport, enReading, enSearch, enSettings, enTable]
        .flatMap(Object.keys)
        .filter((key) => key in en),
    ).toEqual([]);
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
    for (const [key, text] of Object.entries(chinese))
      for (const form of forms(text)) expect(form, key).not.toMatch(/！|\p{Script=Han}[,;:?!]\p{Script=Han}|您/u);
  });

  test('a count chooses the form, and numbers are written as the language writes them', () => {
    const english = createTranslate(() => ({ language: 'en', table: en }));
    expect(english('count.messages', { count: 1 })).toBe('1 message');
    expect(english('count.messages', { count: 12_480 })).toBe('12,480 messages');
    expect(createTranslate(() => ({ language: 'zh-CN', table: zhCN }))('count.messages', { count: 12_480 })).toBe('12,480 条消息');
  });

  test('the language follows the preference, then the browser', () => {
    expect(resolveLanguage('zh-CN', ['en-GB'])).toBe('zh-CN');
    expect(resolveLanguage('system', ['fr', 'zh-TW', 'en'])).toBe('zh-CN');
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
