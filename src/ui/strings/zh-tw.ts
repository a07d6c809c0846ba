// 繁體中文（台灣用語）。語氣：簡潔、平實，用「你」；「聊天紀錄」「匯入」「驗證」等詞始終同一個意思。

import type { StringTable } from './en';
import type { Words } from './tables';
import { twErrors } from './zh-tw/errors';
import { twFirst } from './zh-tw/first';
import { twInterface } from './zh-tw/interface';

export const zhTW: StringTable = { ...twInterface, ...twFirst, ...twErrors };

export const traditionalChinese: Words = {
  core: zhTW,
  sections: {
    backup: async () => (await import('./zh-tw/backup')).twBackup,
    export: async () => (await import('./zh-tw/export')).twExport,
    gallery: async () => (await import('./zh-tw/gallery')).twGallery,
    gathering: async () => (await import('./zh-tw/gathering')).twGathering,
    guides: async () => (await import('./zh-tw/guides')).twGuides,
    import: async () => (await import('./zh-tw/import')).twImport,
    install: async () => (await import('./zh-tw/install')).twInstall,
    news: async () => (await import('./zh-tw/news')).twNews,
    reading: async () => (await import('./zh-tw/reading')).twReading,
    recipes: async () => (await import('./zh-tw/recipes')).twRecipes,
    search: async () => (await import('./zh-tw/search')).twSearch,
    settings: async () => (await import('./zh-tw/settings')).twSettings,
    statistics: async () => (await import('./zh-tw/statistics')).twStatistics,
    table: async () => (await import('./zh-tw/table')).twTable,
  },
};
