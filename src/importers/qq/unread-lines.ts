// Lines that belong to no message, gathered: a thousand in a row are one problem.

import { problemRawLimitBytes } from '../../model/problem';
import type { ProblemCode } from '../../model/problem';
import type { NeutralRecord, Span } from '../../model/record';
import { problemOf, structureOf } from '../problem-record';
import type { PlacedLine } from '../record-batches';

export interface UnreadLines {
  readonly isOpen: boolean;
  /** Takes the next line; the code of the first is that of the problem. */
  add(code: ProblemCode, line: PlacedLine): void;
  /** Ends the piece: a problem, or the structure `blank` where it holds nothing. */
  close(out: NeutralRecord[]): void;
}

/** Lines that are given must follow on each other. */
export function createUnreadLines(): UnreadLines {
  let code: ProblemCode | null = null;
  let raw = '';
  let span: Span = { entry: 0, offsetBytes: 0, lengthBytes: 0 };
  return {
    get isOpen() {
      return code !== null;
    },
    add(firstCode, line) {
      if (code === null) {
        code = firstCode;
        raw = line.text;
        span = line.span;
        return;
      }
      if (raw.length < problemRawLimitBytes) raw += `\n${line.text}`;
      span = { ...span, lengthBytes: span.lengthBytes + line.span.lengthBytes };
    },
    close(out) {
      if (code === null) return;
      out.push(raw.trim() === '' ? structureOf('blank', span) : problemOf(code, raw, span));
      code = null;
    },
  };
}
