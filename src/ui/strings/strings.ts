// The words of the interface in the language in use. Each language is a chunk of its own, fetched when it is chosen.

import { type Accessor, createMemo, createResource } from 'solid-js';
import type { Preferences } from '../../session/session';
import type { CoreKey, StringTable } from './en';
import type { enBackup } from './en/backup';
import type { enExport } from './en/export';
import type { enGallery } from './en/gallery';
import type { enGathering } from './en/gathering';
import type { enGuides } from './en/guides';
import type { enImport } from './en/import';
import type { enInstall } from './en/install';
import type { enReading } from './en/reading';
import type { enSearch } from './en/search';
import type { enSettings } from './en/settings';
import type { enStatistics } from './en/statistics';
import type { enTable } from './en/table';
import { type Language, type Text, pluralForm, splitSlots } from './text';

export type StringKey =
  | CoreKey
  | keyof typeof enBackup
  | keyof typeof enExport
  | keyof typeof enGallery
  | keyof typeof enGathering
  | keyof typeof enGuides
  | keyof typeof enImport
  | keyof typeof enInstall
  | keyof typeof enReading
  | keyof typeof enSearch
  | keyof typeof enSettings
  | keyof typeof enStatistics
  | keyof typeof enTable;
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

/** Words that only some screens need, a chunk each: such a screen draws once it has them. */
export type Section =
  | 'backup'
  | 'export'
  | 'gallery'
  | 'gathering'
  | 'guides'
  | 'import'
  | 'install'
  | 'reading'
  | 'search'
  | 'settings'
  | 'statistics'
  | 'table';

const sectionLoaders: Readonly<Record<Section, Readonly<Record<Language, () => Promise<Readonly<Record<string, Text>>>>>>> = {
  backup: {
    en: async () => (await import('./en/backup')).enBackup,
    'zh-CN': async () => (await import('./zh-cn/backup')).zhBackup,
  },
  export: {
    en: async () => (await import('./en/export')).enExport,
    'zh-CN': async () => (await import('./zh-cn/export')).zhExport,
  },
  gallery: {
    en: async () => (await import('./en/gallery')).enGallery,
    'zh-CN': async () => (await import('./zh-cn/gallery')).zhGallery,
  },
  gathering: {
    en: async () => (await import('./en/gathering')).enGathering,
    'zh-CN': async () => (await import('./zh-cn/gathering')).zhGathering,
  },
  guides: {
    en: async () => (await import('./en/guides')).enGuides,
    'zh-CN': async () => (await import('./zh-cn/guides')).zhGuides,
  },
  import: {
    en: async () => (await import('./en/import')).enImport,
    'zh-CN': async () => (await import('./zh-cn/import')).zhImport,
  },
  install: {
    en: async () => (await import('./en/install')).enInstall,
    'zh-CN': async () => (await import('./zh-cn/install')).zhInstall,
  },
  reading: {
    en: async () => (await import('./en/reading')).enReading,
    'zh-CN': async () => (await import('./zh-cn/reading')).zhReading,
  },
  search: {
    en: async () => (await import('./en/search')).enSearch,
    'zh-CN': async () => (await import('./zh-cn/search')).zhSearch,
  },
  settings: {
    en: async () => (await import('./en/settings')).enSettings,
    'zh-CN': async () => (await import('./zh-cn/settings')).zhSettings,
  },
  statistics: {
    en: async () => (await import('./en/statistics')).enStatistics,
    'zh-CN': async () => (await import('./zh-cn/statistics')).zhStatistics,
  },
  table: {
    en: async () => (await import('./en/table')).enTable,
    'zh-CN': async () => (await import('./zh-cn/table')).zhTable,
  },
};

/** The table of `language` and what `sections` add; undefined until its chunk is here, and the former one while another is on its way. */
export function createStrings(language: Accessor<Language>, sections: Accessor<readonly Section[]>): Accessor<LoadedStrings | undefined> {
  const [loaded] = createResource(
    () => ({ language: language(), sections: sections() }),
    async (wanted): Promise<LoadedStrings> => {
      const tables = await Promise.all([
        loaders[wanted.language](),
        ...wanted.sections.map((section) => sectionLoaders[section][wanted.language]()),
      ]);
      return { ...wanted, table: Object.assign({}, ...tables) as LoadedStrings['table'] };
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
    const form = pluralForm(table[key] ?? '', typeof count === 'number' ? count : undefined);
    return splitSlots(form)
      .map((piece) => ('words' in piece ? piece.words : fill(values[piece.slot], language)))
      .join('');
  };
}

/** A value as the language writes it. */
export function fill(value: string | number | undefined, language: Language): string {
  return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : (value ?? '');
}
