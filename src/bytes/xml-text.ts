// Text of XML as it is written, to what it says.

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of bytes; one decoder for all, since a file has millions of tags. */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const reference = /&(?:#(?:x([0-9a-f]{1,6})|(\d{1,7}))|([a-z]{2,4}));/gi;
// eslint-disable-next-line no-control-regex -- these are what is to be dropped
const dropped = /[\0-\x08\x0b\x0c\x0e-\x1f]/g;
const halfCharacters = /\p{Surrogate}/gu;

/** Text of a value or between tags: references resolved, two that name the halves of one character joined; control characters and lone halves dropped. */
/** Needs no look at references and odd characters. */
const plain = /^[ !-%'-~]*$/;

export function decodeXmlText(raw: string): string {
  if (plain.test(raw)) return raw;
  const resolved = raw.includes('&') ? raw.replace(reference, resolve) : raw;
  return resolved.replace(dropped, '').replace(halfCharacters, '');
}

function resolve(whole: string, hex: string | undefined, decimal: string | undefined, name: string | undefined): string {
  if (name !== undefined) return named.get(name.toLowerCase()) ?? whole;
  const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
  if (code <= 0xffff) return String.fromCharCode(code);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
