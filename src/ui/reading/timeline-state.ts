// Which window of a conversation is shown, and how it grows. Answers that come too late are dropped.

import { type Accessor, createSignal } from 'solid-js';
import type { ConversationId } from '../../model/ids';
import type { MessagePage, PageAnchor } from '../../model/view';
import { createLatest } from '../latest';
import { sameItems } from '../primitives/same-items';
import { type MessageWindow, type Side, joinPage, pageLength, reaches, windowOf } from './window';

export type ReadPage = (conversation: ConversationId, anchor: PageAnchor, before: number, after: number) => Promise<MessagePage>;

export interface TimelineState {
  readonly window: Accessor<MessageWindow | null>;
  readonly opening: Accessor<boolean>;
  /** Shows the window around an anchor; gives the anchor's position, or null where a later call overtook it. */
  open(conversation: ConversationId, anchor: PageAnchor): Promise<number | null>;
  /** Grows the window at one side, once at a time; `place` wraps the change, so that the scroll position can be kept. */
  grow(conversation: ConversationId, side: Side, place: (change: () => void) => void): Promise<void>;
  /** Reads what is mounted again, where it stands: the owner may have changed what they keep of it, in another tab too. */
  reread(conversation: ConversationId, place: (change: () => void) => void): Promise<void>;
  /** Changes one message in place, such as its bookmark. */
  amend(seq: number, change: (message: MessagePage['messages'][number]) => MessagePage['messages'][number]): void;
}

const keyOf = ({ conversation, seq }: MessagePage['messages'][number]): string => `${conversation} ${seq}`;

export function createTimelineState(read: ReadPage): TimelineState {
  const [window, setWindow] = createSignal<MessageWindow | null>(null);
  const [opening, setOpening] = createSignal(false);
  const takeTurn = createLatest();
  let turn = takeTurn();
  let growing = false;
  return {
    window,
    opening,
    async open(conversation, anchor) {
      turn = takeTurn();
      const mine = turn;
      growing = false;
      setOpening(true);
      try {
        const page = await read(conversation, anchor, pageLength, pageLength);
        if (!mine.isLatest()) return null;
        // What says the same as before stays in the page, and what plays in it goes on.
        const known = window()?.messages ?? [];
        setWindow(windowOf({ ...page, messages: sameItems(known, page.messages, keyOf) }));
        return page.anchorPosition;
      } finally {
        if (mine.isLatest()) setOpening(false);
      }
    },
    async grow(conversation, side, place) {
      const now = window();
      if (growing || opening() || now === null || reaches(now, side)) return;
      const edge = side === 'before' ? now.messages[0] : now.messages.at(-1);
      if (edge === undefined) return;
      const mine = turn;
      growing = true;
      try {
        const page = await read(
          conversation,
          { at: 'position', position: edge.position },
          side === 'before' ? pageLength : 0,
          side === 'after' ? pageLength : 0,
        );
        if (mine.isLatest()) place(() => setWindow((was) => (was === null ? was : joinPage(was, page, side))));
      } finally {
        if (mine.isLatest()) growing = false;
      }
    },
    async reread(conversation, place) {
      const was = window();
      const [first, last] = [was?.messages[0], was?.messages.at(-1)];
      if (opening() || growing || first === undefined || last === undefined || first.conversation !== conversation) return;
      const mine = turn;
      const page = await read(conversation, { at: 'position', position: first.position }, 0, last.position - first.position);
      if (!mine.isLatest() || window() !== was) return;
      place(() => setWindow(windowOf({ ...page, messages: sameItems(was?.messages ?? [], page.messages, keyOf) })));
    },
    amend(seq, change) {
      setWindow((was) =>
        was === null ? was : { ...was, messages: was.messages.map((message) => (message.seq === seq ? change(message) : message)) },
      );
    },
  };
}
