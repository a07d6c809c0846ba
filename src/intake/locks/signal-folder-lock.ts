// Signal's local backups of today: a folder with `main`, `metadata` and `files`, which the account's recovery key opens. `main` has no
// beginning of its own; that it is one is known by its name, its size and the `metadata` beside it.

import { readProtobuf } from '../../bytes/protobuf';
import type { SealedBackupId } from '../../crypto/signal-local-backup';
import { CamphorError } from '../../model/error';
import { plainSecret, secretFault } from '../../model/secret-form';
import type { Lock, LockedSource } from './lock';

const mainPath = /(?:^|\/)main$/;
/** A backup that Signal keeps on its servers: what opens it lies there as well. */
const cloudMagic = new TextEncoder().encode('SBACKUP\x01');
const newestVersion = 1;
const idBytes = 16;
const ivSizes: ReadonlySet<number> = new Set([12, 16]);
const metadataLimitBytes = 4096;
const blockBytes = 16;
/** IV, one block, MAC. */
const leastBytes = 64;

export const signalFolderLock: Lock = {
  kind: 'signal-backup',
  names: mainPath,
  recognises: (head, { path, sizeBytes }) =>
    isCloudBackup(head) || (mainPath.test(path) && sizeBytes >= leastBytes && sizeBytes % blockBytes === 0),
  async examine(file) {
    if (isCloudBackup(await file.source.read(0, cloudMagic.length))) throw new CamphorError('unsupported-version');
    return (await readBackupId(file)) === null ? null : 'signal-recovery-key';
  },
  // All backups of an account have one key; a folder may hold those of another account too.
  triesEach: true,
  groupOf: async ({ path }) => path.replace(/[^/]*\/?main$/, ''),
  async open(file, secret, report) {
    const sealedId = await readBackupId(file);
    if (sealedId === null) throw new CamphorError('unsupported-version');
    const text = typeof secret === 'string' ? secret : new TextDecoder().decode(secret);
    if (secretFault('signal-recovery-key', text) !== null) throw new CamphorError('secret-malformed');
    const { openSignalMain } = await import('./signal-main');
    const source = await openSignalMain(file.source, plainSecret('signal-recovery-key', text), sealedId, report);
    return { kind: 'file', path: file.path, source };
  },
};

const isCloudBackup = (head: Uint8Array): boolean => cloudMagic.every((byte, at) => head[at] === byte);

/** From the `metadata` beside; null where there is none of Signal's. Throws `unsupported-version` for one of a later version. */
async function readBackupId({ path, beside }: LockedSource): Promise<SealedBackupId | null> {
  const metadata = beside(path.replace(/main$/, 'metadata'));
  if (metadata === null || metadata.sizeBytes > metadataLimitBytes) return null;
  const fields = readProtobuf(await metadata.read(0, metadata.sizeBytes));
  const iv = fields.bytes(2, 1);
  const sealed = fields.bytes(2, 2);
  if (!fields.isWhole || iv === null || !ivSizes.has(iv.length) || sealed?.length !== idBytes) return null;
  if ((fields.whole(1) ?? 0) > newestVersion) throw new CamphorError('unsupported-version');
  return { iv, sealed };
}
