// Signal's Android backups (`.backup`), versions 0 and 1, which 30 digits open.

import { CamphorError } from '../../model/error';
import { plainSecret, secretFault } from '../../model/secret-form';
import type { Lock } from './lock';
import { readSignalHeader } from './signal-backup-header';

const newestVersion = 1;
const headBytes = 1024;
/** A frame has a length, a MAC and something in between. */
const leastFrameBytes = 15;

export const signalBackupLock: Lock = {
  kind: 'signal-backup',
  names: /\.backup(?:\.\w{1,10})?$/i,
  recognises: (head) => readSignalHeader(head) !== null,
  async examine({ source }) {
    const found = readSignalHeader(await source.read(0, headBytes));
    if (found === null) return null;
    if (found.header.version > newestVersion) throw new CamphorError('unsupported-version');
    if (source.sizeBytes < found.endByte + leastFrameBytes) throw new CamphorError('damaged');
    return 'signal-passphrase';
  },
  async open({ path, source }, secret, report) {
    const found = readSignalHeader(await source.read(0, headBytes));
    if (found === null || found.header.version > newestVersion) throw new CamphorError('unsupported-version');
    const text = typeof secret === 'string' ? secret : new TextDecoder().decode(secret);
    if (secretFault('signal-passphrase', text) !== null) throw new CamphorError('secret-malformed');
    const { openWithDigits } = await import('./signal-backup-archive');
    const archive = await openWithDigits(source, found, plainSecret('signal-passphrase', text), report);
    return { kind: 'archive', path, archive };
  },
};
