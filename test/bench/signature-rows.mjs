// What a signature of other grams, bits or segments would cost: size, segments that pass without holding the term, time of a query.
// Grams here are strings, and the filter is built as src/search/signature.ts builds its own; without a browser.
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { makeMessages } from './corpus.mjs';
import { fixedQueries } from './queries.mjs';
import { plainRow } from './rows.mjs';

/** [messages of a segment, letters of a gram, bits of a gram]: one after the other varied from what is in force. */
const variants = [
  [4096, 4, 5],
  [1024, 4, 5],
  [16_384, 4, 5],
  [4096, 2, 5],
  [4096, 3, 5],
  [4096, 5, 5],
  [4096, 4, 3],
  [4096, 4, 4],
  [4096, 4, 6],
  [4096, 4, 8],
];
const factors = [1, 0x9e3779b1, 0x85ebca77];
const runs = /\p{Script=Han}+|[\p{L}\p{N}\p{M}]+/gu;

function hashOf(gram) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < gram.length; at += 1) hash = Math.imul(hash ^ gram.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** Han one by one and in pairs, letters in `length`, shorter words whole. `isTerm`: only what any text with the term must have. */
function* gramsOf(text, length, isTerm) {
  for (const [run] of text.matchAll(runs)) {
    if (/^\p{Script=Han}/u.test(run)) {
      yield* run;
      for (let at = 0; at + 2 <= run.length; at += 1) yield run.slice(at, at + 2);
    } else if (run.length < length) {
      if (!isTerm) yield run;
    } else for (let at = 0; at + length <= run.length; at += 1) yield run.slice(at, at + length);
  }
}

const bitOf = (hash, factor, bits) => Math.floor(((Math.imul(hash, factor) >>> 0) / 2 ** 32) * bits);

function filterOf(hashes, bitsPerGram) {
  const filter = new Uint8Array(Math.ceil((hashes.size * bitsPerGram) / 8 + 1));
  for (const hash of hashes)
    for (const factor of factors) {
      const bit = bitOf(hash, factor, filter.length * 8);
      filter[bit >>> 3] |= 1 << (bit & 7);
    }
  return filter;
}

function mayHold(filter, hashes) {
  return hashes.every((hash) =>
    factors.every((factor) => {
      const bit = bitOf(hash, factor, filter.length * 8);
      return (filter[bit >>> 3] & (1 << (bit & 7))) !== 0;
    }),
  );
}

function cut(texts, size, length) {
  return Array.from({ length: Math.floor(texts.length / size) }, (_, at) => {
    const own = texts.slice(at * size, (at + 1) * size);
    const hashes = new Set();
    for (const text of own) for (const gram of gramsOf(text, length, false)) hashes.add(hashOf(gram));
    return { joined: own.join('\0'), hashes };
  });
}

function measureClass(segments, queries, length) {
  let [kept, wrong, without] = [0, 0, 0];
  const startedAt = performance.now();
  for (const term of queries) {
    const hashes = [...gramsOf(term, length, true)].map(hashOf);
    for (const { filter, joined } of segments) {
      const passes = mayHold(filter, hashes);
      const holds = passes && joined.includes(term);
      if (!holds) without += 1;
      if (passes && !holds) wrong += 1;
      if (passes) kept += 1;
    }
  }
  const ms = (performance.now() - startedAt) / queries.length;
  return { keptShare: kept / (segments.length * queries.length), wrongShare: without === 0 ? 0 : wrong / without, ms };
}

export async function measureSignatures(messages) {
  const { normaliseText } = (await runnerImport(join(import.meta.dirname, '../../src/search/normalise.ts'))).module;
  const texts = [...makeMessages(messages)].map(({ text }) => normaliseText(text));
  const classes = Object.fromEntries(
    Object.entries(fixedQueries()).map(([name, queries]) => [name, queries.map((query) => normaliseText(query))]),
  );
  const made = new Map();
  return variants.flatMap(([size, length, bits]) => {
    const key = `${size} ${length}`;
    if (!made.has(key)) made.set(key, cut(texts, size, length));
    const segments = made.get(key).map(({ joined, hashes }) => ({ joined, filter: filterOf(hashes, bits) }));
    const bytes = segments.reduce((sum, { filter }) => sum + filter.length, 0);
    const label = `signatures of ${size} messages, ${length} letters, ${bits} bits`;
    return [
      plainRow(`${label}: size`, bytes / (segments.length * size), 'bytes/message', null),
      ...Object.entries(classes).flatMap(([name, queries]) => {
        const { keptShare, wrongShare, ms } = measureClass(segments, queries, length);
        return [
          plainRow(`${label}: ${name}: kept`, keptShare * 100, '%', null),
          plainRow(`${label}: ${name}: kept in vain`, wrongShare * 100, '%', null),
          plainRow(`${label}: ${name}: a query`, ms, 'ms', null),
        ];
      }),
    ];
  });
}
