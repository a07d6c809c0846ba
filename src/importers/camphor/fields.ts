// Fields of a JSON object that may hold anything. What is wrong is remembered in words that quote nothing of the content;
// nothing is thrown, and what is not asked for is a fault too.

import type { Json, JsonObject } from '../../model/json';

/** Greater numbers of messages, bytes or milliseconds are wrong. */
export const countLimit = Number.MAX_SAFE_INTEGER;
/** Deeper values are left out: whoever writes JSON again must not run out of stack. */
const depthLimit = 100;

export interface Fields {
  has(name: string): boolean;
  /** Null where it is absent or no text. */
  text(name: string): string | null;
  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | null;
  /** Null where it is absent or no finite number from `least` to `most`. */
  number(name: string, least: number, most: number): number | null;
  /** A whole number from `least` (default 0) to `most`. */
  whole(name: string, most: number, least?: number): number | null;
  flag(name: string): boolean;
  /** [] where it is absent. */
  list(name: string): readonly Json[];
  texts(name: string): readonly string[];
  object(name: string): Fields | null;
  /** As it is, unless it is nested too deep. */
  json(name: string): Json | undefined;
  /** Of all fields that have not been asked for, a fault. */
  close(): void;
}

/** Null, and a fault, for what is no object. `where` names it in faults. */
export function openFields(value: Json | undefined, where: string, faults: string[]): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.push(`${where}: no object`);
    return null;
  }
  const given = value as JsonObject;
  const asked = new Set<string>();
  const get = (name: string): Json | undefined => {
    asked.add(name);
    return Object.hasOwn(given, name) ? given[name] : undefined;
  };
  return {
    ...readersOf(get, where, faults),
    has: (name) => Object.hasOwn(given, name),
    close() {
      if (Object.keys(given).some((name) => !asked.has(name))) faults.push(`${where}: unknown field`);
    },
  };
}

const isText = (value: Json): value is string => typeof value === 'string';

function readersOf(get: (name: string) => Json | undefined, where: string, faults: string[]): Omit<Fields, 'has' | 'close'> {
  const wrong = (name: string): null => {
    faults.push(`${where}.${name}`);
    return null;
  };
  /** The value where it `isRight`, null and a fault where it is there and is not. */
  const take = <Kind extends Json>(name: string, isRight: (value: Json) => value is Kind): Kind | null => {
    const value = get(name);
    return value === undefined || value === null ? null : isRight(value) ? value : wrong(name);
  };
  const list = (name: string): readonly Json[] => take(name, (value): value is readonly Json[] => Array.isArray(value)) ?? [];
  const number = (name: string, least: number, most: number): number | null =>
    take(name, (value): value is number => typeof value === 'number' && value >= least && value <= most);
  return {
    list,
    number,
    text: (name) => take(name, isText),
    oneOf: <Word extends string>(name: string, words: readonly Word[]) =>
      take(name, (value): value is Word => words.includes(value as Word)),
    whole(name, most, least = 0) {
      const value = number(name, least, most);
      return value === null || Number.isInteger(value) ? value : wrong(name);
    },
    flag: (name) => take(name, (value): value is boolean => typeof value === 'boolean') === true,
    texts(name) {
      const all = list(name);
      const texts = all.filter(isText);
      if (texts.length < all.length) wrong(name);
      return texts;
    },
    object(name) {
      const value = get(name);
      return value === undefined ? null : openFields(value, `${where}.${name}`, faults);
    },
    json(name) {
      const value = get(name);
      return value === undefined || !isDeeperThan(value, depthLimit) ? value : (wrong(name) ?? undefined);
    },
  };
}

/** Without recursion, whose depth the content would decide. */
function isDeeperThan(value: Json, limit: number): boolean {
  let level: readonly Json[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}
