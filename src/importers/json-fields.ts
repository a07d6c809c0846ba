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
