// The words of the interface in the language in use. Each language is a chunk of its own, fetched when it is chosen.

import { type Accessor, createMemo, createResource } from 'solid-js';
import type { Preferences } from '../../session/session';
import type { StringKey, StringTable } from './en';
import { type Language, pluralForm, splitSlots } from './text';

export type { StringKey } from './en';
export type Values = Readonly<Record<string, string | number>>;
/** The text of `key` with its slots filled; numbers are written as the language writes them; `count` chooses the plural. */
export type Translate = (key: StringKey, values?: Values) => string;

/** The language that a preference stands for on this device. */
export function resolveLanguage(preference: Preferences['language'], preferred: readonly string[]): Language {
  if (preference !== 'system') return preference;
  const first = preferred.find((tag) => /^(?:zh|en)\b/i.test(tag));
  return first !== undefined && /^zh/i.test(first) ? 'zh-CN' : 'en';
}

/** The language in use, as the preference and the browser have it. */
export function createLanguage(preferences: Accessor<Preferences>): Accessor<Language> {
  return createMemo(() => resolveLanguage(preferences().language, navigator.languages));
}

const loaders: Readonly<Record<Language, () => Promise<StringTable>>> = {
  en: async () => (await import('./en')).en,
  'zh-CN': async () => (await import('./zh-cn')).zhCN,
};

/** The table of `language`; undefined until its chunk is here, and the former one while another is on its way. */
export function createStrings(language: Accessor<Language>): Accessor<LoadedStrings | undefined> {
  const [loaded] = createResource(language, async (wanted) => ({ language: wanted, table: await loaders[wanted]() }));
  return () => loaded.latest;
}

export interface LoadedStrings {
  readonly language: Language;
  readonly table: StringTable;
}

/** Makes a translate function over a table. */
export function createTranslate(strings: () => LoadedStrings): Translate {
  return (key, values = {}) => {
    const { language, table } = strings();
    const count = values['count'];
    const form = pluralForm(table[key], typeof count === 'number' ? count : undefined);
    return splitSlots(form)
      .map((piece) => ('words' in piece ? piece.words : fill(values[piece.slot], language)))
      .join('');
  };
}

/** A value as the language writes it. */
export function fill(value: string | number | undefined, language: Language): string {
  return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : (value ?? '');
}
