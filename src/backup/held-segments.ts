// Which segments the newest backup on a drive holds, conversation by conversation, so that it can be said of each month whether it
// may go from the phone while other conversations are still to be backed up. Known without asking the drive; a segment that was
// written anew since counts as missing, whatever of it was there before.

import type { ConversationId } from '../model/ids';
import type { ConversationEntry } from '../vault/archive';
import type { Notes } from '../vault/notes';

const heldPrefix = 'backup-held/';
const keyOf = (drive: string, conversation: ConversationId): string => `${heldPrefix}${drive}/${conversation}`;

/** By conversation: the ids of its segments, as they are kept. */
export type HeldSegments = ReadonlyMap<ConversationId, string>;

/** Of a state of the vault; joined conversations are made of others that are listed. */
export const heldOf = (conversations: readonly ConversationEntry[]): HeldSegments =>
  new Map(conversations.map(({ id, segments }) => [id, segments.map((segment) => segment.id).join(' ')]));

/** Keeps that a backup on the drive holds these; writes what changed. */
export async function keepHeld(notes: Notes, drive: string, held: HeldSegments): Promise<void> {
  const edits = new Map<string, string | null>([...held].map(([id, segments]) => [keyOf(drive, id), segments]));
  for (const [key, segments] of await notes.entries(`${heldPrefix}${drive}/`)) {
    if (!edits.has(key)) edits.set(key, null);
    else if (edits.get(key) === segments) edits.delete(key);
  }
  if (edits.size > 0) await notes.setEntries(edits);
}

export async function dropHeld(notes: Notes, drive: string): Promise<void> {
  await notes.setEntries(new Map((await notes.entries(`${heldPrefix}${drive}/`)).map(([key]) => [key, null])));
}

/** Time of the first message of a conversation that may be missing in the drive's newest backup; null where none is. */
export async function missingFromMs(notes: Notes, drive: string, { id, parts, segments }: ConversationEntry): Promise<number | null> {
  const kept = new Map(await notes.entries(`${heldPrefix}${drive}/`));
  const held = new Set((parts ?? [id]).flatMap((part) => kept.get(keyOf(drive, part))?.split(' ') ?? []));
  const missing = segments.filter((segment) => !held.has(segment.id));
  return missing.length === 0 ? null : missing.reduce((first, { firstAtMs }) => Math.min(first, firstAtMs), Infinity);
}
