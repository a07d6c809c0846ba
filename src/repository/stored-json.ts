// Reading JSON that others wrote: each look answers what is needed, or says that the file is damaged.

import { CamphorError } from '../model/error';

export type Fields = { readonly [name: string]: unknown };

const idForm = /^[0-9a-f]{64}$/;

/** Largest number in 32 bits: offsets and lengths in packs. */
export const uint32Limit = 0xffffffff;

export const isId = (value: unknown): value is string => typeof value === 'string' && idForm.test(value);

export function damagedUnless(condition: boolean): asserts condition {
  if (!condition) throw new CamphorError('damaged');
}

/** The value as an object. Throws CamphorError `damaged`, as all below. */
export function fields(value: unknown): Fields {
  damagedUnless(typeof value === 'object' && value !== null && !Array.isArray(value));
  return value as Fields;
}

export function list(value: unknown): readonly unknown[] {
  damagedUnless(Array.isArray(value));
  return value;
}

/** 64 lower-case hex digits. */
export function id(value: unknown): string {
  damagedUnless(isId(value));
  return value;
}

export function count(value: unknown, limit: number): number {
  damagedUnless(typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= limit);
  return value;
}

/** A text that may be missing; of at most 4,096 letters. */
export function optionalText(value: unknown): string {
  if (value === undefined || value === null) return '';
  damagedUnless(typeof value === 'string' && value.length <= 4096);
  return value;
}

/** A list of texts that may be missing. */
export function optionalTexts(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return list(value).map(optionalText);
}

/** Parses UTF-8. Throws CamphorError `damaged` for anything that is no JSON. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw new CamphorError('damaged', {}, cause);
  }
}
