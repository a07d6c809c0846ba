// Calls: a row of messages says which way and of what kind, a row of `call` (since 2022) how it went.

import type { Row } from '../../bytes/sqlite/row';
import type { MessageFacts } from '../../model/record';
import { noAttachments } from '../../model/record';
import { rawOf } from '../problem-record';
import type { AttachedCall } from './attached-rows';
import type { Content } from './content';
import type { TypeMeaning } from './message-type';
import { rawOfRow } from './survey';

type Outcome = NonNullable<MessageFacts['call']>['outcome'];

/** `call.event`. */
const outcomes: ReadonlyMap<number, Outcome> = new Map<number, Outcome>([
  [1, 'answered'],
  [2, 'declined'],
  [3, 'missed'],
  [6, 'answered'],
  [8, 'declined'],
  [10, 'missed'],
]);

export function callContent(row: Row, meaning: Extract<TypeMeaning, { kind: 'call' }>, call: AttachedCall | undefined): Content {
  const outcome = outcomes.get(call?.event ?? -1) ?? outcomeOf(meaning);
  const facts: MessageFacts = {
    call: { durationMs: null, outcome, video: meaning.isVideo || (call?.isVideo ?? false) },
    extra: { update: call?.raw ?? { row: rawOf(rawOfRow(row)) } },
  };
  return { kind: 'call', text: '', attachments: noAttachments, facts };
}

/** Without a row of its own an incoming call that was not missed was answered. */
function outcomeOf({ isMissed, isOutgoing, isGroup }: Extract<TypeMeaning, { kind: 'call' }>): Outcome {
  if (isMissed) return 'missed';
  return isOutgoing || isGroup ? 'unknown' : 'answered';
}
