// Conversations and people of a backup, numbered as records want them.

import type { Row } from '../../bytes/sqlite/row';
import type { NeutralRecord } from '../../model/record';
import { createPeople } from '../people';
import { Recipients, selfId } from './recipients';

export interface SignalDirectory {
  readonly recipients: Recipients;
  addThread(row: Row): void;
  /** Index of the conversation that a thread is; emits it before its first use. */
  conversation(thread: string | null, out: NeutralRecord[]): number;
  /** Index of a person by recipient or `selfId`; -1 for null. Emits them before their first use. */
  person(recipient: string | null, out: NeutralRecord[]): number;
}

export function createDirectory(): SignalDirectory {
  const recipients = new Recipients();
  const threads = new Map<string, string>();
  const conversations = new Map<string, number>();
  const people = createPeople((id) => id === selfId);
  return {
    recipients,
    addThread(row) {
      const recipient = row.words('recipient_id') ?? row.words('thread_recipient_id') ?? row.words('recipient_ids');
      const thread = row.words('_id');
      if (thread !== null && recipient !== null) threads.set(thread, recipient);
    },
    conversation(thread, out) {
      const recipient = threads.get(thread ?? '') ?? null;
      const sourceId = recipient === null ? `thread-${thread ?? ''}` : recipients.sourceIdOf(recipient);
      const known = conversations.get(sourceId);
      if (known !== undefined) return known;
      const index = conversations.size;
      conversations.set(sourceId, index);
      const shape = recipient === null ? 'unknown' : recipients.shapeOf(recipient);
      out.push({ type: 'conversation', index, sourceId, name: recipients.nameOf(recipient), shape });
      return index;
    },
    person: (key, out) => (key === null ? -1 : people.withId(recipients.sourceIdOf(key), recipients.nameOf(key), out)),
  };
}
