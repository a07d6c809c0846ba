// Marks: what the owner keeps on messages (bookmarks, notes, tags), read from overlays. A tag is a field of its own, so that
// two devices that tag one message do not take each other's tags away.

import type { ConversationId, MessageAddress } from './ids';
import type { Overlay, OverlayKind } from './overlay';

export interface Mark {
  readonly bookmarked: boolean;
  readonly note: string | null;
  /** As the owner wrote them, sorted by their folded names. */
  readonly tags: readonly string[];
}

/** By conversation, as vaults number messages in it: a joined one's are those of its parts. */
export type Marks = ReadonlyMap<ConversationId, ReadonlyMap<number, Mark>>;

export const markKinds: ReadonlySet<OverlayKind> = new Set<OverlayKind>(['bookmark', 'note', 'tag']);

export const noteLimit = 10_000;
export const tagLimit = 50;
export const tagsLimit = 20;

const noMark: Mark = { bookmarked: false, note: null, tags: [] };

/** The message that an overlay speaks of; null where it speaks of something else. */
export function markedMessage(subject: string): MessageAddress | null {
  const [, conversation = '', seq = ''] = /^message:([^/]+)\/(\d{1,10})$/.exec(subject) ?? [];
  return conversation === '' ? null : { conversation: conversation as ConversationId, seq: Number(seq) };
}

/** Under this two tags are one: `Wine` and `ｗｉｎｅ` too. */
export function foldTag(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

/** A tag as it is kept: without `#` before it, blanks collapsed, cut; null for one of nothing. */
export function cleanTag(written: string): string | null {
  const name = [...written.trim().replace(/^[#＃]+/u, '').trim().replace(/\s+/gu, ' ')].slice(0, tagLimit).join('').trim(); // prettier-ignore
  return name === '' ? null : name;
}

/** Fields of the overlay `tag` that make `after` out of `before`. */
export function tagFields(before: readonly string[], after: readonly string[]): Readonly<Record<string, string | null>> {
  const fields = new Map<string, string | null>(before.map((name) => [foldTag(name), null]));
  for (const name of after) fields.set(foldTag(name), name);
  return Object.fromEntries(fields);
}

const known = new WeakMap<readonly Overlay[], Marks>();

/** Every mark that says anything; read once for as long as the overlays are the same array. */
export function marksOf(overlays: readonly Overlay[]): Marks {
  const marks = known.get(overlays) ?? readMarks(overlays);
  known.set(overlays, marks);
  return marks;
}

/** Two messages that are shown as one have both their marks. */
export function joinMarks(one: Mark, other: Mark): Mark {
  const notes = [...new Set([one.note, other.note])].filter((note) => note !== null);
  const tags = new Map([...one.tags, ...other.tags].map((name) => [foldTag(name), name]));
  return { bookmarked: one.bookmarked || other.bookmarked, note: notes.length === 0 ? null : notes.join('\n\n'), tags: [...tags.values()] };
}

export function readMarks(overlays: readonly Overlay[]): Marks {
  const marks = new Map<ConversationId, Map<number, Mark>>();
  for (const { kind, subject, fields } of overlays) {
    const address = markKinds.has(kind) ? markedMessage(subject) : null;
    if (address === null) continue;
    const values = Object.entries(fields).flatMap(([name, { value }]) => (value === null || value === '' ? [] : [[name, value] as const]));
    const [first] = values;
    if (first === undefined) continue;
    const ofConversation = marks.get(address.conversation) ?? new Map<number, Mark>();
    marks.set(address.conversation, ofConversation);
    const before = ofConversation.get(address.seq) ?? noMark;
    if (kind === 'bookmark') ofConversation.set(address.seq, { ...before, bookmarked: true });
    else if (kind === 'note') ofConversation.set(address.seq, { ...before, note: first[1] });
    else ofConversation.set(address.seq, { ...before, tags: values.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name) });
  }
  return marks;
}
