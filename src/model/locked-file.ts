// Files that only their owner's secret opens, and secrets that were kept for the next ones.

import type { SecretForm } from './secret-form';

/** Kinds of files that only their owner's secret opens (intake/locks). */
export type LockKind = 'age' | 'zip' | 'whatsapp-backup' | 'signal-backup' | 'sqlcipher' | 'iphone-backup' | 'wechat-pictures';

/** A secret that its owner kept for the next archive, without the secret. */
export interface KeptSecretView {
  readonly id: string;
  readonly kind: LockKind;
  readonly opensBy: SecretForm;
  readonly keptAtMs: number;
}

/** A file of a drop that only its owner's secret opens: `ImportVerbs.unlock`. */
export interface LockedFile {
  readonly fileId: string;
  readonly path: string;
  readonly kind: LockKind;
  readonly opensBy: SecretForm;
  /** Files of the same kind that lie with it and are asked for with it: the secret is tried on each of them. */
  readonly others: readonly { readonly fileId: string; readonly path: string }[];
}
