// A problem whose end is not known yet: bytes that turned out to be no piece are added until one begins again.

import { problemRawLimitBytes, type ProblemCode } from '../model/problem';
import { joinBytes } from './join-bytes';
import { decodeHead, type TextEncoding } from './text-encoding';

export interface PendingProblem {
  readonly code: ProblemCode;
  readonly offsetBytes: number;
  lengthBytes: number;
  /** The first of its bytes, as many as a problem may keep. */
  readonly head: Uint8Array[];
  headBytes: number;
}

/** A problem that begins at `offsetBytes` of the file and has no bytes yet. */
export function beginProblem(code: ProblemCode, offsetBytes: number): PendingProblem {
  return { code, offsetBytes, lengthBytes: 0, head: [], headBytes: 0 };
}

/** Adds the bytes that follow; they are copied as far as they are kept. */
export function extendProblem(problem: PendingProblem, bytes: Uint8Array): void {
  problem.lengthBytes += bytes.length;
  const kept = bytes.slice(0, problemRawLimitBytes - problem.headBytes);
  if (kept.length === 0) return;
  problem.head.push(kept);
  problem.headBytes += kept.length;
}

/** The beginning of its text, as much as a problem may keep. */
export function rawOfProblem({ head, headBytes }: PendingProblem, encoding: TextEncoding): string {
  const raw = decodeHead(joinBytes(head, headBytes), encoding);
  return raw.length * 3 <= problemRawLimitBytes ? raw : cutToLimit(raw);
}

/** GB18030 and UTF-16 may grow in UTF-8, in which the limit counts. */
function cutToLimit(raw: string): string {
  const { read } = new TextEncoder().encodeInto(raw, new Uint8Array(problemRawLimitBytes));
  return raw.slice(0, read);
}
