// What the owner keeps on a message, changed: overlays are written, and what was taken away can be had back.

import type { MessageAddress } from '../../model/ids';
import { foldTag, noteLimit, tagFields } from '../../model/marks';
import { messageSubject } from '../../model/overlay-index';
import type { MessageView } from '../../model/view';
import type { Ui } from '../ui';

export type MarkState = Pick<MessageView, 'bookmarked' | 'note' | 'tags'>;

/** As it would be read: what is empty is left out. */
export function withMark(message: MessageView, { bookmarked, note = '', tags = [] }: MarkState): MessageView {
  const { note: _, tags: __, ...rest } = message;
  return { ...rest, bookmarked, ...(note !== '' && { note }), ...(tags.length > 0 && { tags }) };
}

/** `applied` hears of each state that was written, that of an undo too. */
export async function changeMark(
  ui: Pick<Ui, 'session' | 'toasts'>,
  message: MessageAddress,
  before: MarkState,
  after: MarkState,
  applied: (mark: MarkState) => void,
): Promise<void> {
  const { toasts } = ui;
  try {
    await write(ui, message, before, after);
  } catch (cause) {
    return toasts.fail(cause);
  }
  applied(after);
  const what = takenAway(before, after);
  const undo = (): void => void changeMark(ui, message, after, before, applied);
  if (what !== null) toasts.notice(`keep.removed.${what}`, {}, { label: 'keep.undo', run: undo });
}

async function write({ session }: Pick<Ui, 'session'>, message: MessageAddress, before: MarkState, after: MarkState): Promise<void> {
  const subject = messageSubject(message);
  const { setOverlay } = session.vault;
  if (after.bookmarked !== before.bookmarked) await setOverlay('bookmark', subject, { bookmark: after.bookmarked ? 'yes' : null });
  const note = after.note?.trim().slice(0, noteLimit) ?? '';
  if (note !== (before.note ?? '')) await setOverlay('note', subject, { note: note === '' ? null : note });
  const [had, has] = [before.tags ?? [], after.tags ?? []];
  if (had.join('\n') !== has.join('\n')) await setOverlay('tag', subject, tagFields(had, has));
}

function takenAway(before: MarkState, after: MarkState): 'bookmark' | 'note' | 'tag' | null {
  if (before.bookmarked && !after.bookmarked) return 'bookmark';
  if ((before.note ?? '') !== '' && (after.note ?? '').trim() === '') return 'note';
  const left = new Set(after.tags?.map(foldTag));
  return before.tags?.some((name) => !left.has(foldTag(name))) === true ? 'tag' : null;
}
