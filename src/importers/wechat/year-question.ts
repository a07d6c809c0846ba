// In which year the dates of a text are that has none: its file was written soon after its last message.

import type { FileEntry } from '../../bytes/source';
import { dayOf } from '../calendar';
import type { Question } from '../importer';
import type { TextHead } from './text-head';

/** WeChat's first year, and the last one that is offered where nothing tells. */
const firstYear = 2011;
const lastYear = 2040;

/** Null where every date has its year. The years in which all dates exist, the latest first. */
export function askYear(entry: FileEntry, head: TextHead): Question | null {
  const days = new Set(head.yearlessDays);
  if (days.size === 0) return null;
  const last = writtenIn(entry) ?? lastYear;
  const years = Array.from({ length: Math.max(0, last - firstYear + 1) }, (_, at) => last - at);
  const options = years.filter((year) => [...days].every((day) => exists(day, year))).map(String);
  return { id: 'year', options: options.map((year) => ({ value: year, label: year })), guess: guessYear(entry, head), certain: false };
}

/** The latest year in which all days were over when the file was written; null where it does not say when. */
export function guessYear(entry: FileEntry, head: TextHead | null): string | null {
  const written = writtenIn(entry);
  const days = [...new Set(head?.yearlessDays)];
  if (written === null || entry.modifiedAtMs === null || days.length === 0) return null;
  const tomorrow = Math.floor(entry.modifiedAtMs / 86_400_000) + 1;
  for (let year = written; year >= firstYear; year--) {
    if (days.every((day) => exists(day, year) && dayIn(day, year) <= tomorrow)) return String(year);
  }
  return null;
}

/** The year of an answer; null for none. */
export function yearOf(answer: string | null): number | null {
  return answer !== null && /^\d{4}$/.test(answer) ? Number(answer) : null;
}

function writtenIn({ modifiedAtMs }: FileEntry): number | null {
  return modifiedAtMs === null ? null : new Date(modifiedAtMs).getUTCFullYear();
}

function exists(day: string, year: number): boolean {
  return dayIn(day, year) >= 0;
}

function dayIn(day: string, year: number): number {
  return dayOf(year, Number(day.slice(0, 2)), Number(day.slice(3)));
}
