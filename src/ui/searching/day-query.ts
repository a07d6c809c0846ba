// Everything of one day over all conversations: a query of nothing but `on:2023-05-01`.

import type { Language } from '../strings/text';
import type { Ui } from '../ui';
import { startSearch } from './start-search';

const names: Readonly<Record<Language, string>> = { en: 'on', 'zh-CN': '日期', 'zh-TW': '日期' };
const written = /^(?:on|date|日期|当天|當天)[:：](\d{4}-\d{2}-\d{2})$/u;

/** `yyyy-mm-dd` where the query asks for one day and nothing else. */
export function dayOfQuery(query: string): string | null {
  return written.exec(query.trim())?.[1] ?? null;
}

/** The day after (1) or before (-1) a `yyyy-mm-dd`; null beyond the years that a query can name. */
export function dayBeside(day: string, by: 1 | -1): string | null {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  const next = new Date(new Date(0).setUTCFullYear(year, month - 1, date + by));
  return next.getUTCFullYear() >= 1 && next.getUTCFullYear() <= 9999 ? next.toISOString().slice(0, 10) : null;
}

/** Searches for all of a `yyyy-mm-dd`, from its morning on. */
export function openDay(ui: Pick<Ui, 'search' | 'language' | 'setPanel' | 'wide' | 'go'>, day: string): void {
  const { search } = ui;
  startSearch(search, { query: `${names[ui.language()]}:${day}`, scope: null, order: 'oldest', loose: { spelling: false, pinyin: false } });
  ui.setPanel('search');
  if (!ui.wide()) ui.go({ screen: 'search' });
}
