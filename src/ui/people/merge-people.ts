// Making one person of several, and taking that back.

import { sayDifferent } from '../../model/different-people';
import type { PersonId } from '../../model/ids';
import { personSubject } from '../../model/overlay-index';
import type { Ui } from '../ui';

type Needs = Pick<Ui, 'session' | 'toasts'>;

async function say({ session }: Needs, from: readonly PersonId[], into: PersonId | null): Promise<void> {
  const value = into === null ? null : personSubject(into);
  for (const id of from) await session.vault.setOverlay('merged-people', personSubject(id), { into: value });
}

/** Shows `others` as `head`; said in a notice that can take it back. */
export async function mergePeople(ui: Needs, head: PersonId, others: readonly PersonId[]): Promise<void> {
  const { toasts } = ui;
  try {
    await say(ui, others, head);
    const undo = (): void => void say(ui, others, null).catch(toasts.fail);
    toasts.notice('people.merged', {}, { label: 'keep.undo', run: undo });
  } catch (cause) {
    toasts.fail(cause);
  }
}

/** Proposes no more that they are one; said in a notice that can take it back. */
export async function keepDifferent({ session, toasts }: Needs, people: readonly PersonId[]): Promise<void> {
  const set = async (value: 'yes' | null): Promise<void> => {
    for (const { subject, fields } of sayDifferent(people, value)) await session.vault.setOverlay('different-people', subject, fields);
  };
  try {
    await set('yes');
    toasts.notice('people.keptDifferent', {}, { label: 'keep.undo', run: () => void set(null).catch(toasts.fail) });
  } catch (cause) {
    toasts.fail(cause);
  }
}

/** Shows each of `members` as themselves again. */
export async function separatePeople(ui: Needs, head: PersonId, members: readonly PersonId[]): Promise<void> {
  const { toasts } = ui;
  const others = members.filter((id) => id !== head);
  try {
    await say(ui, others, null);
    const undo = (): void => void say(ui, others, head).catch(toasts.fail);
    toasts.notice('people.separated', {}, { label: 'keep.undo', run: undo });
  } catch (cause) {
    toasts.fail(cause);
  }
}
