// What of an import can be read again: told where receipts are listed, so it knows no importer.

import { type ProblemCode, problemRawLimitBytes } from '../model/problem';
import type { Receipt } from '../model/receipt';
import type { ReadAgainView } from '../model/view';

/** Problems whose raw piece a newer importer may understand. Others speak of what is missing or damaged. */
const readable: ReadonlySet<string> = new Set<ProblemCode>(['not-understood', 'bad-json', 'bad-time', 'unknown-kind', 'line-too-long']);

interface Pieces {
  /** Whole ones. */
  readonly raw: readonly string[];
  /** Those that were cut when they were kept, or are not kept at all. */
  readonly cut: number;
}

export function piecesOf({ problems, problemCounts }: Receipt): Pieces {
  const counted = Object.entries(problemCounts).reduce((sum, [code, count]) => sum + (readable.has(code) ? count : 0), 0);
  const kept = problems.filter(({ problem }) => readable.has(problem.code) && problem.raw !== '' && !problem.raw.startsWith('base64:'));
  const whole = kept.filter(({ problem, lengthBytes }) => lengthBytes <= problemRawLimitBytes && problem.raw.length < problemRawLimitBytes);
  return { raw: whole.map(({ problem }) => problem.raw), cut: Math.max(0, counted - whole.length) };
}

/** What can be read again of an import; null where nothing can, or the importer has not learned anything since. */
export function viewReadAgain(receipt: Receipt, revision: number): ReadAgainView | null {
  const { originals, revision: before = 1, undoneAtMs } = receipt;
  const { raw, cut } = piecesOf(receipt);
  if (undoneAtMs !== null || revision <= before || raw.length + cut === 0) return null;
  const fromOriginal = originals !== undefined;
  if (!fromOriginal && (raw.length === 0 || receipt.conversations.length !== 1)) return null;
  return { receipt: receipt.id, revision, pieces: fromOriginal ? raw.length + cut : raw.length, cut: fromOriginal ? 0 : cut, fromOriginal };
}
