// Records for what is no message.

import { problemRawLimitBytes } from '../model/problem';
import type { ProblemCode } from '../model/problem';
import type { ProblemRecord, Span, StructureRecord } from '../model/record';

/** A problem with as much of the piece as may be kept, and with words without content where there are any. */
export function problemOf(code: ProblemCode, raw: string, { entry, offsetBytes, lengthBytes }: Span, detail?: string): ProblemRecord {
  return { type: 'problem', problem: { code, raw: rawOf(raw), ...(detail !== undefined && { detail }) }, entry, offsetBytes, lengthBytes };
}

/** A named range that is neither a message nor a problem. */
export function structureOf(name: string, { entry, offsetBytes, lengthBytes }: Span): StructureRecord {
  return { type: 'structure', name, entry, offsetBytes, lengthBytes };
}

/** The beginning of a piece, as much of it as a problem may keep. */
export function rawOf(text: string): string {
  if (text.length * 3 <= problemRawLimitBytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(problemRawLimitBytes));
  return text.slice(0, read);
}
