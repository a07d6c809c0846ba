// Pieces of a chat that are no message: what stands before the first header, and what is too long for one.

import type { LineProblem } from '../../bytes/text-lines';
import { problemRawLimitBytes, type ProblemCode } from '../../model/problem';
import type { NeutralRecord } from '../../model/record';
import { emptyIfInvisible } from '../marks';

export interface UnreadPiece {
  /** True while lines are being taken in; a header ends it. */
  readonly isOpen: boolean;
  /** Takes a line in; `code` is that of the first. */
  add(code: ProblemCode, line: string, offsetBytes: number, lengthBytes: number): void;
  /** A problem that reading lines met; what is left of a line that was cut opens a piece. */
  addLineProblem(problem: LineProblem, records: NeutralRecord[]): void;
  /** Ends the piece with one record: structure where it shows nothing, else a problem. */
  close(records: NeutralRecord[]): void;
}

export function createUnreadPiece(entry: number): UnreadPiece {
  let code: ProblemCode | null = null;
  let raw = '';
  let offsetBytes = 0;
  let lengthBytes = 0;

  const add: UnreadPiece['add'] = (firstCode, line, offset, length) => {
    if (code === null) {
      code = firstCode;
      raw = line;
      offsetBytes = offset;
      lengthBytes = 0;
    } else if (raw.length < problemRawLimitBytes) raw += `\n${line}`;
    raw = raw.slice(0, problemRawLimitBytes);
    lengthBytes += length;
  };
  return {
    get isOpen() {
      return code !== null;
    },
    add,
    addLineProblem(problem, records) {
      if (problem.code === 'line-too-long') add('line-too-long', problem.raw, problem.offsetBytes, problem.lengthBytes);
      else {
        const { offsetBytes: offset, lengthBytes: length, raw: bytes } = problem;
        records.push({ type: 'problem', entry, offsetBytes: offset, lengthBytes: length, problem: { code: problem.code, raw: bytes } });
      }
    },
    close(records) {
      if (code === null) return;
      const span = { entry, offsetBytes, lengthBytes };
      if (emptyIfInvisible(raw) === '' && code === 'not-understood') records.push({ type: 'structure', ...span, name: 'blank' });
      else records.push({ type: 'problem', ...span, problem: { code, raw } });
      code = null;
      raw = '';
    },
  };
}
