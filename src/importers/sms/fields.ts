// Attributes of the app's XML: every value is a text, and `null` means that there is none.

import type { XmlPiece, XmlValue } from '../../bytes/xml-tags';
import type { JsonObject } from '../../model/json';

export type OpenTag = Extract<XmlPiece, { readonly kind: 'open' }>;
export type Attributes = ReadonlyMap<string, XmlValue>;

/** The value of an attribute; null where it is absent, empty or `null`. */
export function fieldOf(attributes: Attributes, name: string): string | null {
  const text = attributes.get(name)?.text ?? '';
  return text === '' || text === 'null' ? null : text;
}

/** A text that may really be `null`, such as a body. */
export function textOf(attributes: Attributes, name: string): string {
  return attributes.get(name)?.text ?? '';
}

/** A contact's name; the app writes `(Unknown)` where the phone knows none. */
export function contactOf(attributes: Attributes): string | null {
  const name = fieldOf(attributes, 'contact_name');
  return name === '(Unknown)' ? null : name;
}

const greatestMs = 253_402_300_799_999;
/** Seconds of the year 5138; smaller numbers are seconds, as `date_sent` of MMS is. */
const greatestSeconds = 1e11;

/** An instant in ms; some values are seconds. Null where it is none. */
export function instantOf(attributes: Attributes, name: string): number | null {
  const text = fieldOf(attributes, name);
  if (text === null || !/^\d{1,16}$/.test(text)) return null;
  const time = Number(text);
  const ms = time < greatestSeconds ? time * 1000 : time;
  return time === 0 || ms > greatestMs ? null : ms;
}

/** All that has a value, is not in `known` and is not the usual (`usual` by name), for a message's extra. */
export function restOf(attributes: Attributes, known: ReadonlySet<string>, usual: ReadonlyMap<string, string>): JsonObject {
  const rest: [string, string][] = [];
  for (const [name] of attributes) {
    const text = fieldOf(attributes, name);
    if (text !== null && !known.has(name) && usual.get(name) !== text) rest.push([name, text]);
  }
  return Object.fromEntries(rest);
}
