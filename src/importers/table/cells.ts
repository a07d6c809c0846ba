// A row of a table as cells by column: of CSV its fields, of JSON an object whose inner objects are columns of their own,
// named with dots.

import type { Json, JsonObject } from '../../model/json';
import { isObject } from '../json-fields';

export type Cells = ReadonlyMap<string, Json>;

const depthLimit = 3;
/** More columns than this stay inside the object that they lie in. */
const columnsLimit = 1000;

/** The cells of a JSON object: `{"from":{"name":"Ann"}}` has the column `from.name`. */
export function cellsOf(object: JsonObject): Cells {
  const cells = new Map<string, Json>();
  addCells(object, '', 1, cells);
  return cells;
}

function addCells(object: JsonObject, prefix: string, depth: number, cells: Map<string, Json>): void {
  for (const key in object) {
    const value = object[key];
    if (value === undefined) continue;
    const isInner = isObject(value) && depth < depthLimit && cells.size < columnsLimit;
    if (isInner) addCells(value as JsonObject, `${prefix}${key}.`, depth + 1, cells);
    else cells.set(prefix + key, value);
  }
}

/** A cell as text: '' for none; an array or an object as JSON. */
export function textOf(cell: Json | undefined): string {
  if (cell === undefined || cell === null) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}
