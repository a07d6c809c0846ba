// Strings, numbers and names as PDF 1.7 writes them (ISO 32000-1, 7.3). All of a body is Latin-1: a letter is a byte.

/** Bytes of a text of which every letter is one byte. */
export function latin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

const escapes = new Map([
  ['(', String.raw`\(`],
  [')', String.raw`\)`],
  ['\\', String.raw`\\`],
  ['\r', String.raw`\r`],
  ['\n', String.raw`\n`],
]);

/** A string of bytes, in parentheses; each letter of `bytes` is one. A bare end of line in it would be read as another one. */
export const literal = (bytes: string): string => `(${bytes.replace(/[()\\\r\n]/g, (letter) => escapes.get(letter) ?? letter)})`;

/** UTF-16BE in hexadecimal digits, without anything around it; unpaired surrogates are U+FFFD. */
export function utf16Hex(text: string): string {
  let hex = '';
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
  for (let at = 0; at < whole.length; at++) hex += whole.charCodeAt(at).toString(16).padStart(4, '0');
  return hex;
}

/** A text that people read: a title, an entry of the outline. */
export const textString = (text: string): string => `<feff${utf16Hex(text)}>`;

/** At most two digits behind the point, and none where there is nothing to say; PDF knows no exponents. */
export function decimal(value: number): string {
  const text = value.toFixed(2);
  return text.endsWith('.00') ? text.slice(0, -3) : text;
}

/** `D:yyyymmddHHmmSSZ`, as of an instant. */
export function dateString(atMs: number): string {
  return `(D:${new Date(atMs).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z)`;
}
