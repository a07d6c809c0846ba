// Which segments the newest backup on a drive holds, conversation by conversation, so that it can be said of each month whether it
// may go from the phone while other conversations are still to be backed up. Known without asking the drive; a segment that was
// written anew since counts as missing, whatever of it was there before.

import type { ConversationId } from '../model/ids';
import type { ConversationEntry } from '../vault/archive';
import type { Notes } from '../vault/notes';

const heldPrefix = 'backup-held/';
const keyOf = (drive: string, conversation: ConversationId): string => `${heldPrefix}${drive}/${conversation}`;

/** Keeps that a backup on the drive holds the segments of these (joined ones are made of others that are listed); writes what changed. */
export async function keepHeld(notes: Notes, drive: string, conversations: readonly ConversationEntry[]): Promise<void> {
  const edits = new Map<string, string | null>(conversations.map((entry) => [keyOf(drive, entry.id), idsOf(entry)]));
  for (const [key, segments] of await notes.entries(`${heldPrefix}${drive}/`)) {
    if (!edits.has(key)) edits.set(key, null);
    else if (edits.get(key) === segments) edits.delete(key);
  }
  if (edits.size > 0) await notes.setEntries(edits);
}

/** As they are kept: a segment's id is opaque, and has no space. */
const idsOf = ({ segments }: ConversationEntry): string => segments.map(({ id }) => id).join(' ');

export async function dropHeld(notes: Notes, drive: string): Promise<void> {
  await notes.setEntries(new Map((await notes.entries(`${heldPrefix}${drive}/`)).map(([key]) => [key, null])));
}

/** What backups hold, on all drives. */
export const loadHeld = async (notes: Notes): Promise<ReadonlyMap<string, string>> => new Map(await notes.entries(heldPrefix));

/** Time of the first message of a conversation that may be missing in the drive's newest backup; null where none is. */
export function missingFromMs(kept: ReadonlyMap<string, string>, drive: string, { id, parts, segments }: ConversationEntry): number | null {
  const held = new Set((parts ?? [id]).flatMap((part) => kept.get(keyOf(drive, part))?.split(' ') ?? []));
  const missing = segments.filter((segment) => !held.has(segment.id));
  return missing.length === 0 ? null : missing.reduce((first, { firstAtMs }) => Math.min(first, firstAtMs), Infinity);
}
