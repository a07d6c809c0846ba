// A row of Threema's CSV by the names of its columns, which differ from version to version.

/** The cell of a column; '' where the row has none. */
export type ReadCell = (name: string) => string;

export function cellsOf(names: readonly string[], fields: readonly string[]): ReadCell {
  const columns = new Map(names.map((name, column) => [name, column]));
  return (name) => plain(fields[columns.get(name) ?? -1] ?? '');
}

/** As it was before its backslashes were doubled. */
export const plain = (field: string): string => field.replaceAll('\\\\', '\\');

/** An instant in ms; null where there is none. */
export function instantOf(cell: string): number | null {
  if (!/^\d{1,15}$/.test(cell)) return null;
  const ms = Number(cell);
  return ms > 0 && ms <= 8.64e15 ? ms : null;
}
