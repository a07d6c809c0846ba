// The vectors of C2SP/CCTV for age: a textual header, an empty line, a file.

import { inflateSync } from 'node:zlib';
import * as vectors from 'cctv-age';
import type { AgeKey } from '../../src/crypto/age';

export interface AgeVector {
  readonly name: string;
  readonly expect: string;
  /** SHA-256 of all content that may come out, hex; absent where there is none. */
  readonly payloadSha256: string | undefined;
  readonly keys: readonly AgeKey[];
  readonly file: Uint8Array;
}

const knownFields = new Set(['expect', 'payload', 'identity', 'passphrase', 'armored', 'file key', 'comment', 'compressed']);

/** Every vector. Throws an Error for a field that this reader does not know. */
export function readVectors(): readonly AgeVector[] {
  return Object.entries(vectors as Readonly<Record<string, unknown>>).flatMap(([name, bytes]) =>
    bytes instanceof Uint8Array ? [readVector(name, bytes)] : [],
  );
}

function readVector(name: string, bytes: Uint8Array): AgeVector {
  const end = Buffer.from(bytes).indexOf('\n\n');
  const fields = Buffer.from(bytes.subarray(0, end))
    .toString()
    .split('\n')
    .map((line): [string, string] => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]);
  for (const [field] of fields) if (!knownFields.has(field)) throw new Error(`${name}: unknown field ${field}`);
  const all = (wanted: string): string[] => fields.filter(([field]) => field === wanted).map(([, value]) => value);
  const body = bytes.subarray(end + 2);
  const identities = all('identity');
  const keys = [
    ...all('passphrase').map((text): AgeKey => ({ kind: 'passphrase', text })),
    ...(identities.length > 0 ? [{ kind: 'identities', texts: identities } as const] : []),
  ];
  return {
    name,
    expect: all('expect')[0] ?? '',
    payloadSha256: all('payload')[0],
    // Where the header is beyond use, none is given.
    keys: keys.length > 0 ? keys : [{ kind: 'passphrase', text: 'none' }],
    file: all('compressed')[0] === 'zlib' ? new Uint8Array(inflateSync(body)) : body,
  };
}
