// Values of foreign JSON that may be anything.

import type { Json, JsonObject } from '../model/json';

/** A JSON object; null for anything else, and for text that is no JSON. */
export function parseObject(text: string): JsonObject | null {
  const value = parseJson(text);
  return isObject(value) ? value : null;
}

/** The value of a JSON text; undefined where it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, else null. */
export function objectOf(value: Json | undefined): JsonObject | null {
  return isObject(value) ? value : null;
}

/** The objects of an array; none for anything else. */
export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item: Json) => isObject(item)) : [];
}

/** The members that are not in `known` and say something: no null, false, '', empty array or empty object. Null where there are none. */
export function membersBeyond(fields: JsonObject, known: ReadonlySet<string>): JsonObject | null {
  const kept = Object.entries(fields).filter(([key, value]) => !known.has(key) && saysSomething(value));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

function saysSomething(value: Json): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== null && value !== false && value !== '';
}

/** A string with something in it, else null. */
export function words(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** An id as text; null where there is none. Ids above 2^53 must be quoted before JSON.parse (exact-json.ts does so). */
export function idOf(value: Json | undefined): string | null {
  return typeof value === 'number' ? String(value) : words(value);
}

/** A whole number from 0, else null. */
export function countOf(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
