// What secrets of encrypted archives look like, so that a slip is said while it is typed and before anything is tried.

/** What opens a file, as its owner knows it. */
export const secretForms = [
  'passphrase',
  'identity',
  'password',
  'backup-password',
  'whatsapp-key',
  'whatsapp-key-file',
  'signal-passphrase',
  'signal-recovery-key',
  'database-key',
  'picture-key',
] as const;
export type SecretForm = (typeof secretForms)[number];

/** What an owner typed or pasted, or the bytes of a key file. */
export type Secret = string | Uint8Array<ArrayBuffer>;

/** Why a text cannot be the secret: it lacks characters, has too many, or ones that no such secret has. */
export type SecretFault = 'too-short' | 'too-long' | 'letters';

interface Shape {
  /** Of the text without blanks and hyphens. */
  readonly letters: RegExp;
  readonly length: number;
}

/** Secrets of one length and alphabet; all else may be anything. */
const shapes: { readonly [Form in SecretForm]?: Shape } = {
  'whatsapp-key': { letters: /^[0-9a-f]*$/, length: 64 },
  'signal-passphrase': { letters: /^[0-9]*$/, length: 30 },
  'signal-recovery-key': { letters: /^[0-9a-z#=]*$/, length: 64 },
};

/** Forms that can be given as a file. */
const fileForms: ReadonlySet<SecretForm> = new Set(['whatsapp-key', 'whatsapp-key-file', 'database-key']);
/** Forms that can only be given as a file. */
const onlyFileForms: ReadonlySet<SecretForm> = new Set(['whatsapp-key-file']);

export const takesFile = (form: SecretForm): boolean => fileForms.has(form);
export const takesText = (form: SecretForm): boolean => !onlyFileForms.has(form);

/** A key file is no larger than this. */
export const keyFileLimitBytes = 4096;

/** The text without what people put between groups, in small letters; a passphrase stays as it is. */
export function plainSecret(form: SecretForm, text: string): string {
  if (form === 'picture-key') return text.trim();
  return shapes[form] === undefined ? text : text.replace(/[\s\-–]/gu, '').toLowerCase();
}

/** What is wrong with the text as such a secret; null where it may be one. Says nothing of whether it opens anything. */
export function secretFault(form: SecretForm, text: string): SecretFault | null {
  if (form === 'picture-key') return pictureKeyFault(plainSecret(form, text));
  if (form === 'database-key' && text !== '') return databaseKeyFault(text);
  const shape = shapes[form];
  if (shape === undefined) return text === '' ? 'too-short' : null;
  const plain = plainSecret(form, text);
  if (!shape.letters.test(plain)) return 'letters';
  if (plain.length === shape.length) return null;
  return plain.length < shape.length ? 'too-short' : 'too-long';
}

/** In x'…', with or without its salt behind it. */
const keyDigits = 64;
const saltedDigits = 96;

/** A passphrase may be anything; what begins as x'… or 0x… is meant as digits of a key. */
function databaseKeyFault(text: string): SecretFault | null {
  const dense = text.replaceAll(/\s/g, '').toLowerCase();
  const isQuoted = dense.startsWith("x'");
  if (!isQuoted && !dense.startsWith('0x')) return null;
  const isClosed = isQuoted && dense.length > 2 && dense.endsWith("'");
  const digits = dense.slice(2, isClosed ? -1 : undefined);
  if (!/^[0-9a-f]*$/.test(digits)) return 'letters';
  if (digits.length > saltedDigits) return 'too-long';
  const isWhole = digits.length === keyDigits || digits.length === saltedDigits;
  return isWhole && isClosed === isQuoted ? null : 'too-short';
}

/** 16 printable characters, or their bytes as 32 hex digits. */
function pictureKeyFault(plain: string): SecretFault | null {
  if (!/^[!-~]*$/.test(plain)) return 'letters';
  if (plain.length === pictureKeyBytes) return null;
  if (plain.length < pictureKeyBytes) return 'too-short';
  if (plain.length > 2 * pictureKeyBytes || !/^[0-9a-f]*$/i.test(plain)) return 'too-long';
  return plain.length === 2 * pictureKeyBytes ? null : 'too-short';
}

const pictureKeyBytes = 16;
