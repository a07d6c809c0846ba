import { type ProblemCode, problemCodes } from '../../model/problem';
import type { Translate } from '../strings/strings';

const known: ReadonlySet<string> = new Set(problemCodes);

/** What a problem code says; a code of a newer version is shown as it is. */
export function problemWords(t: Translate, code: string): string {
  return known.has(code) ? t(`problem.${code as ProblemCode}`) : code;
}
