import { type JSX, Show, createSignal } from 'solid-js';
import type { DriveStatus } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { DoctorView } from './doctor-view';

/** The connection doctor for a drive that is there. */
export function DoctorCard(props: { readonly drive: DriveStatus }): JSX.Element {
  const { t, session } = useUi();
  const [round, setRound] = createSignal(0);
  return (
    <Card title={t('backup.doctor.title')}>
      <p>{t('backup.doctor.words')}</p>
      <Show when={round() > 0 && round()} keyed>
        <DoctorView
          kind={props.drive.kind}
          place={props.drive.place}
          examine={(report) => session.backup.examine(props.drive.id, report)}
        />
      </Show>
      <div class={paneCss['row']}>
        <Button onClick={() => setRound(round() + 1)}>{t('backup.doctor.now')}</Button>
      </div>
    </Card>
  );
}
