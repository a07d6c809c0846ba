// What WeChat writes of a call, in Chinese and English: a duration, or why there was none.

import type { MessageFacts } from '../../model/record';

type Call = NonNullable<MessageFacts['call']>;

const outcomes: readonly (readonly [words: RegExp, outcome: Call['outcome']])[] = [
  [/拒绝|declined|rejected/i, 'declined'],
  [/忙线|占线|busy/i, 'busy'],
  [/取消|未接|无应答|未应答|cancel|missed|no answer|not answered/i, 'missed'],
];

/** The facts of a call whose shown text is `text`, such as `通话时长 01:05` or `对方已取消`. */
export function readCall(text: string, video: boolean): Call {
  const duration = /(?:^|[^\d:])((?:\d{1,3}:)?\d{1,2}:\d{2})(?![\d:])/.exec(text)?.[1];
  if (duration !== undefined) return { durationMs: durationOf(duration), outcome: 'answered', video };
  const outcome = outcomes.find(([words]) => words.test(text))?.[1] ?? 'unknown';
  return { durationMs: null, outcome, video };
}

function durationOf(clock: string): number {
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000;
}
