// JSON with one spelling for equal content: keys sorted by UTF-16 code units, no white space, absent for `undefined`.

/** Those that JSON writes as they are need no more than that to be seen. */
// oxlint-disable-next-line no-control-regex -- those that JSON escapes
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A string as `JSON.stringify` writes it. */
export const writeText = (text: string): string => (escaped.test(text) ? JSON.stringify(text) : `"${text}"`);

/** Strings, numbers and literals as `JSON.stringify` writes them. Throws RangeError for what JSON cannot say. */
export function writeJson(value: unknown): string {
  if (typeof value === 'string' || value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (typeof value !== 'object') throw new RangeError('no JSON');
  const fields = value as Readonly<Record<string, unknown>>;
  const parts: string[] = [];
  for (const key of Object.keys(fields).sort()) {
    if (fields[key] !== undefined) parts.push(`${JSON.stringify(key)}:${writeJson(fields[key])}`);
  }
  return `{${parts.join(',')}}`;
}

const encoder = new TextEncoder();

/** A line of a JSON Lines file, or a whole JSON file: UTF-8, ended by a line feed. */
export function encodeJsonLine(value: unknown): Uint8Array<ArrayBuffer> {
  return encoder.encode(`${writeJson(value)}\n`);
}
