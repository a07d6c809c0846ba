// A sample of texts that two archives of one chat choose alike: those with the lowest hashes. By it conversations, senders
// and shifted clocks are told; a text alone proves nothing, many at the same ticks do.

import { freezeText } from './frozen-text';

export interface Sampled {
  readonly hash: number;
  readonly atMs: number;
  /** Who sent it, as the side of the sample numbers or names people. */
  readonly sender: number | string;
}

export interface Sample {
  add(text: string, atMs: number, sender: number): void;
  /** Texts whose hash is below this were all taken. */
  limit(): number;
  items(): readonly Sampled[];
}

const shortestText = 1;

/** 32-bit FNV-1a of a frozen text's UTF-16 units, mixed once more; null for an empty one. */
export function hashText(text: string): number | null {
  const frozen = freezeText(text);
  if (frozen.length < shortestText) return null;
  let hash = 0x811c9dc5;
  for (let index = 0; index < frozen.length; index++) hash = Math.imul(hash ^ frozen.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** A sample of `size` texts at least, where there are so many; of all where there are fewer. */
export function makeSample(size: number): Sample {
  let items: Sampled[] = [];
  let limit = 2 ** 32;
  return {
    add(text, atMs, sender) {
      const hash = hashText(text);
      if (hash === null || hash >= limit) return;
      items.push({ hash, atMs, sender });
      if (items.length < 2 * size) return;
      limit = items.map((item) => item.hash).sort((a, b) => a - b)[size] ?? limit;
      items = items.filter((item) => item.hash < limit);
    },
    limit: () => limit,
    items: () => items,
  };
}
