// Marks whose message goes by another number now, or has left the vault for a while. The archive's commit remembers them, so
// that whatever ends the app between the two roots loses none; what the owner said is moved afterwards, once or more often.

import type { ConversationId } from '../model/ids';
import { markKinds } from '../model/marks';
import type { Overlay, OverlayKind } from '../model/overlay';
import { isSaid, messageSubject, takenBack } from '../model/overlay-index';
import type { ArchiveReader } from './archive';

/** By what a message is known again inside its minute; no text. */
export interface MessageTrace {
  readonly sentAtMs: number;
  readonly sourceId: string | null;
  readonly hash: number;
  /** How many before it in its minute have the same hash. */
  readonly ordinal: number;
}

export interface MovedMarks {
  /** Numbers that were given up, and which ones took their place. */
  readonly moved: readonly (readonly [conversation: ConversationId, from: number, to: number])[];
  /** Marked messages that no import shows at present. */
  readonly left: readonly (MessageTrace & { readonly conversation: ConversationId; readonly seq: number })[];
}

export const movedMarksNote = 'moved-marks';

export async function loadMovedMarks(reader: Pick<ArchiveReader, 'readNote'>): Promise<MovedMarks> {
  return ((await reader.readNote(movedMarksNote)) as MovedMarks | null) ?? { moved: [], left: [] };
}

export interface MarkKeeper {
  overlays(): Promise<readonly Overlay[]>;
  setOverlay(kind: OverlayKind, subject: string, fields: Readonly<Record<string, string | null>>): Promise<void>;
  mergeOverlays(overlays: readonly Overlay[]): Promise<unknown>;
}

/** The two roots are no one transaction: this may be called at any time, and changes nothing where it was done. Gives how many it moved. */
export async function moveMarks(reader: Pick<ArchiveReader, 'readNote'>, keeper: MarkKeeper): Promise<number> {
  const { moved } = await loadMovedMarks(reader);
  if (moved.length === 0) return 0;
  const said = new Map((await keeper.overlays()).filter(isSaid).map((overlay) => [`${overlay.kind} ${overlay.subject}`, overlay]));
  let count = 0;
  for (const [conversation, from, to] of moved) {
    for (const kind of markKinds) {
      const overlay = said.get(`${kind} ${messageSubject({ conversation, seq: from })}`);
      if (overlay === undefined) continue;
      await moveOne(keeper, overlay, messageSubject({ conversation, seq: to }), said);
      count += 1;
    }
  }
  return count;
}

async function moveOne(keeper: MarkKeeper, overlay: Overlay, subject: string, said: Map<string, Overlay>): Promise<void> {
  const { kind, fields } = overlay;
  const there = said.get(`${kind} ${subject}`);
  const note = kind === 'note' && there !== undefined ? joinNotes(there, overlay) : null;
  if (note === null) await keeper.mergeOverlays([{ kind, subject, fields }]);
  else await keeper.setOverlay(kind, subject, note);
  said.set(`${kind} ${subject}`, { kind, subject, fields });
  await keeper.setOverlay(kind, overlay.subject, takenBack(overlay));
  said.delete(`${kind} ${overlay.subject}`);
}

/** Two messages that turned out to be one may each have a note: both stay. Null where they say the same. */
function joinNotes(there: Overlay, here: Overlay): Readonly<Record<string, string>> | null {
  const entries = Object.entries(there.fields).filter(([, { value }]) => value !== null);
  const added = Object.values(here.fields).flatMap(({ value }) => value ?? []);
  const [name, field] = entries[0] ?? [];
  const lacking = added.filter((text) => field?.value?.includes(text) === false);
  return name === undefined || lacking.length === 0 ? null : { [name]: [field?.value ?? '', ...lacking].join('\n\n') };
}
