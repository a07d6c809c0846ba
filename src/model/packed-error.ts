// How an error crosses between threads: its code and facts, and where it happened. Never its message, which may quote a chat.

import { CamphorError, type ErrorCode } from './error';

export interface PackedError {
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, string | number>>;
  /** Places in the code, innermost first, of the error and of its cause; for reports. */
  readonly frames: readonly string[];
}

/** Anything thrown, as plain data. What is not a CamphorError becomes `unexpected`, with the name of its class. */
export function packError(thrown: unknown): PackedError {
  if (thrown instanceof CamphorError)
    return { code: thrown.code, facts: thrown.facts, frames: [...framesOf(thrown), ...framesOf(thrown.cause)] };
  return { code: 'unexpected', facts: { error: thrown instanceof Error ? thrown.name : typeof thrown }, frames: framesOf(thrown) };
}

/** The CamphorError that was packed; its `cause` holds the frames. */
export function unpackError(packed: PackedError): CamphorError {
  return new CamphorError(packed.code, packed.facts, packed.frames);
}

/** Lines of a stack that are places. V8 puts the message before them, which is cut out first. */
function framesOf(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error)) return Array.isArray(thrown) ? thrown.filter((frame) => typeof frame === 'string') : [];
  const stack = thrown.message === '' ? (thrown.stack ?? '') : (thrown.stack ?? '').replaceAll(thrown.message, '');
  const lines = stack.split('\n').map((line) => line.trim());
  return lines.filter((line) => /^at .+:\d+:\d+\)?$|^[^ ]*@.+:\d+:\d+$/.test(line)).slice(0, 20);
}
