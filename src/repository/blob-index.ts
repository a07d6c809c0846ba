// Which pack holds which blob, in memory: typed arrays and open addressing, so that 600,000 blobs take some 60 MB.

import { CamphorError } from '../model/error';
import { growColumns, idWords, makeColumns, none, type BlobColumns } from './blob-columns';
import type { BlobId, BlobType, FileId } from './repository';

export interface PackBlob {
  readonly id: BlobId;
  readonly type: BlobType;
  readonly offsetBytes: number;
  /** Sealed. */
  readonly lengthBytes: number;
  /** Null where the blob is not compressed. */
  readonly uncompressedLength: number | null;
}

export interface BlobPlace extends PackBlob {
  readonly packId: FileId;
}

/** More copies of one blob than packs of honest devices that wrote at the same time. */
const copyLimit = 256;
/** Fewer entries than this are not worth tidying up. */
const tidyFrom = 1024;

interface Pack {
  readonly id: FileId;
  /** Newest entry; the others hang on it by `beside`. */
  newest: number;
  count: number;
}

const hex = (word: number): string => word.toString(16).padStart(8, '0');

/** 64 hex digits as eight words. Throws RangeError for another length. */
function readId(id: string, into: Uint32Array): void {
  if (id.length !== 64) throw new RangeError('an id has 64 hex digits');
  for (let word = 0; word < idWords; word += 1) into[word] = Number.parseInt(id.slice(word * 8, word * 8 + 8), 16);
}

export class BlobIndex {
  /** Random, so that no one can choose ids that fall on each other. */
  readonly #seeds = crypto.getRandomValues(new Uint32Array(idWords));
  readonly #wanted = new Uint32Array(idWords);
  readonly #numbers = new Map<FileId, number>();
  /** By number; null where the pack was removed. */
  #packs: (Pack | null)[] = [];
  #columns: BlobColumns = makeColumns(tidyFrom);
  #filled = 0;
  #live = 0;
  /** Entry + 1 of a blob's newest copy; 0 is free. At most half are taken. */
  #slots = new Uint32Array(4 * tidyFrom);
  #taken = 0;

  get packCount(): number {
    return this.#numbers.size;
  }

  /** Entries; each copy of a blob counts. */
  get blobCount(): number {
    return this.#live;
  }

