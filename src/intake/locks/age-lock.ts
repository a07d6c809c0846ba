// age files: of a passphrase or of recipients.

import { sourceOfRanges } from '../../bytes/ranged-source';
import { isAge } from '../../crypto/age-magic';
import type { Lock } from './lock';

const agePath = /\.age$/i;

/** What a file is called once it is open. */
export const nameInside = (path: string): string => path.replace(agePath, '');

export const ageLock: Lock = {
  kind: 'age',
  names: agePath,
  recognises: isAge,
  async examine({ source }) {
    const { whatOpensAge } = await import('../../crypto/age');
    return whatOpensAge(source);
  },
  async open({ path, source }, secret) {
    const { openAge, readAgeKey } = await import('../../crypto/age');
    const text = typeof secret === 'string' ? secret : new TextDecoder().decode(secret);
    const content = await openAge(source, readAgeKey(text));
    return { kind: 'file', path: nameInside(path), source: sourceOfRanges(content.sizeBytes, content.read) };
  },
};
