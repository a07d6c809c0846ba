import { For, type JSX, Show, createResource } from 'solid-js';
import type { BackupConditions, DriveStatus } from '../../model/backup-view';
import { areMet, type ConditionsNow, readConditions } from '../../session/conditions';
import { Checkbox, State } from '../primitives/controls';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';

const names = ['unmetered', 'charging'] as const;

/** What a backup by itself waits for; of the conditions, those that this browser can tell, and those that were chosen before. */
export function ConditionsChoice(props: {
  readonly drive: DriveStatus;
  readonly onChoose: (conditions: BackupConditions) => void;
}): JSX.Element {
  const { t } = useUi();
  const [now] = createResource(() => readConditions());
  const isKnown = (name: (typeof names)[number], { isMetered, isCharging }: ConditionsNow): boolean =>
    props.drive.conditions[name] || (name === 'unmetered' ? isMetered : isCharging) !== null;
  const shown = () => names.filter((name) => isKnown(name, now() ?? { isMetered: null, isCharging: null }));
  const waits = (): boolean => {
    const current = now();
    const isDue = props.drive.dueAtMs !== null && props.drive.dueAtMs <= Date.now();
    return isDue && current !== undefined && !areMet(props.drive.conditions, current);
  };
  return (
    <Show when={props.drive.schedule !== 'manual' && shown().length > 0}>
      <fieldset class={css['conditions']}>
        <legend>{t('backup.conditions.label')}</legend>
        <For each={shown()}>
          {(name) => (
            <Checkbox
              label={t(`backup.conditions.${name}`)}
              on={props.drive.conditions[name]}
              onToggle={(on) => props.onChoose({ ...props.drive.conditions, [name]: on })}
            />
          )}
        </For>
        <Show when={waits()} fallback={<p class={paneCss['quiet']}>{t('backup.conditions.words')}</p>}>
          <State look="warn">{t('backup.conditions.waits')}</State>
        </Show>
      </fieldset>
    </Show>
  );
}