  /** What the arrays take. */
  get allocatedBytes(): number {
    const columns = Object.values(this.#columns) as readonly (Uint32Array | Uint8Array)[];
    return columns.reduce((sum, { byteLength }) => sum + byteLength, this.#slots.byteLength);
  }

  /**
   * Adds what is new of a pack: the same pack may come from several index files. Throws CamphorError `damaged` where one
   * blob has more copies than honest devices make; nothing of the pack is kept then.
   */
  addPack(packId: FileId, blobs: Iterable<PackBlob>): void {
    const known = this.#numbers.get(packId);
    const number = known ?? this.#packs.push({ id: packId, newest: none, count: 0 }) - 1;
    this.#numbers.set(packId, number);
    try {
      for (const blob of blobs) this.#add(number, blob);
    } catch (cause) {
      this.removePack(packId);
      throw cause;
    }
  }

  /** Forgets a pack and its blobs. */
  removePack(packId: FileId): void {
    const number = this.#numbers.get(packId);
    const pack = number === undefined ? null : this.#packs[number];
    if (number === undefined || !pack) return;
    this.#numbers.delete(packId);
    this.#packs[number] = null;
    this.#live -= pack.count;
    if (this.#filled > tidyFrom && this.#live * 2 < this.#filled) this.#tidy();
  }

  hasPack(packId: FileId): boolean {
    return this.#numbers.has(packId);
  }

  packIds(): IterableIterator<FileId> {
    return this.#numbers.keys();
  }

  has(type: BlobType, id: BlobId): boolean {
    return this.#lookUp(type, id) !== none;
  }

  /** Where a blob is: in the pack that was added last, of those that hold it. */
  find(type: BlobType, id: BlobId): BlobPlace | null {
    const entry = this.#lookUp(type, id);
    if (entry === none) return null;
    return { ...this.#read(entry), packId: this.#packs[this.#columns.pack[entry] ?? none]?.id ?? '' };
  }

  /** Every place of a blob, newest first: where one copy is damaged another may be whole. */
  findAll(type: BlobType, id: BlobId): readonly BlobPlace[] {
    const places: BlobPlace[] = [];
    for (let entry = this.#lookUp(type, id); entry !== none; entry = this.#columns.copy[entry] ?? none) {
      const pack = this.#packs[this.#columns.pack[entry] ?? none];
      if (pack) places.push({ ...this.#read(entry), packId: pack.id });
    }
    return places;
  }

  /** The blobs of a pack, by offset; none for a pack that is not there. */
  blobsOf(packId: FileId): readonly PackBlob[] {
    const pack = this.#packs[this.#numbers.get(packId) ?? none];
    const blobs: PackBlob[] = [];
    for (let entry = pack?.newest ?? none; entry !== none; entry = this.#columns.beside[entry] ?? none) blobs.push(this.#read(entry));
    return blobs.sort((one, other) => one.offsetBytes - other.offsetBytes);
  }

  #add(number: number, blob: PackBlob): void {
    const pack = this.#packs[number];
    readId(blob.id, this.#wanted);
    const isTree = blob.type === 'tree' ? 1 : 0;
    if (!pack || this.#isInPack(this.#slotOf(isTree), number)) return;
    const entry = this.#filled;
    if (entry === this.#columns.pack.length) this.#columns = growColumns(this.#columns, Math.ceil(entry * 1.5));
    const columns = this.#columns;
    columns.ids.set(this.#wanted, entry * idWords);
    columns.isTree[entry] = isTree;
    columns.pack[entry] = number;
    columns.offset[entry] = blob.offsetBytes;
    columns.length[entry] = blob.lengthBytes;
    columns.uncompressed[entry] = blob.uncompressedLength ?? 0;
    columns.beside[entry] = pack.newest;
    pack.newest = entry;
    pack.count += 1;
    this.#filled += 1;
    this.#live += 1;
    if (this.#taken * 2 >= this.#slots.length) this.#rehash(this.#slots.length * 2);
    else this.#link(entry);
  }

  /** Puts an entry before the other copies of its blob. */
  #link(entry: number): void {
    this.#wanted.set(this.#columns.ids.subarray(entry * idWords, (entry + 1) * idWords));
    const slot = this.#slotOf(this.#columns.isTree[entry] ?? 0);
    const head = this.#slots[slot] ?? 0;
    if (head === 0) this.#taken += 1;
    this.#columns.copy[entry] = head === 0 ? none : head - 1;
    this.#slots[slot] = entry + 1;
  }

  #rehash(size: number): void {
    this.#slots = new Uint32Array(size);
    this.#taken = 0;
    for (let entry = 0; entry < this.#filled; entry += 1) this.#link(entry);
  }

  /** The slot where the wanted id is, or the free one where it would be. */
  #slotOf(isTree: number): number {
    let hash = isTree;
    for (let word = 0; word < idWords; word += 1) {
      hash = Math.imul(hash ^ (this.#wanted[word] ?? 0) ^ (this.#seeds[word] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const head = this.#slots[slot] ?? 0;
      if (head === 0 || (this.#columns.isTree[head - 1] === isTree && this.#isWanted(head - 1))) return slot;
    }
  }

  #isWanted(entry: number): boolean {
    for (let word = 0; word < idWords; word += 1) if (this.#columns.ids[entry * idWords + word] !== this.#wanted[word]) return false;
    return true;
  }

  #lookUp(type: BlobType, id: BlobId): number {
    readId(id, this.#wanted);
    return this.#headOf(this.#slotOf(type === 'tree' ? 1 : 0));
  }

  /** The newest copy in a pack that is there, or `none`. Lets go of newer ones, so that no one meets them twice. */
  #headOf(slot: number): number {
    let entry = (this.#slots[slot] ?? 0) - 1;
    while (entry >= 0 && !this.#packs[this.#columns.pack[entry] ?? none]) {
      const next = this.#columns.copy[entry] ?? none;
      if (next === none) return none;
      entry = next;
      this.#slots[slot] = entry + 1;
    }
    return entry < 0 ? none : entry;
  }

  #isInPack(slot: number, number: number): boolean {
    let copies = 0;
    for (let entry = this.#headOf(slot); entry !== none; entry = this.#columns.copy[entry] ?? none) {
      if (this.#columns.pack[entry] === number) return true;
      if (this.#packs[this.#columns.pack[entry] ?? none]) copies += 1;
      if (copies >= copyLimit) throw new CamphorError('damaged', { copies });
    }
    return false;
  }

  #read(entry: number): PackBlob {
    const { ids, isTree, offset, length, uncompressed } = this.#columns;
    return {
      id: Array.from(ids.subarray(entry * idWords, (entry + 1) * idWords), hex).join(''),
      type: isTree[entry] === 1 ? 'tree' : 'data',
      offsetBytes: offset[entry] ?? 0,
      lengthBytes: length[entry] ?? 0,
      uncompressedLength: (uncompressed[entry] ?? 0) === 0 ? null : (uncompressed[entry] ?? 0),
    };
  }

  /** Builds everything anew without the entries of packs that are gone. */
  #tidy(): void {
    const old = this.#columns;
    const columns = makeColumns(Math.max(tidyFrom, Math.ceil(this.#live * 1.25)));
    const packs = this.#packs.filter((pack) => pack !== null);
    let filled = 0;
    packs.forEach((pack, number) => {
      let newest = none;
      for (let entry = pack.newest; entry !== none; entry = old.beside[entry] ?? none) {
        columns.ids.set(old.ids.subarray(entry * idWords, (entry + 1) * idWords), filled * idWords);
        for (const name of ['isTree', 'offset', 'length', 'uncompressed'] as const) columns[name][filled] = old[name][entry] ?? 0;
        columns.pack[filled] = number;
        columns.beside[filled] = newest;
        newest = filled;
        filled += 1;
      }
      pack.newest = newest;
      this.#numbers.set(pack.id, number);
    });
    this.#packs = packs;
    this.#columns = columns;
    this.#filled = filled;
    this.#rehash(2 ** Math.ceil(Math.log2(Math.max(4 * tidyFrom, filled * 2 + 1))));
  }
}
