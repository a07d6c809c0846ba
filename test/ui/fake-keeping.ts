// What the owner keeps in the invented conversations, and memories of them.

import type { ConversationId, MessageAddress } from '../../src/model/ids';
import type { KeptView, MemoryYear } from '../../src/model/keeping';
import { type Mark, markKinds, readMarks } from '../../src/model/marks';
import type { Overlay } from '../../src/model/overlay';
import type { MessageView } from '../../src/model/view';

export interface FakeKeeping {
  /** The message as the owner has marked it. */
  marked(message: MessageView): MessageView;
  set(kind: Overlay['kind'], subject: string, fields: Readonly<Record<string, string | null>>): void;
  readonly verbs: {
    kept(id: ConversationId | null): Promise<KeptView>;
    keptMessages(wanted: readonly MessageAddress[]): Promise<readonly MessageView[]>;
    onThisDay(): Promise<readonly MemoryYear[]>;
    randomMemory(random: number): Promise<readonly MessageView[] | null>;
  };
}

export function fakeKeeping(find: (address: MessageAddress) => MessageView, memories: readonly MemoryYear[]): FakeKeeping {
  const overlays = new Map<string, Overlay>();
  const marks = () => readMarks([...overlays.values()]);
  const marked = (message: MessageView): MessageView => {
    const mark: Mark | undefined = marks().get(message.conversation)?.get(message.seq);
    const { bookmarked = false, note = null, tags = [] } = mark ?? {};
    return { ...message, bookmarked, ...(note !== null && { note }), ...(tags.length > 0 && { tags }) };
  };
  return {
    marked,
    set(kind, subject, fields) {
      if (!markKinds.has(kind)) return;
      const key = `${kind} ${subject}`;
      const stamp = { wallMs: 0, counter: overlays.size, device: 'd' };
      const now = Object.entries(fields).map(([name, value]) => [name, { value, stamp }] as const);
      overlays.set(key, { kind, subject, fields: Object.fromEntries([...Object.entries(overlays.get(key)?.fields ?? {}), ...now]) });
    },
    verbs: {
      kept: async (id) => {
        const messages = [...marks()]
          .filter(([conversation]) => id === null || conversation === id)
          .flatMap(([conversation, ofIt]) =>
            [...ofIt].map(([seq, mark]) => {
              const { position, sentAtMs } = find({ conversation, seq });
              return { conversation, seq, position, sentAtMs, ...mark };
            }),
          )
          .toSorted((a, b) => b.sentAtMs - a.sentAtMs);
        const counts = new Map<string, number>();
        for (const name of messages.flatMap(({ tags }) => tags)) counts.set(name, (counts.get(name) ?? 0) + 1);
        return { messages, tags: [...counts] };
      },
      keptMessages: async (wanted) => wanted.map((address) => marked(find(address))),
      onThisDay: async () => memories,
      randomMemory: async (random) => {
        const all = memories.flatMap(({ conversations }) => conversations.map(({ messages }) => messages));
        return all[Math.floor(random * all.length)] ?? null;
      },
    },
  };
}
