// Which country numbers without a calling code are of: asked where there are any.

import { callingCodeOf, normalisePhone } from '../../model/phone';
import type { Answers, Question } from '../importer';
import { callingCodeByCountry, countryOfCode } from './countries';

/** The question, with the country that most numbers have as its guess; none where every number has its country. */
export function askCountry(phones: readonly string[]): readonly Question[] {
  const counts = new Map<string, number>();
  let isOpen = false;
  for (const phone of phones) {
    const number = normalisePhone(phone, null);
    const code = number === null ? null : callingCodeOf(number);
    if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1);
    else if (number !== null && number.length >= 7) isOpen = true;
  }
  if (!isOpen) return [];
  const [most] = [...counts].sort(([codeA, a], [codeB, b]) => b - a || (codeA < codeB ? -1 : 1));
  const options = [...callingCodeByCountry].map(([value, code]) => ({ value, label: `+${code}` }));
  return [{ id: 'country', options, guess: most === undefined ? null : countryOfCode(most[0]), certain: false }];
}

/** The calling code of the answered country; null where nothing was answered. */
export function answeredCode(answers: Answers): string | null {
  return callingCodeByCountry.get(answers['country'] ?? '') ?? null;
}
