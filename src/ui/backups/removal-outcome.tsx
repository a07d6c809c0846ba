import { type JSX, Show } from 'solid-js';
import type { PrunePlan } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { backupStateOf } from './backup-state';
import { DismissRow } from './job-actions';

/** After a conversation was taken out of the backups of a drive: what still lies there until it is tidied. */
export function RemovalOutcome(props: { readonly drive: string; readonly left: PrunePlan | null }): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  return (
    <>
      <div role="status">
        <h3 class={paneCss['lead']}>
          <State look="ok">{t('backup.removal.done')}</State>
        </h3>
      </div>
      <Show when={props.left} fallback={<DismissRow />}>
        {(plan) => (
          <>
            <p>{t('backup.removal.left')}</p>
            <PruneSums plan={plan()} />
            <DismissRow>
              <Button look="danger" icon="trash" onClick={() => prune(ui, props.drive, plan())}>
                {t('backup.prune.now')}
              </Button>
            </DismissRow>
          </>
        )}
      </Show>
    </>
  );
}

/** Carries a prune plan out. */
export function prune(ui: ReturnType<typeof useUi>, drive: string, plan: PrunePlan): void {
  const { start } = backupStateOf(ui);
  void start('prune', drive, async (report) => {
    await ui.session.backup.prune(drive, plan, report);
    return { verb: 'prune' };
  });
}

/** What tidying would free and move. */
export function PruneSums(props: { readonly plan: PrunePlan }): JSX.Element {
  const { t, format } = useUi();
  return (
    <dl class={paneCss['facts']}>
      <dt>{t('backup.prune.frees')}</dt>
      <dd>{format().bytes(props.plan.unusedBytes)}</dd>
      <dt>{t('backup.prune.stays')}</dt>
      <dd>{format().bytes(props.plan.usedBytes)}</dd>
      <dt>{t('backup.prune.removes')}</dt>
      <dd>{t('backup.prune.packs', { count: props.plan.removePacks.length })}</dd>
      <dt>{t('backup.prune.repacks')}</dt>
      <dd>
        {t('mark.aside', {
          words: t('backup.prune.packs', { count: props.plan.repackPacks.length }),
          aside: format().bytes(props.plan.repackBytes),
        })}
      </dd>
    </dl>
  );
}
