// From each way to open a repository to the password that stock restic takes for it. docs and the recovery sheet say how
// to form it by hand; restic itself changes nothing of what is typed, but cuts white space off the ends of a password file.

import type { RepositorySecret } from '../model/backup-view';
import { CamphorError } from '../model/error';
import { fromBase64Url, toBase64Url } from './base64url';
import { readKeyFileText } from './key-file-text';
import { checkPassphrase } from './passphrase';
import { recoveryPassword } from './recovery-words';

export type PasswordPurpose = 'new' | 'open';

const passkeyBytes = 32;

/** White space in the sense of Go and of JavaScript. */
const ends = /^[\s\u0085\uFEFF]+|[\s\u0085\uFEFF]+$/g;

/** Cannot be typed at restic's prompt, or has no UTF-8. */
const untypable = /[\p{Cc}\p{Cs}]/u;

/** As typed, in NFC, without white space at the ends. New ones must not be weak; old ones may have been set elsewhere. */
function passphrasePassword(text: string, purpose: PasswordPurpose): string {
  const passphrase = text.normalize('NFC').replaceAll(ends, '');
  if (untypable.test(passphrase)) throw new CamphorError('secret-malformed', { kind: 'passphrase' });
  if (purpose === 'new') checkPassphrase(passphrase);
  if (passphrase === '') throw new CamphorError('wrong-secret');
  return passphrase;
}

/** Not the repository's id: that is sealed in the repository, so a new device could not know it before it has opened it. */
const passkeyInfo = new TextEncoder().encode('camphor repository password');

/** base64url of HKDF-SHA-256 (RFC 5869) over the passkey's output: no salt, `passkeyInfo`, 32 bytes. */
async function passkeyPassword(text: string): Promise<string> {
  const output = fromBase64Url(text);
  if (output?.length !== passkeyBytes) throw new CamphorError('secret-malformed', { kind: 'passkey' });
  const base = await crypto.subtle.importKey('raw', output, 'HKDF', false, ['deriveBits']);
  output.fill(0);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: passkeyInfo };
  return toBase64Url(new Uint8Array(await crypto.subtle.deriveBits(how, base, passkeyBytes * 8)));
}

/**
 * The password of a repository for a secret: what restic's RESTIC_PASSWORD would be.
 * - passphrase: NFC, trimmed;
 * - recovery words: the 24 words in lower case, single spaces;
 * - key file: passphrase, colon, the 52 letters of the file;
 * - passkey (`text` is the PRF's 32 bytes in base64url): see above.
 *
 * `new` also refuses passphrases that are easy to guess. Throws CamphorError `secret-too-weak`; `secret-malformed` (facts:
 * `kind`, and for words `word` and `words`); `wrong-secret` for an empty passphrase.
 */
export async function repositoryPassword(secret: RepositorySecret, purpose: PasswordPurpose): Promise<string> {
  if (secret.kind === 'passphrase') return passphrasePassword(secret.text, purpose);
  if (secret.kind === 'recovery-words') return recoveryPassword(secret.text);
  if (secret.kind === 'key-file') return `${passphrasePassword(secret.text, purpose)}:${readKeyFileText(secret.keyFile ?? '')}`;
  return passkeyPassword(secret.text);
}
