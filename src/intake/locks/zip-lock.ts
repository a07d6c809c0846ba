// ZIPs with a password.

import { isZip } from '../../bytes/zip';
import { CamphorError } from '../../model/error';
import type { Lock } from './lock';

export const zipLock: Lock = {
  kind: 'zip',
  names: /\.zip$/i,
  recognises: isZip,

  async examine({ source }) {
    const { needsPassword } = await import('./zip-password');
    try {
      return (await needsPassword(source)) ? 'password' : null;
    } catch (error) {
      // Whatever else is wrong with a ZIP is said when its files are listed.
      if (error instanceof CamphorError && error.code !== 'unsupported-version') return null;
      throw error;
    }
  },

  async open({ path, source }, secret) {
    const { openWithPassword } = await import('./zip-password');
    const password = typeof secret === 'string' ? secret : new TextDecoder().decode(secret);
    return { kind: 'archive', path, archive: await openWithPassword(source, password) };
  },
};
