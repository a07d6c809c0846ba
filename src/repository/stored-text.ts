// How Go writes what is in repositories' JSON: times, quoted names, escapes. Ours must be the same byte for byte, since
// `rewrite`, `copy` and `repair snapshots` refuse trees that they cannot encode as they were (tested with restic 0.14).

const shortEscapes: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\u000b': '\\v',
  '"': '\\"',
  '\\': '\\\\',
};

/** Go's unicode.IsPrint; its tables are those of the Unicode version that restic was built with. */
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

function quoteLetter(letter: string): string {
  const short = shortEscapes[letter];
  if (short !== undefined) return short;
  if (printable.test(letter)) return letter;
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** A name as Go's strconv.Quote writes it, without the quotes around it. Well-formed text only. */
export function quoteName(name: string): string {
  return /^[ !#-[\]-~]*$/.test(name) ? name : Array.from(name, quoteLetter).join('');
}

const plainEscapes: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, '"': 34, "'": 39 };
const escape = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|[abfnrtv\\"'])/y;

function unquoteBytes(text: string): Uint8Array | null {
  const utf8 = new TextEncoder();
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < text.length;) {
    if (text[at] !== '\\') {
      const next = text.indexOf('\\', at);
      const end = next < 0 ? text.length : next;
      pieces.push(utf8.encode(text.slice(at, end)));
      at = end;
      continue;
    }
    escape.lastIndex = at;
    const [found = ''] = escape.exec(text) ?? [];
    const letter = found[1] ?? '';
    const code =
      letter === 'x' || letter === 'u' || letter === 'U' ? Number.parseInt(found.slice(2), 16) : Number.parseInt(found.slice(1), 8);
    const value = plainEscapes[letter] ?? code;
    if (found === '' || value > 0x10ffff) return null;
    // \xNN and octals are bytes, the others code points.
    const isByte = letter === 'x' || /\d/.test(letter);
    pieces.push(isByte ? Uint8Array.of(value) : utf8.encode(String.fromCodePoint(value)));
    at += found.length;
  }
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

/** The inverse of `quoteName`; text that is not so quoted is given back as it is. Bytes that are no UTF-8 become U+FFFD. */
export function unquoteName(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = unquoteBytes(text);
  return bytes === null ? text : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** JSON as Go's encoding/json writes it: also `<`, `>`, `&` and the two line separators are escaped. */
export function storedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[<>&\u2028\u2029]/g, (letter) => `\\u${hex(letter.charCodeAt(0), 4)}`);
}

/** RFC 3339 in UTC without trailing zeros in the fraction. Throws RangeError outside of the years 0 to 9999. */
export function storedTime(timeMs: number): string {
  const text = new Date(timeMs).toISOString();
  if (!/^\d{4}-/.test(text)) throw new RangeError('a time between the years 0 and 9999');
  return text.replace(/\.?0*Z$/, 'Z');
}

const timeForm = /^(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** Time in ms of an RFC 3339 text with a zone and any number of digits; null for what is none. */
export function readStoredTime(text: unknown): number | null {
  const [, clock, fraction = '.0', zone] = (typeof text === 'string' && timeForm.exec(text)) || [];
  if (clock === undefined || zone === undefined) return null;
  const timeMs = Date.parse(`${clock.replace(/[t ]/, 'T')}${fraction.slice(0, 4).padEnd(4, '0')}${zone.toUpperCase()}`);
  return Number.isNaN(timeMs) ? null : timeMs;
}
