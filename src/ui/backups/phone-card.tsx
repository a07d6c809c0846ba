import { For, type JSX, Show, onMount } from 'solid-js';
import type { DriveStatus } from '../../model/backup-view';
import { State } from '../primitives/controls';
import { Phrase } from '../primitives/phrase';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { backupStateOf } from './backup-state';
import { phoneSafety } from './phone-safety';
import { ago } from './words';

/** Whether a conversation may go from the phone it came from, drive by drive. */
export function PhoneCard(): JSX.Element {
  const ui = useUi();
  const { t, session } = ui;
  const state = backupStateOf(ui);
  ui.wantWords('backup');
  // Asking starts a worker: not for those who have set up no drive.
  onMount(() => void (session.backup.mayHaveDrives && state.refresh()));
  const drives = (): readonly DriveStatus[] => state.drives() ?? [];
  const isKnown = (): boolean => !session.backup.mayHaveDrives || state.drives() !== undefined;
  return (
    <Show when={ui.hasWords('backup') && isKnown()}>
      <section>
        <h3 class={paneCss['cardTitle']}>{t('phone.title')}</h3>
        <Show when={drives().length > 0} fallback={<State look="warn">{t('phone.noDrive')}</State>}>
          <For each={drives()}>{(drive) => <DriveLine drive={drive} />}</For>
        </Show>
        <p class={paneCss['quiet']}>{t('phone.limits')}</p>
      </section>
    </Show>
  );
}

function DriveLine(props: { readonly drive: DriveStatus }): JSX.Element {
  const { format } = useUi();
  const safety = () => phoneSafety(props.drive);
  const when = (ms: number | null): string => (ms === null ? '' : ago(ms, Date.now(), format().locale));
  return (
    <p>
      <State look={safety() === 'safe' ? 'ok' : safety() === 'harmed' ? 'danger' : 'warn'}>
        <Phrase
          of={`phone.${safety()}`}
          values={{ name: props.drive.name, when: when(props.drive.lastBackupAtMs), verified: when(props.drive.lastVerifiedAtMs) }}
        />
      </State>
    </p>
  );
}
