// English. Voice: short, calm, concrete; what happened, what is safe, what to do.

import { enErrors } from './en/errors';
import { enFirst } from './en/first';
import { enInterface } from './en/interface';
import type { Words } from './tables';
import type { Text } from './text';

export const en = { ...enInterface, ...enFirst, ...enErrors };

/** Keys of the table that is there from the start; sections bring more (strings.ts). */
export type CoreKey = keyof typeof en;
export type StringTable = Readonly<Record<CoreKey, Text>>;

export const english: Words = {
  core: en,
  sections: {
    backup: async () => (await import('./en/backup')).enBackup,
    export: async () => (await import('./en/export')).enExport,
    gallery: async () => (await import('./en/gallery')).enGallery,
    gathering: async () => (await import('./en/gathering')).enGathering,
    guides: async () => (await import('./en/guides')).enGuides,
    import: async () => (await import('./en/import')).enImport,
    install: async () => (await import('./en/install')).enInstall,
    news: async () => (await import('./en/news')).enNews,
    reading: async () => (await import('./en/reading')).enReading,
    recipes: async () => (await import('./en/recipes')).enRecipes,
    search: async () => (await import('./en/search')).enSearch,
    settings: async () => (await import('./en/settings')).enSettings,
    statistics: async () => (await import('./en/statistics')).enStatistics,
    table: async () => (await import('./en/table')).enTable,
  },
};
