// How long answers take, gathered in buckets of which each is a fifth longer than the one before.

import type { AnswerTimes } from '../../model/statistics';

/** A message later than this answers nothing. */
export const answerLimitMs = 24 * 3_600_000;

const growth = 1.2;
/** Below a second all are one. */
const leastMs = 1000;
export const bucketCount = Math.ceil(Math.log(answerLimitMs / leastMs) / Math.log(growth)) + 2;

/** The bucket of an answer after `ms`; -1 for what is none. */
export function bucketOf(ms: number): number {
  if (!(ms >= 0 && ms <= answerLimitMs)) return -1;
  return ms <= leastMs ? 0 : Math.min(bucketCount - 1, 1 + Math.floor(Math.log(ms / leastMs) / Math.log(growth)));
}

/** The middle of a bucket, in ms. */
const middleOf = (bucket: number): number => (bucket === 0 ? leastMs : leastMs * growth ** (bucket - 0.5));

export function answerTimes(buckets: Uint32Array): AnswerTimes {
  const count = buckets.reduce((sum, each) => sum + each, 0);
  let below = 0;
  for (const [bucket, each] of buckets.entries()) {
    below += each;
    if (each > 0 && below * 2 >= count) return { count, medianMs: Math.round(middleOf(bucket)) };
  }
  return { count, medianMs: null };
}
