// A drive that says what is not so (checks.md E3, E4): each lie is about a name, and is told until it is taken back.

import type { Drive, DriveEntry } from '../../src/drives/drive';
import { CamphorError } from '../../src/model/error';

export type Lie =
  | /** Neither listed nor read. */ { readonly kind: 'dropped' }
  /** Listed, and not to be read. */
  | { readonly kind: 'listed-only' }
  /** Read, and not listed. */
  | { readonly kind: 'unlisted' }
  | { readonly kind: 'truncated'; readonly sizeBytes: number }
  | { readonly kind: 'extended'; readonly moreBytes: number }
  /** One bit of this byte is the other way. */
  | { readonly kind: 'flipped'; readonly atByte: number }
  /** The bytes of another file (swapped or renamed). */
  | { readonly kind: 'content-of'; readonly name: string }
  /** These bytes, as of an earlier day. */
  | { readonly kind: 'stale'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** `create` says that all is well, and keeps nothing. */
  | { readonly kind: 'forgets' };

export interface LyingDrive extends Drive {
  /** What is told about each name. */
  readonly lies: Map<string, Lie>;
  /** A listing with the given entries as well. */
  readonly inventions: DriveEntry[];
  /** Listings end after this many entries, without saying so. */
  listingLimit: number;
  /** Listings say that they may be cut. */
  isSuspect: boolean;
}

export function createLyingDrive(inner: Drive): LyingDrive {
  const lies = new Map<string, Lie>();
  const inventions: DriveEntry[] = [];
  const bytesOf = async (name: string): Promise<Uint8Array<ArrayBuffer>> => told(lies.get(name), name, inner);
  return {
    traits: inner.traits,
    lies,
    inventions,
    listingLimit: Number.POSITIVE_INFINITY,
    isSuspect: false,
    async list(folder) {
      const { entries, isSuspect } = await inner.list(folder);
      const kept = entries.filter(({ name }) => !['dropped', 'unlisted', 'forgets'].includes(lies.get(name)?.kind ?? ''));
      const sized = await Promise.all(
        kept.map(async (entry) => {
          const lie = lies.get(entry.name);
          return lie && lie.kind !== 'listed-only' ? { name: entry.name, sizeBytes: (await bytesOf(entry.name)).length } : entry;
        }),
      );
      const invented = inventions.filter(({ name }) => folder === '' || name.startsWith(`${folder}/`));
      return { entries: [...sized, ...invented].slice(0, this.listingLimit), isSuspect: isSuspect || this.isSuspect };
    },
    async read(name, range) {
      if (!lies.has(name)) return inner.read(name, range);
      const bytes = await bytesOf(name);
      return range ? bytes.slice(range.fromByte, range.toByte) : bytes;
    },
    async size(name) {
      const lie = lies.get(name);
      if (!lie || lie.kind === 'listed-only' || lie.kind === 'unlisted') return inner.size(name);
      return lie.kind === 'dropped' || lie.kind === 'forgets' ? null : (await bytesOf(name)).length;
    },
    async create(name, bytes, options) {
      if (lies.get(name)?.kind !== 'forgets') await inner.create(name, bytes, options);
    },
    remove: (name) => inner.remove(name),
    nowMs: () => inner.nowMs(),
  };
}

/** The bytes that are told to be a file's. */
async function told(lie: Lie | undefined, name: string, inner: Drive): Promise<Uint8Array<ArrayBuffer>> {
  if (lie?.kind === 'dropped' || lie?.kind === 'forgets' || lie?.kind === 'listed-only') throw new CamphorError('drive-missing');
  if (lie?.kind === 'stale') return lie.bytes.slice();
  const bytes = await inner.read(lie?.kind === 'content-of' ? lie.name : name);
  if (lie?.kind === 'truncated') return bytes.slice(0, lie.sizeBytes);
  if (lie?.kind === 'flipped') bytes[lie.atByte] = (bytes[lie.atByte] ?? 0) ^ 1;
  if (lie?.kind !== 'extended') return bytes;
  const longer = new Uint8Array(bytes.length + lie.moreBytes);
  longer.set(bytes);
  return longer;
}
