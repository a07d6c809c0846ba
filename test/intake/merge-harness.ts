// The merge alone: one conversation, its segments in memory, imports and undos in any order.

import type { PersonId, ReceiptId, SegmentId } from '../../src/model/ids';
import type { Message } from '../../src/model/message';
import type { SegmentEntry } from '../../src/vault/archive';
import type { Holder } from '../../src/intake/holder';
import { makeImageSet } from '../../src/intake/holder';
import { writeCanonical } from '../../src/intake/image';
import { mergeConversation } from '../../src/intake/merge-conversation';
import type { MergeResult } from '../../src/intake/merge-conversation';
import type { SegmentStore } from '../../src/intake/segment-cursor';
import { makeSeqSet } from '../../src/intake/seq-set';
import { unmergeConversation } from '../../src/intake/unmerge-conversation';

export interface TestArchive {
  readonly name: string;
  readonly messages: readonly Message[];
}

export function message(fields: Partial<Message> & { readonly sentAtMs: number }): Message {
  return {
    seq: -1,
    sender: 'a' as PersonId,
    sourceId: null,
    clock: 'second',
    zoneOffsetMin: 0,
    kind: 'text',
    text: '',
    attachments: [],
    facts: null,
    ...fields,
  };
}

export interface MergeHarness {
  import(
    archive: TestArchive,
  ): Promise<MergeResult & { readonly cuts: readonly string[]; readonly ambiguous: number; readonly puts: number }>;
  undo(name: string): Promise<void>;
  messages(): Message[];
  /** Content without numbers, sorted. */
  dump(): string;
}

export function makeMergeHarness(): MergeHarness {
  const stored = new Map<SegmentId, readonly Message[]>();
  let segments: readonly SegmentEntry[] = [];
  let nextSeq = 0;
  let puts = 0;
  const holders = new Map<string, Holder>();
  const store: SegmentStore = {
    read: async (entry) => stored.get(entry.id) ?? [],
    async put(messages) {
      const id = `s${puts++}` as SegmentId;
      stored.set(id, structuredClone(messages) as Message[]);
      const times = messages.map(({ sentAtMs }) => sentAtMs);
      if (times.some((atMs, index) => atMs < (times[index - 1] ?? -Infinity))) throw new Error('not in time order');
      return { id, messageCount: messages.length, firstAtMs: times[0] ?? 0, lastAtMs: times[times.length - 1] ?? 0 };
    },
  };
  const messages = (): Message[] => segments.flatMap((entry) => [...(stored.get(entry.id) ?? [])]);
  return {
    async import({ name, messages: incoming }) {
      const tickMs = incoming.some(({ clock }) => clock === 'minute') ? 60_000 : 1000;
      const times = incoming.map(({ sentAtMs }) => Math.floor(sentAtMs / tickMs) * tickMs);
      const edges = { tickMs, firstTickMs: Math.min(...times), lastTickMs: Math.max(...times) } as const;
      const importing: Holder = {
        receipt: name as ReceiptId,
        asOfMs: edges.lastTickMs,
        edges,
        held: makeSeqSet(),
        images: makeImageSet(),
        changed: false,
      };
      holders.set(name, importing);
      const cuts: string[] = [];
      let ambiguous = 0;
      const putsBefore = puts;
      const merge = mergeConversation({
        store,
        segments,
        nextSeq,
        holders: [...holders.values()],
        importing,
        onCut: (_atMs, kept, atMost) => cuts.push(`${kept} to ${atMost}`),
        onAmbiguous: () => ambiguous++,
      });
      for (const each of incoming) await merge.add({ ...each });
      const result = await merge.finish();
      ({ segments, nextSeq } = result);
      return { ...result, cuts, ambiguous, puts: puts - putsBefore };
    },
    async undo(name) {
      const leaving = holders.get(name);
      if (leaving === undefined) throw new Error('no such import');
      holders.delete(name);
      ({ segments, nextSeq } = await unmergeConversation({ store, segments, nextSeq, holders: [...holders.values()], leaving }));
    },
    messages,
    dump: () =>
      messages()
        .map((each) => writeCanonical({ ...each, seq: 0 }))
        .sort()
        .join('\n'),
  };
}
