// What the owner keeps on messages, as a query asks for it: bookmarks, tags, and notes, whose words are found as a message's are.
// Loaded where anything is kept; then a term costs one look at each note.

import type { ConversationId } from '../model/ids';
import { type Mark, marksOf } from '../model/marks';
import type { Overlay } from '../model/overlay';
import type { ArchiveReader, ConversationEntry } from '../vault/archive';
import { marksIn } from '../vault/marks-in';
import { normaliseText } from './normalise';
import type { QueryNode } from './query';

export type MarkedNumbers = ReadonlyMap<ConversationId, ReadonlySet<number>>;
export type MarkCondition = Extract<QueryNode, { readonly is: 'text' | 'regex' | 'marked' | 'tag' }>;

export interface Marked {
  /** Numbers of the messages whose mark meets the condition; for words and expressions, whose note does. */
  meeting(node: MarkCondition): MarkedNumbers;
  noteOf(conversation: ConversationId, seq: number): string | null;
  /** As the owner wrote them. */
  readonly tags: readonly string[];
}

interface OneMark {
  readonly conversation: ConversationId;
  readonly seq: number;
  readonly mark: Mark;
  readonly note: string;
  readonly tags: readonly string[];
}

/** Null where nothing is kept in any of `conversations`. */
export async function createMarked(
  reader: ArchiveReader,
  conversations: readonly ConversationEntry[],
  overlays: readonly Overlay[],
): Promise<Marked | null> {
  const marks = marksOf(overlays);
  const all: OneMark[] = [];
  for (const entry of marks.size === 0 ? [] : conversations) {
    for (const [seq, mark] of await marksIn(reader, entry, marks)) {
      all.push({ conversation: entry.id, seq, mark, note: normaliseText(mark.note ?? ''), tags: mark.tags.map(normaliseText) });
    }
  }
  if (all.length === 0) return null;
  const notes = new Map(all.map(({ conversation, seq, mark }) => [`${conversation} ${seq}`, mark.note]));
  return {
    meeting: (node) => numbersOf(all.filter((one) => meets(node, one))),
    noteOf: (conversation, seq) => notes.get(`${conversation} ${seq}`) ?? null,
    tags: [...new Map(all.flatMap(({ mark, tags }) => mark.tags.map((name, at) => [tags[at], name] as const))).values()],
  };
}

function meets(node: MarkCondition, { mark, note, tags }: OneMark): boolean {
  switch (node.is) {
    case 'text':
      return note.includes(node.text);
    case 'regex': {
      const text = node.over === 'raw' ? (mark.note ?? '') : note;
      return mark.note !== null && node.regex.matches(text, 0, text.length);
    }
    case 'tag':
      return tags.some((tag) => tag.startsWith(node.name));
    case 'marked':
      return node.by === 'bookmark' ? mark.bookmarked : node.by === 'note' ? mark.note !== null : mark.tags.length > 0;
  }
}

function numbersOf(marks: readonly OneMark[]): MarkedNumbers {
  const numbers = new Map<ConversationId, Set<number>>();
  for (const { conversation, seq } of marks) numbers.set(conversation, (numbers.get(conversation) ?? new Set()).add(seq));
  return numbers;
}
