// Screens of the interface over invented conversations, and what a person does to have each: for tests that look at all of them.

import { backupScenarios } from './backups/scenarios';
import { inventedPlan } from './fake-plan';
import type { FakeOptions } from './fake-session';
import { inventedMarks, inventedMemories } from './keeping/kept';
import { type Mounted, named, settle, until } from './mounted';
import { inventedEveryone } from './people/everyone';

export interface Screen {
  readonly name: string;
  readonly hash: string;
  readonly options?: FakeOptions;
  readonly act?: (app: Mounted) => Promise<void>;
}

const demo = async (app: Mounted): Promise<void> => {
  (await until('the demo button', () => named(app.root, /invented|虚构|虛構/))).click();
  await until('the plan', () => app.root.querySelector('[class*=sticky]'));
};
const run = async (app: Mounted): Promise<void> => {
  await demo(app);
  app.root.querySelector<HTMLElement>('[class*=sticky] button:last-child')?.click();
  await settle(100);
};
const menuOf = (app: Mounted): HTMLElement | null => app.root.querySelector<HTMLElement>('[aria-haspopup=menu]');

const press =
  (...words: readonly RegExp[]) =>
  async (app: Mounted): Promise<void> => {
    for (const one of words) {
      (
        await until(String(one), () =>
          [...app.root.querySelectorAll<HTMLElement>('main button')].find((button) => one.test(button.textContent ?? '')),
        )
      ).click();
      await settle(60);
    }
  };
const connect = async (app: Mounted): Promise<void> => {
  await press(/^(Next|下一步)$/)(app);
  const url = await until('the address', () => app.root.querySelector<HTMLInputElement>('[name=url]'));
  url.value = 'https://cloud.example.org/a/rather/long/way/to/the/folder/of/the/backup/';
  await press(/^(Test the connection|测试连接|測試連線)$/)(app);
};
const backupNow = /Back up now|立即备份|立即備份/;
export const backupScreens: readonly Screen[] = [
  { name: 'backup, no drive', hash: '#/backup', options: { backup: backupScenarios.none } },
  { name: 'backup, well', hash: '#/backup', options: { backup: backupScenarios.well } },
  { name: 'backup, harmed', hash: '#/backup', options: { backup: backupScenarios.harmed } },
  { name: 'backup, folder', hash: '#/backup/d2', options: { backup: backupScenarios.folder } },
  { name: 'backup, plan', hash: '#/backup/d1', options: { backup: backupScenarios.others }, act: press(backupNow) },
  { name: 'backup, running', hash: '#/backup/d1', options: { backup: backupScenarios.stuck }, act: press(backupNow, backupNow) },
  { name: 'backup, failed', hash: '#/backup/d1', options: { backup: backupScenarios.full }, act: press(backupNow, backupNow) },
  { name: 'backup, where', hash: '#/backup/new', options: { backup: backupScenarios.none } },
  { name: 'backup, doctor', hash: '#/backup/new', options: { backup: backupScenarios.cors }, act: connect },
  {
    name: 'backup, secret',
    hash: '#/backup/new',
    options: { backup: backupScenarios.existing },
    act: async (app) => {
      await connect(app);
      await press(/^(Next|下一步)$/, /^(Recovery words|恢复词|復原詞)$/)(app);
    },
  },
  { name: 'backup, history', hash: '#/backup/d1/history', options: { backup: backupScenarios.well } },
  { name: 'backup, snapshot', hash: '#/backup/d1/snapshot/5a0001', options: { backup: backupScenarios.well } },
  { name: 'backup, keys', hash: '#/backup/d1/keys', options: { backup: backupScenarios.well } },
  {
    name: 'backup, care',
    hash: '#/backup/d1/health',
    options: { backup: backupScenarios.harmed },
    act: press(/^(Check now|开始检查|開始檢查)$/),
  },
  {
    name: 'backup, retention',
    hash: '#/backup/d1/retention',
    options: { backup: backupScenarios.well },
    act: press(/would be removed|会删除什么|會刪除什麼/),
  },
  {
    name: 'backup, sheet',
    hash: '#/backup/d1/sheet',
    options: { backup: backupScenarios.well },
    act: press(/^(Make the words|生成恢复词|生成復原詞)$/),
  },
  {
    name: 'backup, words again',
    hash: '#/backup/d1/sheet',
    options: { backup: backupScenarios.well },
    act: press(/^(Make the words|生成恢复词|生成復原詞)$/, /on paper|留在纸上|留在紙上/),
  },
];

