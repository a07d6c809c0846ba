import { type JSX, Show } from 'solid-js';
import type { DriveStatus } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { backupRoute } from '../router';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';
import { countPlaces, isGone } from './headline';
import { ago } from './words';

/** The last of the times that drives have, in ms; null where none has one. */
function latestOf(drives: readonly DriveStatus[], time: 'lastVerifiedAtMs' | 'lastDrilledAtMs'): number | null {
  return drives.reduce<number | null>((latest, { [time]: atMs }) => (atMs === null ? latest : Math.max(latest ?? 0, atMs)), null);
}

/** What keeps a history whatever happens: places elsewhere, that they were read back, and that a restore was tried. */
export function CopiesCard(props: { readonly drives: readonly DriveStatus[] }): JSX.Element {
  const { t, go, format } = useUi();
  const made = (): readonly DriveStatus[] => props.drives.filter((drive) => drive.lastBackupAtMs !== null && !isGone(drive));
  const places = (): number => countPlaces(props.drives);
  const verified = (): number | null => latestOf(made(), 'lastVerifiedAtMs');
  const drilled = (): number | null => latestOf(made(), 'lastDrilledAtMs');
  const when = (ms: number): string => ago(ms, Date.now(), format().locale);
  return (
    <Show when={made()[0]}>
      {(first) => (
        <Card title={t('backup.copies.title')}>
          <ul class={css['copies']}>
            <li>
              <State look={places() > 1 ? 'ok' : 'warn'}>
                {places() > 1
                  ? t('backup.copies.places.more', { count: places() })
                  : t(places() === 1 ? 'backup.copies.places.one' : 'backup.copies.places.none')}
              </State>
            </li>
            <li>
              <Show when={verified()} fallback={<State look="warn">{t('backup.copies.unverified')}</State>}>
                {(ms) => <State look="ok">{t('backup.copies.verified', { when: when(ms()) })}</State>}
              </Show>
            </li>
            <li>
              <Show when={drilled()} fallback={<State look="warn">{t('backup.copies.undrilled')}</State>}>
                {(ms) => <State look="ok">{t('backup.copies.drilled', { when: when(ms()) })}</State>}
              </Show>
            </li>
          </ul>
          <Show when={drilled() === null}>
            <div class={paneCss['row']}>
              <Button icon="undo" onClick={() => go(backupRoute('health', first().id))}>
                {t('backup.copies.try')}
              </Button>
            </div>
          </Show>
        </Card>
      )}
    </Show>
  );
}
