// The question for the order of day and month, once for each format of dates, and its answer.

import { answerId, type Answers, type Question } from '../importer';
import { decideOrder, type OrderDecision, type OrderEvidence } from './date-order';
import type { DateOrder, HeaderFormat } from './header-format';

/** Asks for one format. Each option's label shows the day that a date of the file would be. */
export function dateOrderQuestion(evidence: OrderEvidence): Question {
  const { format, example } = evidence;
  const { order, certain } = decideOrder(evidence);
  const options = format.orders.flatMap((candidate, index) => {
    const day = example[index] ?? -1;
    return day < 0 && candidate !== order ? [] : [{ value: candidate, label: day < 0 ? candidate : isoDate(day) }];
  });
  return { id: 'date-order', scope: format.scope, options, guess: order, certain };
}

/** The order that the answers give for a format, else what the survey found; null where neither says anything. */
export function answeredOrder(answers: Answers, format: HeaderFormat, evidence: OrderEvidence | undefined): OrderDecision | null {
  const answer = answers[answerId({ id: 'date-order', scope: format.scope })] ?? answers['date-order'];
  const order = format.orders.find((candidate: DateOrder) => candidate === answer);
  if (order) return { order, certain: true };
  return evidence ? decideOrder(evidence) : null;
}

function isoDate(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