const searchField = (app: Mounted): Promise<HTMLInputElement> =>
  until('the field', () => app.root.querySelector<HTMLInputElement>('[data-search-field]'));
const typeQuery = async (app: Mounted, query: string): Promise<void> => {
  const field = await searchField(app);
  field.value = query;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
};
const searchFor =
  (query: string) =>
  async (app: Mounted): Promise<void> => {
    await typeQuery(app, query);
    await until('hits', () => app.root.querySelector('search ol button'));
  };

const openExport = async (app: Mounted): Promise<void> => {
  (
    await until('the menu', () =>
      app.root.querySelector<HTMLElement>('[aria-label="Conversation menu"], [aria-label="对话菜单"], [aria-label="對話選單"]'),
    )
  ).click();
  (await until('details', () => named(app.root, /^(Details of the conversation|对话详情|對話詳情)$/))).click();
  (await until('the button', () => named(app.root, /^(Export…|导出…|匯出…)$/))).click();
  await until('the dialog', () => app.root.querySelector('dialog[open] select'));
};

const selectMessage = async (app: Mounted): Promise<void> => {
  (await until('a message', () => app.root.querySelector('article[data-seq="3"]'))).dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true }),
  );
  (await until('the menu', () => named(app.root, /^(Select|多选|多選)$/))).click();
};

