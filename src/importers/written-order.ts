// What the times of a file leave open, found by all of them together: the language of its months, the order of day and month.

import { answerId, type Answers, type Question } from './importer';
import { languageCount } from './month-words';
import { dayByOrder, parseWrittenTime, timeIn, type DateOrder, type TimeWriting, type WrittenTime } from './written-time';

export interface SurveyedTimes {
  readonly writing: TimeWriting;
  /** Which number is the day; certain where only one order gives all of the dates. Null where every text tells by itself. */
  readonly question: Question | null;
}

/** Surveys texts in the order of their file, which may run either way. Those that are no times do not count. */
export function surveyTimes(texts: readonly string[]): SurveyedTimes {
  const times = texts.map(parseWrittenTime).filter((time) => time !== null);
  const language = languageOf(times);
  const numeric = times.filter(({ months, orders }) => months === null && orders.length > 1);
  const [first] = numeric;
  if (first === undefined) return { writing: { language, order: times[0]?.orders[0] ?? 'DMY' }, question: null };
  const faults = (each: DateOrder) => numeric.filter(({ numbers }) => dayByOrder(numbers, each) < 0).length;
  const fewest = Math.min(...first.orders.map(faults));
  const orders = first.orders.filter((each) => faults(each) === fewest);
  const steps = new Map(orders.map((each) => [each, stepsBack(numeric, each)]));
  const least = Math.min(...steps.values());
  const best = orders.filter((each) => steps.get(each) === least);
  const usual: DateOrder = first.hasHalfDay ? 'MDY' : 'DMY';
  const order = best.includes(usual) ? usual : (best[0] ?? usual);
  const differs = numeric.find(({ numbers }) => new Set(orders.map((each) => dayByOrder(numbers, each))).size > 1);
  return { writing: { language, order }, question: askOrder(differs ?? first, orders, order) };
}

/** The writing with what the owner answered. */
export function answeredWriting({ writing }: SurveyedTimes, answers: Answers): TimeWriting {
  const answer = answers[answerId({ id: 'date-order' })];
  const order = (['DMY', 'MDY', 'YMD'] as const).find((one) => one === answer);
  return order === undefined ? writing : { ...writing, order };
}

function askOrder({ numbers }: WrittenTime, orders: readonly DateOrder[], guess: DateOrder): Question {
  const labelOf = (order: DateOrder) => {
    const day = dayByOrder(numbers, order);
    return day < 0 ? order : new Date(day * 86_400_000).toISOString().slice(0, 10);
  };
  return { id: 'date-order', options: orders.map((value) => ({ value, label: labelOf(value) })), guess, certain: orders.length === 1 };
}

/** The language that knows the most of the words; the first of them where several do. Null where there are no words. */
function languageOf(times: readonly WrittenTime[]): number | null {
  const counts = Array.from({ length: languageCount }, () => 0);
  for (const { months } of times) {
    for (const { language } of months ?? []) if (language >= 0) counts[language] = (counts[language] ?? 0) + 1;
  }
  const most = Math.max(...counts);
  return most === 0 ? null : counts.indexOf(most);
}

/** How often time runs against the way it mostly runs. */
function stepsBack(times: readonly WrittenTime[], order: DateOrder): number {
  let back = 0;
  let forth = 0;
  let before = NaN;
  for (const time of times) {
    const atMs = timeIn(time, { language: null, order }) ?? before;
    if (atMs < before) back++;
    if (atMs > before) forth++;
    before = atMs;
  }
  return Math.min(back, forth);
}
