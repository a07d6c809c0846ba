// A key file of the owner: 256 random bits as one line of 52 letters, which works together with a passphrase only.

import { CamphorError } from '../model/error';
import { fromBase32, toBase32 } from './base32';
import type { RandomBytes } from './random';

const secretBytes = 32;
/** A file that somebody chose by mistake may be of any size. */
const textLimit = 4_096;

/** Says what it is to whoever finds it in twenty years, without the app. */
const about = [
  'Camphor key file. Keep it apart from your passphrase; both together open your backups.',
  'In restic the password is: your passphrase, a colon, and the line below, without spaces.',
  '樟木箱密钥文件。请与口令分开保存，两者合用才能打开备份。',
  '在 restic 里，密码是：口令、一个英文冒号、下面这一行，中间没有空格。',
];

/** The text of a new file. Throws CamphorError `no-randomness`. */
export function makeKeyFileText(random: RandomBytes): string {
  const secret = random(secretBytes);
  try {
    return `${[...about, '', toBase32(secret)].join('\n')}\n`;
  } finally {
    secret.fill(0);
  }
}

/**
 * The 52 letters in a key file, upper case. The words around them may be gone. Throws CamphorError `secret-malformed`
 * (`facts.kind` is `key-file`) where there is no such line, or more than one.
 */
export function readKeyFileText(text: string): string {
  const lines = text.length > textLimit ? [] : text.split(/\r\n|\r|\n/).map((line) => line.replaceAll(/[\s\uFEFF]+/g, '').toUpperCase());
  const [secret, ...more] = lines.filter((line) => fromBase32(line)?.length === secretBytes);
  if (secret === undefined || more.length > 0) throw new CamphorError('secret-malformed', { kind: 'key-file' });
  return secret;
}
