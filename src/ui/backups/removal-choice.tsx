import { type JSX, Show } from 'solid-js';
import type { RemovalPlan, RemovalReach } from '../../model/backup-view';
import type { ConversationId } from '../../model/ids';
import { Choices } from '../primitives/controls';
import { createAwaited } from '../primitives/awaited';
import { createLoaded } from '../primitives/loaded';
import paneCss from '../shell/pane.module.css';
import { type Ui, useUi } from '../ui';
import css from './backup.module.css';
import { backupStateOf } from './backup-state';

const reaches: readonly RemovalReach[] = ['here', 'later-backups', 'all-backups'];

/** How far removing a conversation goes; nothing where there is no drive. */
export function RemovalChoice(props: {
  readonly conversation: ConversationId;
  readonly reach: RemovalReach;
  readonly onChoose: (reach: RemovalReach) => void;
}): JSX.Element {
  const ui = useUi();
  const { t, hasWords, wantWords, session, toasts } = ui;
  const state = backupStateOf(ui);
  wantWords('backup');
  const asked = createAwaited(
    () => true,
    async () => (state.drives() === undefined && (await state.refresh()), true),
    toasts.fail,
  );
  const plans = createLoaded(
    () => (props.reach === 'all-backups' ? { drives: state.drives() ?? [], conversation: props.conversation } : undefined),
    ({ drives, conversation }) => Promise.all(drives.map(({ id }) => session.backup.planRemoval(id, conversation))),
    toasts.fail,
  );
  const snapshots = (all: readonly RemovalPlan[]): number => all.reduce((sum, plan) => sum + plan.snapshots, 0);
  return (
    <Show when={hasWords('backup') && asked() === true && (state.drives()?.length ?? 0) > 0}>
      <div class={css['apart']}>
        <Choices
          label={t('backup.removal.question')}
          options={reaches.map((value) => ({ value, label: t(`backup.removal.${value}`) }))}
          value={props.reach}
          onChoose={props.onChoose}
        />
        <p class={paneCss['quiet']}>{t(`backup.removalWords.${props.reach}`)}</p>
        <Show when={props.reach === 'all-backups'}>
          {/* The line keeps its place until it is known: the button that removes stands below it. */}
          <p role="status">{plans() === undefined ? '\u00a0' : t('backup.removal.rewrites', { count: snapshots(plans() ?? []) })}</p>
        </Show>
      </div>
    </Show>
  );
}

/** Without a drive there is nothing to choose: it stays away, and an archive that brings it asks first. */
export function reachOf(ui: Ui, chosen: RemovalReach): RemovalReach {
  return (backupStateOf(ui).drives()?.length ?? 0) > 0 ? chosen : 'later-backups';
}

/** Takes a conversation out of the backups of every drive, one after the other. Resolves to whether all of them went well. */
export async function removeFromDrives(ui: Ui, conversation: ConversationId, reach: RemovalReach): Promise<boolean> {
  if (reach !== 'all-backups') return true;
  const state = backupStateOf(ui);
  for (const { id } of state.drives() ?? []) {
    await state.start('removal', id, async (report) => ({
      verb: 'removal',
      conversation,
      left: await ui.session.backup.removeFromBackups(id, conversation, reach, report),
    }));
    if (state.job()?.phase !== 'done' || state.job()?.verb !== 'removal') return false;
  }
  return true;
}
