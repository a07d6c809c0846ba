// Keys of SQLCipher databases as people have them: a passphrase, 32 bytes in hex that are the key itself or a passphrase, and such
// a key with its salt (zetetic.net/sqlcipher/sqlcipher-api, PRAGMA key).

/** One way to understand what was typed. */
export type SqlcipherKey =
  | { readonly kind: 'passphrase'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** `salt` is null where the file begins with it. */
  | { readonly kind: 'raw'; readonly bytes: Uint8Array<ArrayBuffer>; readonly salt: Uint8Array<ArrayBuffer> | null };

const keyBytes = 32;
const saltBytes = 16;
const longestHex = 2 * (keyBytes + saltBytes);
/** Longer than any spelling of a key in hex with blanks between its bytes. */
const longestSpelling = 512;

/**
 * All that a text may mean, what is cheapest to try first: `x'…'`, `0x…` and bare hex digits, blanks between them left out, as a raw key
 * (64 digits), a raw key with salt (96) or the bytes of a passphrase (64); and always as a passphrase, letter for letter.
 */
export function readSqlcipherKeys(text: string): readonly SqlcipherKey[] {
  const asTyped: SqlcipherKey = { kind: 'passphrase', bytes: new TextEncoder().encode(text) };
  const bytes = readHex(text);
  if (bytes?.length === keyBytes) return [{ kind: 'raw', bytes, salt: null }, { kind: 'passphrase', bytes }, asTyped];
  if (bytes?.length === keyBytes + saltBytes)
    return [{ kind: 'raw', bytes: bytes.slice(0, keyBytes), salt: bytes.slice(keyBytes) }, asTyped];
  return [asTyped];
}

/** What a key file may hold: the 32 bytes of a key, with its salt behind them or not, as they are; or a key as it is typed. */
export function readSqlcipherKeyFile(file: Uint8Array<ArrayBuffer>): readonly SqlcipherKey[] {
  const asText = readSqlcipherKeys(new TextDecoder().decode(file).trim());
  if (file.length === keyBytes) return [{ kind: 'raw', bytes: file, salt: null }, { kind: 'passphrase', bytes: file }, ...asText];
  if (file.length === keyBytes + saltBytes) return [{ kind: 'raw', bytes: file.slice(0, keyBytes), salt: file.slice(keyBytes) }, ...asText];
  return asText;
}

function readHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length > longestSpelling) return null;
  const dense = text.replaceAll(/\s/g, '').toLowerCase();
  const quoted = dense.startsWith("x'") && dense.endsWith("'") ? dense.slice(2, -1) : dense;
  const digits = quoted.startsWith('0x') ? quoted.slice(2) : quoted;
  if (digits.length > longestHex || digits.length % 2 !== 0 || !/^[0-9a-f]+$/.test(digits)) return null;
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) => Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16));
}
