// How the columns of a table that no importer knows are read as messages. The owner chooses it; it is an answer of an import,
// kept among the settings for the next file with the same columns, and can be saved as a small JSON file.

import { type MessageKind, messageKinds } from './record';

export const tableForms = ['csv', 'json', 'jsonl'] as const;
export type TableForm = (typeof tableForms)[number];

/**
 * What a column may be. `clock`: the time of day, where it stands apart from the date; `id`: the message's own id; `own`: whether
 * the owner wrote it. What no role takes is kept beside the message.
 */
export const columnRoles = ['time', 'clock', 'sender', 'text', 'conversation', 'kind', 'attachment', 'id', 'own'] as const;
export type ColumnRole = (typeof columnRoles)[number];

/**
 * How times are written: the order of day, month and year (ISO 8601 is `YMD`), or a number: seconds, milli-, micro- or
 * nanoseconds since 1970, seconds or nanoseconds since 2001 (Apple), days since 1899-12-30 (spreadsheets).
 */
export const timeWritings = ['YMD', 'DMY', 'MDY', 's', 'ms', 'us', 'ns', 'apple-s', 'apple-ns', 'days'] as const;
export type TimeWriting = (typeof timeWritings)[number];

export interface TimePattern {
  readonly written: TimeWriting;
  /** 12: with a mark such as AM or 下午. Says nothing of numbers. */
  readonly hours: 12 | 24;
  /** IANA zone of clocks that name none themselves; null: asked for. */
  readonly zone: string | null;
}

export interface TableMapping {
  readonly form: TableForm;
  /** Where the rows of a JSON document lie, such as `data.messages[*]`; '' for other forms. */
  readonly rows: string;
  /** False where the first row of a CSV is a message; its columns are then called 1, 2, 3 … */
  readonly hasHeader: boolean;
  /** All columns of the file that it was made for, in their order. */
  readonly columns: readonly string[];
  readonly roles: Readonly<Partial<Record<ColumnRole, string>>>;
  readonly time: TimePattern;
  /** What the values of the column `kind` stand for; others are `unknown`. */
  readonly kinds: readonly (readonly [value: string, kind: MessageKind])[];
  /** True where the column `sender` names the other side also in what the owner wrote, as the addresses of SMS do. */
  readonly namesOtherSide: boolean;
}

/** A mapping under way: what it leaves out is guessed. */
export type TableDraft = Omit<TableMapping, 'time' | 'kinds' | 'namesOtherSide'> &
  Partial<Pick<TableMapping, 'time' | 'kinds' | 'namesOtherSide'>>;

/** The name of the setting that holds the mappings to remember, newest first, as a JSON array. */
export const mappingsSetting = 'table-mappings';
const rememberedLimit = 50;

const fileMark = 'camphor-columns';
const columnsLimit = 1000;
const kindsLimit = 200;
const nameLimit = 1000;

/** A mapping as the text of a file. */
export function writeMappingFile(mapping: TableMapping): string {
  return `${JSON.stringify({ format: fileMark, version: 1, ...mapping }, null, 2)}\n`;
}

/** The mapping in the text of a file or an answer; null where it holds none. */
export function readMapping(text: string): TableMapping | null {
  try {
    return checkMapping(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The mappings in the value of the setting, without those that are none. */
export function readMappings(setting: string | undefined): readonly TableMapping[] {
  try {
    const all: unknown = JSON.parse(setting ?? '[]');
    return Array.isArray(all) ? all.map(checkMapping).filter((mapping) => mapping !== null) : [];
  } catch {
    return [];
  }
}

/** The value of the setting with this mapping first, in place of one for the same columns; with `forget`, without either. */
export function rememberMapping(setting: string | undefined, mapping: TableMapping, forget = false): string {
  const others = readMappings(setting).filter((known) => !isSameTable(known, mapping));
  return JSON.stringify((forget ? others : [mapping, ...others]).slice(0, rememberedLimit));
}

/** True where both are for tables with the same columns. */
export function isSameTable(one: TableMapping, other: TableMapping): boolean {
  const shape = ({ form, rows, hasHeader, columns }: TableMapping): string => JSON.stringify([form, rows, hasHeader, columns]);
  return shape(one) === shape(other);
}

function checkMapping(value: unknown): TableMapping | null {
  if (!isFields(value)) return null;
  const form = oneOf(tableForms, value['form']);
  const columns = listOf(value['columns'], columnsLimit, nameOf);
  const kinds = listOf(value['kinds'], kindsLimit, kindOf);
  const roles = rolesOf(value['roles'], columns ?? []);
  const time = timeOf(value['time']);
  const { rows, hasHeader, namesOtherSide } = value;
  if (form === null || columns === null || kinds === null || roles === null || time === null) return null;
  if (typeof rows !== 'string' || rows.length > nameLimit || typeof hasHeader !== 'boolean') return null;
  return { form, rows, hasHeader, columns, roles, time, kinds, namesOtherSide: namesOtherSide === true };
}

function rolesOf(value: unknown, columns: readonly string[]): TableMapping['roles'] | null {
  if (!isFields(value)) return null;
  const roles: Partial<Record<ColumnRole, string>> = {};
  for (const role of columnRoles) {
    const column = Object.hasOwn(value, role) ? value[role] : undefined;
    if (typeof column === 'string' && columns.includes(column)) roles[role] = column;
  }
  return roles.time === undefined ? null : roles;
}

function timeOf(value: unknown): TimePattern | null {
  if (!isFields(value)) return null;
  const written = oneOf(timeWritings, value['written']);
  const hours = oneOf([12, 24] as const, value['hours']);
  const zone = value['zone'];
  if (written === null || hours === null || (zone !== null && nameOf(zone) === null)) return null;
  return { written, hours, zone: zone as string | null };
}

function kindOf(value: unknown): readonly [string, MessageKind] | null {
  if (!Array.isArray(value)) return null;
  const [word, kind] = [nameOf(value[0]), oneOf(messageKinds, value[1])];
  return word === null || kind === null ? null : [word, kind];
}

function nameOf(value: unknown): string | null {
  return typeof value === 'string' && value.length <= nameLimit ? value : null;
}

function listOf<Item>(value: unknown, limit: number, read: (item: unknown) => Item | null): readonly Item[] | null {
  if (!Array.isArray(value) || value.length > limit) return null;
  const items = value.map(read).filter((item) => item !== null);
  return items.length === value.length ? items : null;
}

function oneOf<Value extends string | number>(values: readonly Value[], value: unknown): Value | null {
  return values.find((each) => each === value) ?? null;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
