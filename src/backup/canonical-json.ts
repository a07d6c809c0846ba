// JSON with one spelling for equal content: keys sorted by UTF-16 code units, no white space, absent for `undefined`.

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
