// Header fields of MIME (RFC 2045, 2047, 822), as mail and saved pages have them. Forgiving: QQ's message manager leaves out
// the semicolon after one parameter and the space after the colon.

import { decodeLossy } from './text-encoding';
import type { TextEncoding } from './text-encoding';

/** Fields by their names in lower case; of those that repeat the first. */
export type MimeFields = ReadonlyMap<string, string>;

/** Fields of a block of header lines: continued lines joined, encoded words decoded. */
export function parseFields(block: string): MimeFields {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, decodeWords(line.slice(colon + 1).trim()));
  }
  return fields;
}

/** The value before the parameters, in lower case, such as `multipart/related`; null where there is none. */
export function valueOf(field: string | undefined): string | null {
  const value = field?.split(/[;\s]/, 1)[0]?.toLowerCase() ?? '';
  return value === '' ? null : value;
}

const parameter = /([\w-]{1,60})=(?:"([^"]*)"|([^\s;"]+))/g;

/** A parameter such as `boundary`; null where there is none. */
export function parameterOf(field: string | undefined, name: string): string | null {
  for (const [, key = '', quoted, bare] of (field ?? '').matchAll(parameter)) {
    if (key.toLowerCase() === name) return quoted ?? bare ?? '';
  }
  return null;
}

const encodedWord = /=\?([\w-]{1,40})\?([bq])\?([^?\s]*)\?=/gi;

/** White space between two encoded words is none (RFC 2047, 6.2). */
function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  return text.replace(/\?=[ \t]+=\?/g, '?==?').replace(encodedWord, (word, charset: string, form: string, coded: string) => {
    const encoding = encodingOf(charset);
    if (encoding === null) return word;
    return decodeLossy(form.toLowerCase() === 'b' ? base64Of(coded) : quotedOf(coded), encoding);
  });
}

const encodings: ReadonlyMap<string, TextEncoding> = new Map<string, TextEncoding>([
  ['utf-8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['gb2312', 'gb18030'],
  ['gbk', 'gb18030'],
  ['gb18030', 'gb18030'],
  ['iso-8859-1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
]);

/** One of our encodings for a name of MIME; null where we have none. */
export function encodingOf(charset: string): TextEncoding | null {
  return encodings.get(charset.toLowerCase()) ?? null;
}

function base64Of(coded: string): Uint8Array {
  try {
    return Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));
  } catch {
    return new TextEncoder().encode(coded);
  }
}

function quotedOf(coded: string): Uint8Array {
  const plain = coded.replaceAll('_', ' ').replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
