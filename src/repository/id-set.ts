// A set of ids in 32 bytes each and half as much again: what a walk over all snapshots has seen may be a million.

import { isId } from './stored-json';

const words = 8;

/** Eight words of 64 hex digits. Throws RangeError for another text. */
function readId(id: string, into: Uint32Array): void {
  if (!isId(id)) throw new RangeError('an id has 64 hex digits');
  for (let word = 0; word < words; word += 1) into[word] = Number.parseInt(id.slice(word * 8, word * 8 + 8), 16);
}

export class IdSet {
  /** Random, so that no one can choose ids that fall on each other. */
  readonly #seed = crypto.getRandomValues(new Uint32Array(words));
  readonly #wanted = new Uint32Array(words);
  #slots = 1024;
  #ids = new Uint32Array(this.#slots * words);
  #taken = new Uint8Array(this.#slots);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** True where it was not there yet. Throws RangeError for a text that is not 64 hex digits. */
  add(id: string): boolean {
    if (this.#size * 3 > this.#slots * 2) this.#grow();
    readId(id, this.#wanted);
    const isNew = this.#put();
    if (isNew) this.#size += 1;
    return isNew;
  }

  has(id: string): boolean {
    readId(id, this.#wanted);
    return this.#taken[this.#slotOf()] === 1;
  }

  /** Where the wanted id is, or the free slot where it would be. */
  #slotOf(): number {
    let hash = 0;
    for (let word = 0; word < words; word += 1) {
      hash = Math.imul(hash ^ (this.#wanted[word] ?? 0) ^ (this.#seed[word] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    let slot = (hash >>> 0) % this.#slots;
    while (this.#taken[slot] === 1 && !this.#isWanted(slot)) slot = (slot + 1) % this.#slots;
    return slot;
  }

  #isWanted(slot: number): boolean {
    for (let word = 0; word < words; word += 1) if (this.#ids[slot * words + word] !== this.#wanted[word]) return false;
    return true;
  }

  #put(): boolean {
    const slot = this.#slotOf();
    if (this.#taken[slot] === 1) return false;
    this.#taken[slot] = 1;
    this.#ids.set(this.#wanted, slot * words);
    return true;
  }

  #grow(): void {
    const [ids, taken] = [this.#ids, this.#taken];
    this.#slots *= 2;
    this.#ids = new Uint32Array(this.#slots * words);
    this.#taken = new Uint8Array(this.#slots);
    for (let slot = 0; slot < taken.length; slot += 1) {
      if (taken[slot] !== 1) continue;
      this.#wanted.set(ids.subarray(slot * words, slot * words + words));
      this.#put();
    }
  }
}
