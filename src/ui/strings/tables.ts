// What a language has to say: all of it by type, so that one that lacks a word does not compile.

import type { CoreKey, StringTable } from './en';
import type { enBackup } from './en/backup';
import type { enExport } from './en/export';
import type { enGallery } from './en/gallery';
import type { enGathering } from './en/gathering';
import type { enGuides } from './en/guides';
import type { enImport } from './en/import';
import type { enInstall } from './en/install';
import type { enNews } from './en/news';
import type { enReading } from './en/reading';
import type { enRecipes } from './en/recipes';
import type { enSearch } from './en/search';
import type { enSettings } from './en/settings';
import type { enStatistics } from './en/statistics';
import type { enTable } from './en/table';
import type { Text } from './text';

/** Words that only some screens need, a chunk each: such a screen draws once it has them. */
interface SectionTables {
  readonly backup: typeof enBackup;
  readonly export: typeof enExport;
  readonly gallery: typeof enGallery;
  readonly gathering: typeof enGathering;
  readonly guides: typeof enGuides;
  readonly import: typeof enImport;
  readonly install: typeof enInstall;
  readonly news: typeof enNews;
  readonly reading: typeof enReading;
  readonly recipes: typeof enRecipes;
  readonly search: typeof enSearch;
  readonly settings: typeof enSettings;
  readonly statistics: typeof enStatistics;
  readonly table: typeof enTable;
}

export type Section = keyof SectionTables;
export type StringKey = CoreKey | { readonly [Name in Section]: keyof SectionTables[Name] }[Section];

/** A language: what is there from the start, and how the words of each section are fetched. */
export interface Words {
  readonly core: StringTable;
  readonly sections: { readonly [Name in Section]: () => Promise<Readonly<Record<keyof SectionTables[Name], Text>>> };
}
