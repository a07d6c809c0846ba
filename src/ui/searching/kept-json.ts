// A search as it is kept, as JSON: read with care, since a backup may have been written by anyone.

import type { LooseSearch } from '../../model/view';

export interface KeptQuery {
  readonly query: string;
  readonly loose: LooseSearch;
  readonly fields: ReadonlyMap<string, unknown>;
}

const queryLimit = 2000;

/** Null where the text holds no search. */
export function readQuery(text: string | null): KeptQuery | null {
  return queryOf(parse(text));
}

/** All that a JSON array holds. */
export function readQueries(text: string | undefined): readonly KeptQuery[] {
  const all = parse(text ?? null);
  return Array.isArray(all) ? all.flatMap((value: unknown) => queryOf(value) ?? []) : [];
}

/** The text, where it is one that is not empty and no longer than that. */
export function readText(value: unknown, limit: number): string | null {
  return typeof value === 'string' && value.trim() !== '' && value.length <= limit ? value : null;
}

function queryOf(value: unknown): KeptQuery | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields = new Map<string, unknown>(Object.entries(value));
  const query = readText(fields.get('query'), queryLimit);
  const loose = { spelling: fields.get('spelling') === true, pinyin: fields.get('pinyin') === true };
  return query === null ? null : { query, loose, fields };
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
