// The words of the interface in the language in use. Each language is a chunk of its own, fetched when it is chosen.

import { type Accessor, createMemo, createResource } from 'solid-js';
import type { Preferences } from '../../session/session';
import type { Section, StringKey, Words } from './tables';
import { type Language, type Text, languageOf, pluralForm, splitSlots } from './text';

export type { Section, StringKey } from './tables';
export type Values = Readonly<Record<string, string | number>>;
/** The text of `key` with its slots filled; numbers are written as the language writes them; `count` chooses the plural. */
export type Translate = (key: StringKey, values?: Values) => string;

/** The language that a preference stands for on this device. */
export function resolveLanguage(preference: Preferences['language'], preferred: readonly string[]): Language {
  if (preference !== 'system') return preference;
  return preferred.map(languageOf).find((language) => language !== undefined) ?? 'en';
}

/** The language in use, as the preference and the browser have it. */
export function createLanguage(preferences: Accessor<Preferences>): Accessor<Language> {
  return createMemo(() => resolveLanguage(preferences().language, navigator.languages));
}

/** Fetches the words of a language. */
export type LoadWords = (language: Language) => Promise<Words>;

const loaders: Readonly<Record<Language, () => Promise<Words>>> = {
  en: async () => (await import('./en')).english,
  'zh-CN': async () => (await import('./zh-cn')).simplifiedChinese,
  'zh-TW': async () => (await import('./zh-tw')).traditionalChinese,
};

export const loadWords: LoadWords = (language) => loaders[language]();

/** The table of `language` and what `sections` add; undefined until its chunk is here, and the former one while another is on its way. */
export function createStrings(
  language: Accessor<Language>,
  sections: Accessor<readonly Section[]>,
  load: LoadWords,
): Accessor<LoadedStrings | undefined> {
  const [loaded] = createResource(
    () => ({ language: language(), sections: sections() }),
    async (wanted): Promise<LoadedStrings> => {
      const { core, sections: loadSection } = await load(wanted.language);
      const tables = await Promise.all(wanted.sections.map((section) => loadSection[section]()));
      return { ...wanted, table: Object.assign({}, core, ...tables) as LoadedStrings['table'] };
    },
  );
  return () => loaded.latest;
}

export interface LoadedStrings {
  readonly language: Language;
  readonly sections: readonly Section[];
  readonly table: Readonly<Record<string, Text>>;
}

/** Makes a translate function over a table. */
export function createTranslate(strings: () => Pick<LoadedStrings, 'language' | 'table'>): Translate {
  return (key, values = {}) => {
    const { language, table } = strings();
    const count = values['count'];
    const form = pluralForm(table[key] ?? '', typeof count === 'number' ? count : undefined, language);
    return splitSlots(form)
      .map((piece) => ('words' in piece ? piece.words : fill(values[piece.slot], language)))
      .join('');
  };
}

/** A value as the language writes it. */
export function fill(value: string | number | undefined, language: Language): string {
  return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : (value ?? '');
}
