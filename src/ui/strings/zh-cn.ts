// 简体中文。语气：简洁、平实，用“你”；“聊天记录”“导入”“校验”等词始终同一个意思。

import type { StringTable } from './en';
import type { Words } from './tables';
import { zhErrors } from './zh-cn/errors';
import { zhFirst } from './zh-cn/first';
import { zhInterface } from './zh-cn/interface';

export const zhCN: StringTable = { ...zhInterface, ...zhFirst, ...zhErrors };

export const simplifiedChinese: Words = {
  core: zhCN,
  sections: {
    backup: async () => (await import('./zh-cn/backup')).zhBackup,
    export: async () => (await import('./zh-cn/export')).zhExport,
    gallery: async () => (await import('./zh-cn/gallery')).zhGallery,
    gathering: async () => (await import('./zh-cn/gathering')).zhGathering,
    guides: async () => (await import('./zh-cn/guides')).zhGuides,
    import: async () => (await import('./zh-cn/import')).zhImport,
    install: async () => (await import('./zh-cn/install')).zhInstall,
    news: async () => (await import('./zh-cn/news')).zhNews,
    reading: async () => (await import('./zh-cn/reading')).zhReading,
    recipes: async () => (await import('./zh-cn/recipes')).zhRecipes,
    search: async () => (await import('./zh-cn/search')).zhSearch,
    settings: async () => (await import('./zh-cn/settings')).zhSettings,
    statistics: async () => (await import('./zh-cn/statistics')).zhStatistics,
    table: async () => (await import('./zh-cn/table')).zhTable,
  },
};
