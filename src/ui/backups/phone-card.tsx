import { For, type JSX, Show, onMount } from 'solid-js';
import type { DriveStatus } from '../../model/backup-view';
import type { ConversationView } from '../../model/view';
import { State } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { Phrase } from '../primitives/phrase';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { backupStateOf } from './backup-state';
import { monthOf, phoneSafety } from './phone-safety';
import { ago } from './words';

/** Whether a conversation may go from the phone it came from, drive by drive: all of it, or the months before one. */
export function PhoneCard(props: { readonly conversation: ConversationView }): JSX.Element {
  const ui = useUi();
  const { t, session } = ui;
  const state = backupStateOf(ui);
  ui.wantWords('backup');
  // Asking starts a worker: not for those who have set up no drive.
  onMount(() => void (session.backup.mayHaveDrives && state.refresh()));
  const drives = (): readonly DriveStatus[] => state.drives() ?? [];
  // Where every drive has everything, nothing need be asked.
  const asked = () => (drives().some(({ isUpToDate }) => !isUpToDate) ? { id: props.conversation.id, drives: drives() } : undefined);
  const coverage = createLoaded(asked, ({ id }) => session.backup.coverage(id), ui.toasts.fail);
  const isKnown = (): boolean =>
    !session.backup.mayHaveDrives || (state.drives() !== undefined && (asked() === undefined || coverage() !== undefined));
  return (
    <Show when={ui.hasWords('backup') && isKnown()}>
      <section>
        <h3 class={paneCss['cardTitle']}>{t('phone.title')}</h3>
        <Show when={drives().length > 0} fallback={<State look="warn">{t('phone.noDrive')}</State>}>
          <For each={drives()}>
            {(drive) => <DriveLine drive={drive} firstAtMs={props.conversation.firstAtMs} missingFromMs={coverage()?.get(drive.id)} />}
          </For>
        </Show>
        <p class={paneCss['quiet']}>{t('phone.limits')}</p>
      </section>
    </Show>
  );
}

interface LineProps {
  readonly drive: DriveStatus;
  readonly firstAtMs: number | null;
  readonly missingFromMs: number | null | undefined;
}

function DriveLine(props: LineProps): JSX.Element {
  const { format } = useUi();
  const safety = () => phoneSafety(props.drive, props.firstAtMs, props.missingFromMs);
  const month = (): string => format().month(monthOf(props.missingFromMs ?? 0));
  const when = (ms: number | null): string => (ms === null ? '' : ago(ms, Date.now(), format().locale));
  return (
    <p>
      <State look={safety() === 'safe' ? 'ok' : safety() === 'harmed' ? 'danger' : 'warn'}>
        <Phrase
          of={`phone.${safety()}`}
          values={{
            name: props.drive.name,
            month: month(),
            when: when(props.drive.lastBackupAtMs),
            verified: when(props.drive.lastVerifiedAtMs),
          }}
        />
      </State>
    </p>
  );
}