export const screens: readonly Screen[] = [
  { name: 'first run', hash: '#/', options: { conversations: [] } },
  { name: 'list', hash: '#/' },
  { name: 'menu', hash: '#/', act: async (app) => void (await until('the menu', () => menuOf(app))).click() },
  { name: 'group', hash: '#/c/reunion' },
  { name: 'person', hash: '#/c/mum' },
  { name: 'long', hash: '#/c/long/5000' },
  { name: 'person, with a note and tags', hash: '#/c/mum/1', options: { kept: inventedMarks } },
  {
    name: 'choosing messages',
    hash: '#/c/mum',
    act: async (app) => {
      await selectMessage(app);
      await until('its box', () => app.root.querySelector<HTMLElement>('[role=toolbar]'));
    },
  },
  {
    name: 'note and tags',
    hash: '#/c/mum',
    options: { kept: inventedMarks },
    act: async (app) => {
      (await until('a message', () => app.root.querySelector('article[data-seq="3"]'))).dispatchEvent(
        new MouseEvent('contextmenu', { bubbles: true, cancelable: true }),
      );
      (
        await until('its menu', () =>
          [...app.root.querySelectorAll<HTMLElement>('[role=menuitem]')].find((item) => /note|备注|備註/.test(item.textContent ?? '')),
        )
      ).click();
      await until('the dialog', () => app.root.querySelector('dialog textarea'));
      await settle(100);
    },
  },
  {
    name: 'kept',
    hash: '#/kept',
    options: { kept: inventedMarks },
    act: async (app) => void (await until('a row', () => app.root.querySelector('main article'))),
  },
  {
    name: 'kept, nothing',
    hash: '#/kept',
    act: async (app) => void (await until('the words', () => app.root.querySelector('main [class*=empty]'))),
  },
  {
    name: 'memories',
    hash: '#/memories',
    options: { memories: inventedMemories() },
    act: async (app) => void (await until('a year', () => app.root.querySelector('main section section button'))),
  },
  {
    name: 'people',
    hash: '#/people',
    options: { everyone: inventedEveryone },
    act: async (app) => void (await until('everyone', () => app.root.querySelector('main li a'))),
  },
  {
    name: 'people, merging',
    hash: '#/people',
    options: { everyone: inventedEveryone },
    act: async (app) => {
      (await until('a menu', () => app.root.querySelector<HTMLElement>('main li [aria-haspopup=menu]'))).click();
      (await until('merging', () => app.root.querySelector<HTMLElement>('[role=menuitem]'))).click();
      await until('the dialog', () => app.root.querySelector('dialog li button'));
    },
  },
  { name: 'home, with a memory', hash: '#/', options: { memories: inventedMemories() }, act: () => settle(300) },
  { name: 'search, empty', hash: '#/search', act: async (app) => void (await searchField(app)) },
  { name: 'search', hash: '#/search', act: searchFor('settled') },
  {
    name: 'search, narrowed and grouped',
    hash: '#/search',
    act: async (app) => {
      await searchFor('settled')(app);
      (await until('a handle', () => app.root.querySelector<HTMLElement>('[role=slider]'))).focus();
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
      (await until('the ways', () => named(app.root, /^(By conversation|按对话|按對話)$/))).click();
      await settle(600);
    },
  },
  {
    name: 'search, kept',
    hash: '#/search',
    act: async (app) => {
      await searchFor('settled')(app);
      (await until('saving', () => named(app.root, /^(Save this search|保存这个搜索|儲存這個搜尋)$/))).click();
      (await until('the dialog', () => app.root.querySelector<HTMLFormElement>('dialog form'))).requestSubmit();
      await until('it to be closed', () => app.root.querySelector('dialog') === null);
      app.session.vault.setSetting('recent-searches', '[{"query":"酱鸭"},{"query":"photo","scope":"mum"}]').catch(() => {});
      await typeQuery(app, '');
      await until('both lists', () => app.root.querySelectorAll('search section li').length === 3);
      (await until('the menu', () => app.root.querySelector<HTMLElement>('search section [aria-haspopup=menu]'))).click();
    },
  },
  {
    name: 'search, saving',
    hash: '#/search',
    act: async (app) => (
      await searchFor('settled')(app),
      (await until('saving', () => named(app.root, /^(Save this search|保存这个搜索|儲存這個搜尋)$/))).click()
    ),
  },
  { name: 'search, a day', hash: '#/search', act: searchFor('on:2026-05-13') },
  {
    name: 'search, nothing',
    hash: '#/search',
    act: async (app) => (
      await typeQuery(app, 'zzzz'),
      void (await until('the words', () => app.root.querySelector('search [class*=empty]')))
    ),
  },
  { name: 'export of messages', hash: '#/c/mum', act: openExport },
  {
    name: 'export of messages, blacked out',
    hash: '#/c/mum',
    act: async (app) => {
      await openExport(app);
      [...app.root.querySelectorAll('dialog label')].find((label) => /^(Black out parts|涂黑部分内容|塗黑部分內容)$/.test(label.textContent ?? ''))?.dispatchEvent(new MouseEvent('click', { bubbles: true })); // prettier-ignore
      await until('the field', () => app.root.querySelector('dialog textarea'));
    },
  },
  {
    name: 'evidence pack',
    hash: '#/c/mum',
    act: async (app) => {
      await openExport(app);
      (await until('the kind', () => named(app.root, /^(Evidence pack|证据包|證據包)$/))).click();
      await settle(60);
    },
  },
  {
    name: 'evidence pack, made',
    hash: '#/c/mum',
    act: async (app) => {
      await openExport(app);
      (await until('the kind', () => named(app.root, /^(Evidence pack|证据包|證據包)$/))).click();
      (await until('the button', () => named(app.root, /^(Make the pack|生成证据包|生成證據包)$/))).click();
      await until('the number', () => named(app.root, /^(Copy the number|复制这个数|複製這個數)$/));
    },
  },
  {
    name: 'export of messages, done',
    hash: '#/c/mum',
    act: async (app) => {
      await openExport(app);
      app.root.querySelector<HTMLFormElement>('dialog form')?.requestSubmit();
      await until('the outcome', () => app.root.querySelector('dialog dl'));
    },
  },
  { name: 'import', hash: '#/import' },
  {
    name: 'guide',
    hash: '#/import',
    act: async (app) => (await until('the guides', () => app.root.querySelectorAll<HTMLElement>('summary')[2])).click(),
  },
  { name: 'plan', hash: '#/import', act: demo },
  {
    name: 'plan, a locked file',
    hash: '#/import',
    options: {
      plan: {
        ...inventedPlan(),
        locked: [{ fileId: '0', path: 'a/Img/1.dat', kind: 'wechat-pictures', opensBy: 'picture-key', others: [] }],
      },
    },
    act: demo,
  },
  { name: 'progress', hash: '#/import', options: { stuckImport: true }, act: run },
  { name: 'result', hash: '#/import', act: run },
  { name: 'receipts', hash: '#/receipts' },
  { name: 'receipt', hash: '#/receipts/r1' },
  { name: 'settings', hash: '#/settings' },
  {
    name: 'settings, a kept secret',
    hash: '#/settings',
    options: { keptSecrets: [{ id: 'a', kind: 'wechat-pictures', opensBy: 'picture-key', keptAtMs: Date.UTC(2026, 2, 7) }] },
    act: async (app) =>
      void (await until('its kind', () => /of WeChat, kept on|微信的加密图片：|微信的加密圖片：/.test(app.root.textContent ?? ''))),
  },
  {
    name: 'gallery',
    hash: '#/gallery/mum',
    act: async (app) => void (await until('a tile', () => app.root.querySelector('[class*=tile] img, button[class*=tile]'))),
  },
  {
    name: 'gallery, files',
    hash: '#/gallery/mum',
    act: async (app) => {
      (await until('the shelves', () => named(app.root, /^(Files|文件|檔案)$/))).click();
      await until('a file', () => app.root.querySelector('article'));
    },
  },
  {
    name: 'statistics of a year',
    hash: '#/statistics',
    act: async (app) => {
      const year = await until('the years', () => app.root.querySelector<HTMLSelectElement>('main select'));
      year.value = '2024';
      year.dispatchEvent(new Event('change', { bubbles: true }));
      await until('its picture', () => app.root.querySelector('[role=img] svg'));
    },
  },
  {
    name: 'statistics',
    hash: '#/statistics',
    act: async (app) => {
      (await until('the words', () => named(app.root, /^(Count words|统计词语|統計詞語)$/))).click();
      await until('them', () => app.root.querySelector('ol[class*=cloud]'));
      for (const details of app.root.querySelectorAll('details')) details.open = true;
      await settle(100);
    },
  },
  { name: 'lock', hash: '#/', options: { locked: true } },
  {
    name: 'palette',
    hash: '#/c/mum',
    act: async (app) =>
      void (
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true })),
        await until('the palette', () => app.root.querySelector('dialog input'))
      ),
  },
  {
    name: 'shortcuts',
    hash: '#/',
    act: async (app) =>
      void (
        document.dispatchEvent(new KeyboardEvent('keydown', { key: '?' })),
        await until('the list', () => app.root.querySelector('dialog kbd'))
      ),
  },
  {
    name: 'calendar',
    hash: '#/c/long',
    act: async (app) => {
      await until('the last message', () => app.root.querySelector('article'));
      await settle(200);
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'd', altKey: true }));
      await until('a day', () => app.root.querySelector('dialog button:not(:disabled)[aria-label*="2026"]'));
    },
  },
  {
    name: 'lightbox',
    hash: '#/c/mum',
    act: async (app) =>
      void (
        (await until('a picture', () => app.root.querySelector<HTMLElement>('button[class*=frame]'))).click(),
        await until('it', () => app.root.querySelector('dialog img'))
      ),
  },
];
