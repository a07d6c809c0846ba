// What the columns of a table are, guessed from their names and their first cells.

import type { MessageKind } from '../../model/record';
import type { ColumnRole, TableDraft, TableMapping, TimePattern } from '../../model/table-mapping';
import { textOf } from './cells';
import { kindWords, otherWords, ownWords, roleWords, wordOf } from './column-words';
import { guessTime, type GuessedTime } from './guess-time';
import { namesOtherSide } from './owner-side';
import type { TableHead } from './table-head';

/** Columns are looked into for times up to this many. */
const timeColumnsLimit = 60;
const timeShare = 0.8;
const kindValuesLimit = 30;
const timeOfDay = /^\D{0,6}\d{1,2}[:：时點点]\d{2}/;
const shortTextLength = 40;

/** A whole mapping; `roles.time` is the first column where nothing looks like a time. */
export function guessMapping(head: TableHead): TableMapping {
  const { form, rows, hasHeader, columns, firstRows } = head;
  const table = openColumns(head);
  const time = guessTimes(table);
  const roles: Partial<Record<ColumnRole, string>> = { time: time.column };
  if (time.clock !== null) roles.clock = time.clock;
  const take = (role: ColumnRole, choose: (free: readonly string[]) => string | null | undefined): void => {
    const column = choose(columns.filter((each) => !Object.values(roles).includes(each)));
    if (typeof column === 'string') roles[role] = column;
  };
  const named = (role: ColumnRole, fits: (column: string) => boolean = () => true) => {
    return (free: readonly string[]): string | null => bestNamed(role, free, fits);
  };
  const tellsOwn = (column: string): boolean => isOwnColumn(table, column);
  take('own', (free) => named('own', tellsOwn)(free) ?? named('kind', tellsOwn)(free));
  take('id', named('id', table.isUnique));
  take('text', (free) => named('text', table.isFilled)(free) ?? longestColumn(table, free));
  take(
    'kind',
    named('kind', (column) => isKindColumn(table, column)),
  );
  take('attachment', named('attachment'));
  take('sender', (free) => named('sender')(free) ?? repeatingColumn(table, free));
  take('conversation', named('conversation'));
  if (namesOtherSide(firstRows, roles) && roles.sender !== undefined) roles.conversation ??= roles.sender;
  return completeMapping(head, { form, rows, hasHeader, columns, roles });
}

/** The mapping with what it leaves out guessed from the first rows. */
export function completeMapping(head: TableHead, draft: TableDraft): TableMapping {
  const { roles } = draft;
  const table = openColumns(head);
  return {
    ...draft,
    time: draft.time ?? guessPattern(table, roles.time ?? '', roles.clock ?? null),
    kinds: draft.kinds ?? (roles.kind === undefined ? [] : guessKinds(table.distinct(roles.kind))),
    namesOtherSide: draft.namesOtherSide ?? namesOtherSide(head.firstRows, roles),
  };
}

interface Columns {
  readonly names: readonly string[];
  /** The first cells of a column as text, in order, '' where there is none. */
  texts(column: string): readonly string[];
  /** What they are, without the empty ones. */
  distinct(column: string): readonly string[];
  isFilled(column: string): boolean;
  /** True where no two rows have the same. */
  isUnique(column: string): boolean;
}

function openColumns({ columns, firstRows }: TableHead): Columns {
  const texts = (column: string): string[] => firstRows.map((cells) => textOf(cells.get(column)).trim());
  const filled = (column: string): string[] => texts(column).filter((text) => text !== '');
  return {
    names: columns,
    texts,
    distinct: (column) => [...new Set(filled(column))],
    isFilled: (column) => filled(column).length > 0,
    isUnique: (column) => filled(column).length > 0 && new Set(filled(column)).size === filled(column).length,
  };
}

/** The column whose name stands first among the words of the role: by its whole name, else by the last part of it. */
function bestNamed(role: ColumnRole, columns: readonly string[], fits: (column: string) => boolean): string | null {
  const ranked = columns
    .map((column) => ({ column, rank: rankOf(role, column) }))
    .filter(({ column, rank }) => rank < Infinity && fits(column))
    .toSorted((one, other) => one.rank - other.rank);
  return ranked[0]?.column ?? null;
}

