// What QQ itself says in a chat, and calls: by the words that the app uses.

import type { MessageFacts } from '../../../model/record';

/** Words that tell what a system line is about, in the order in which they are asked for. */
const actions: readonly (readonly [action: string, words: RegExp])[] = [
  ['recall', /撤回了/],
  ['poke', /戳了戳|拍了拍/],
  ['join', /加入了(?:本|该)?群|加入群|进群/],
  ['leave', /退出了?(?:本|该)?群|移出了?(?:本|该)?群|被移出/],
  ['rename', /修改(?:了)?群名/],
  ['friend', /添加你为好友|成为好友/],
];

/** The action of a system line; null where its words are not known. */
export function actionOf(text: string): string | null {
  return actions.find(([, words]) => words.test(text))?.[0] ?? null;
}

type Call = NonNullable<MessageFacts['call']>;

const durationPattern = /(?:(\d{1,2}):)?(\d{1,2}):(\d{2})/;

/** A call by the words of its record, such as `通话时长 01:02`, `已取消`, `对方已拒绝`. */
export function readCall(text: string, isVideo: boolean): Call {
  const found = /时长/.test(text) ? durationPattern.exec(text) : null;
  if (found !== null) {
    const seconds = (Number(found[1] ?? 0) * 60 + Number(found[2])) * 60 + Number(found[3]);
    return { durationMs: seconds * 1000, outcome: 'answered', video: isVideo };
  }
  return { durationMs: null, outcome: outcomeOf(text), video: isVideo };
}

function outcomeOf(text: string): Call['outcome'] {
  if (/未接|无应答|未应答/.test(text)) return 'missed';
  if (/拒绝/.test(text)) return 'declined';
  return /忙/.test(text) ? 'busy' : 'unknown';
}
