// Exports of invented vaults: each pause is where a test looks.

import { CamphorError } from '../../src/model/error';
import type { Sha256Hex } from '../../src/model/ids';
import type { ExportCalls } from '../../src/session/session';

/** A passphrase for which the export stays half done until it is cancelled. */
export const stuckPassphrase = 'stuck in the middle';
/** One for which there is no room. */
export const fullPassphrase = 'no room for all this';

/** Of the manifest of a pack. */
export const inventedHash = '0123456789abcdef'.repeat(4) as Sha256Hex;

/** From that day on an export of messages stays half done until it is cancelled. */
export const stuckDay = '2001-01-01';
const stuckFromMs = new Date(2001, 0, 1).getTime();

export function createFakeExports(note: (name: string, ...args: readonly unknown[]) => void): ExportCalls {
  let stop: (cause: CamphorError) => void = () => undefined;
  return {
    hasFileChooser: false,
    chooseFile: async () => null,
    async run(lock, target, report) {
      note('export', lock, target);
      const totalBytes = 412_000_000;
      report({ stage: 'sealing', doneBytes: totalBytes * 0.42, totalBytes, messages: 0, media: 0 });
      if (lock.text === fullPassphrase) throw new CamphorError('storage-full', { neededBytes: totalBytes, freeBytes: 1_000_000 });
      if (lock.text === stuckPassphrase) await new Promise((_, reject) => (stop = reject));
      const counts = { files: 2031, conversations: 12, messages: 48_210, media: 1204, leftOutMedia: 3 };
      return { fileBytes: totalBytes, ...counts, file: new File(['age-encryption.org/v1'], 'camphor.age') };
    },
    async runMessages(request, target, report) {
      note('exportMessages', request, target);
      report({ doneMessages: 420, totalMessages: 1000, writtenBytes: 98_000 });
      if (request.fromMs === stuckFromMs) await new Promise((_, reject) => (stop = reject));
      if (request.format === 'evidence') {
        const evidence = { manifestSha256: inventedHash, verifier: '<!doctype html>', chosen: 2, originals: 1 };
        const packed = { conversations: 1, messages: 22, media: 1, leftOutMedia: 0, evidence };
        return { fileBytes: 231_000, ...packed, file: new File(['PK'], 'camphor-messages') };
      }
      const counts = { conversations: 1, messages: 1000, media: 0, leftOutMedia: request.media === 'none' ? 0 : 2 };
      return { fileBytes: 231_000, ...counts, file: new File(['hello'], 'camphor-messages') };
    },
    cancel: () => stop(new CamphorError('cancelled')),
    discard: async (what) => note('discard', what),
  };
}
