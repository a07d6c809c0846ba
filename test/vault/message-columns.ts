// Messages as the columns that a reader of the vault gives, without storing them.

import type { Message } from '../../src/model/message';
import { messageKinds } from '../../src/model/record';
import { clocks } from '../../src/vault/columns/clocks';
import type { MessageColumns } from '../../src/vault/columns/messages';
import { joinTexts } from '../../src/vault/columns/text';

export function columnsOf(messages: readonly Message[]): MessageColumns {
  const ids = [...new Set(messages.flatMap(({ sender }) => sender ?? []))];
  return {
    times: {
      sentAtMs: Float64Array.from(messages, ({ sentAtMs }) => sentAtMs),
      seq: Uint32Array.from(messages, ({ seq }) => seq),
      clock: Uint8Array.from(messages, ({ clock }) => clocks.indexOf(clock)),
      zoneOffsetMin: Int16Array.from(messages, ({ zoneOffsetMin }) => zoneOffsetMin),
    },
    people: { ids, index: Int32Array.from(messages, ({ sender }) => (sender === null ? -1 : ids.indexOf(sender))) },
    kinds: Uint8Array.from(messages, ({ kind }) => messageKinds.indexOf(kind)),
    text: joinTexts(messages),
    rest: messages,
  };
}
