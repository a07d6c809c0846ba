// Secrets of encrypted archives that their owner ticked to keep for the next one: entries of the notes, sealed as all of them are. No
// backup holds entries, and no verb gives a secret to the page.

import { fromBase64Url, toBase64Url } from '../crypto/base64url';
import { watchedRandom } from '../crypto/random';
import { type Secret, type SecretForm, secretForms } from '../model/secret-form';
import type { KeptSecretView, LockKind } from '../model/view';
import type { Notes } from './notes';

export interface KeptSecret extends KeptSecretView {
  readonly secret: Secret;
}

type Entries = Pick<Notes, 'entries' | 'setEntries'>;

const prefix = 'kept-secrets/';
/** Of one kind of file so many are kept, the newest: each is tried on whatever is locked so. */
export const keptPerKind = 8;

/** The newest first. What cannot be read is passed over. */
export async function readKept(notes: Entries): Promise<readonly KeptSecret[]> {
  const kept = (await notes.entries(prefix)).flatMap(([key, value]) => parse(key.slice(prefix.length), value));
  return kept.toSorted((one, other) => other.keptAtMs - one.keptAtMs);
}

/** The same without the secrets. */
export async function listKept(notes: Entries): Promise<readonly KeptSecretView[]> {
  return (await readKept(notes)).map(({ id, kind, opensBy, keptAtMs }) => ({ id, kind, opensBy, keptAtMs }));
}

/** One that is kept already only becomes the newest; beyond `keptPerKind` the oldest goes. */
export async function keepSecret(notes: Entries, kept: Omit<KeptSecret, 'id'>): Promise<void> {
  const alike = (await readKept(notes)).filter(({ kind, opensBy }) => kind === kept.kind && opensBy === kept.opensBy);
  const same = alike.filter(({ secret }) => isSame(secret, kept.secret));
  const tooOld = alike.filter((each) => !same.includes(each)).slice(keptPerKind - 1);
  const gone = [...same, ...tooOld].map(({ id }) => [prefix + id, null] as const);
  const { kind, opensBy, keptAtMs, secret } = kept;
  const own = typeof secret === 'string' ? { text: secret } : { bytes: toBase64Url(secret) };
  const id = toBase64Url(watchedRandom()(12));
  await notes.setEntries(new Map([...gone, [prefix + id, JSON.stringify({ kind, opensBy, keptAtMs, ...own })]]));
}

export async function forgetKept(notes: Entries, id: string): Promise<void> {
  await notes.setEntries(new Map([[prefix + id, null]]));
}

function isSame(one: Secret, other: Secret): boolean {
  const textOf = (secret: Secret): string => (typeof secret === 'string' ? `text ${secret}` : `bytes ${toBase64Url(secret)}`);
  return textOf(one) === textOf(other);
}

function parse(id: string, value: string): readonly KeptSecret[] {
  const { kind, opensBy, keptAtMs, text, bytes } = JSON.parse(value) as {
    readonly kind: LockKind;
    readonly opensBy: SecretForm;
    readonly keptAtMs: number;
    readonly text?: string;
    readonly bytes?: string;
  };
  // Kept by a version that knows forms which this one does not.
  if (!secretForms.includes(opensBy)) return [];
  const secret = text ?? (bytes === undefined ? null : fromBase64Url(bytes));
  return secret === null ? [] : [{ id, kind, opensBy, keptAtMs, secret }];
}