function rankOf(role: ColumnRole, column: string): number {
  const words = roleWords[role];
  const whole = words.indexOf(wordOf(column));
  if (whole !== -1) return whole;
  const last = column.includes('.') ? words.indexOf(wordOf(column.slice(column.lastIndexOf('.') + 1))) : -1;
  return last === -1 ? Infinity : words.length + last;
}

/** The columns of the date and, where it stands apart, of the time of day. */
function guessTimes(table: Columns): { readonly column: string; readonly clock: string | null } {
  const guesses = table.names
    .slice(0, timeColumnsLimit)
    .map((column) => ({ column, guess: guessTime(table.texts(column), column), rank: rankOf('time', column) }))
    .filter(({ guess, rank }) => guess.share >= timeShare && (rank < Infinity || !isCount(guess)))
    .toSorted((one, other) => one.rank - other.rank);
  const [best] = guesses;
  if (best === undefined) return { column: table.names[0] ?? '', clock: null };
  const isWhole = isCount(best.guess) || table.texts(best.column).some((text) => text.includes(':'));
  return { column: best.column, clock: isWhole ? null : clockColumn(table, best.column) };
}

function guessPattern(table: Columns, column: string, clock: string | null): TimePattern {
  const clocks = clock === null ? [] : table.texts(clock);
  const texts = table.texts(column).map((text, row) => `${text} ${clocks[row] ?? ''}`.trim());
  const { written, hours, zone } = guessTime(texts, `${column} ${clock ?? ''}`);
  return { written, hours, zone };
}

function isCount({ written }: GuessedTime): boolean {
  return !['YMD', 'DMY', 'MDY'].includes(written);
}

/** Where dates have no time of day, the column that has it. */
function clockColumn(table: Columns, dates: string): string | null {
  const others = table.names.filter((column) => column !== dates && table.distinct(column).length > 0);
  const share = (column: string): number => {
    const texts = table.texts(column);
    return texts.filter((text) => text.length < 20 && timeOfDay.test(text)).length / texts.length;
  };
  const clocks = others.filter((column) => share(column) >= timeShare);
  return bestNamed('clock', clocks, () => true) ?? clocks[0] ?? null;
}

/** True where a column says of every row whether it was sent or received. */
function isOwnColumn(table: Columns, column: string): boolean {
  const values = table.distinct(column).map(wordOf);
  return values.some((value) => ownWords.has(value)) && values.every((value) => ownWords.has(value) || otherWords.has(value));
}

function isKindColumn(table: Columns, column: string): boolean {
  const values = table.distinct(column);
  return values.length <= kindValuesLimit && values.some((value) => kindWords.has(wordOf(value)));
}

function longestColumn(table: Columns, columns: readonly string[]): string | null {
  const length = (column: string): number => table.texts(column).reduce((sum, text) => sum + text.length, 0);
  return columns.toSorted((one, other) => length(other) - length(one))[0] ?? null;
}

/** A column of short texts that come again and again, as names of people do. */
function repeatingColumn(table: Columns, columns: readonly string[]): string | null {
  const repeats = (column: string): boolean => {
    const values = table.distinct(column);
    return (
      values.length > 1 &&
      values.length * 2 <= table.texts(column).length &&
      values.every((value) => value.length <= shortTextLength && !isDigits(value))
    );
  };
  return columns.find(repeats) ?? null;
}

function isDigits(text: string): boolean {
  return /^[\d.,-]+$/.test(text);
}

/** Kinds by their words; of numbers nobody knows what they mean. */
function guessKinds(values: readonly string[]): readonly (readonly [string, MessageKind])[] {
  return values.flatMap((value): [string, MessageKind][] => {
    const kind = kindWords.get(wordOf(value));
    return kind === undefined ? [] : [[value, kind]];
  });
}
