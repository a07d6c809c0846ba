import { type JSX, Show, createEffect, onMount } from 'solid-js';
import { Icon } from '../icons/icon';
import { Phrase } from '../primitives/phrase';
import { backupRoute, formatRoute } from '../router';
import { useUi } from '../ui';
import css from './backup.module.css';
import { backupStateOf } from './backup-state';
import { type Headline, headlineOf } from './headline';
import { ago } from './words';

/** One line under the conversations where a backup is overdue or harmed; nothing where all is well or no drive is set up. */
export function DueLine(): JSX.Element {
  const ui = useUi();
  const { session, hasWords, wantWords, go, format, conversations } = ui;
  const state = backupStateOf(ui);
  // Asking starts a worker: not for those who have set up no drive.
  onMount(() => void (session.backup.mayHaveDrives && state.refresh()));
  const trouble = (): Headline | null => {
    const drives = state.drives() ?? [];
    // With nothing kept here there is nothing to lose: a device that is about to restore.
    const headline = drives.length === 0 || conversations()?.length === 0 ? null : headlineOf(drives);
    if (headline === null || headline.look === 'ok') return null;
    wantWords('backup');
    return hasWords('backup') ? headline : null;
  };
  createEffect(() => showBadge(trouble() !== null));
  const when = ({ drive }: Headline): string =>
    drive?.lastBackupAtMs === null || drive === null ? '' : ago(drive.lastBackupAtMs, Date.now(), format().locale);
  return (
    <Show when={trouble()}>
      {(headline) => (
        <a
          class={css['dueLine']}
          classList={{ [css['grave'] ?? '']: headline().look === 'danger' }}
          href={formatRoute(backupRoute('home'))}
          onClick={(event) => {
            event.preventDefault();
            go(backupRoute('home'));
          }}
        >
          <Icon name="warn" />
          <span>
            <Phrase
              of={headline().of}
              values={{ name: headline().drive?.name ?? '', other: headline().other?.name ?? '', when: when(headline()), verified: '' }}
            />
          </span>
        </a>
      )}
    </Show>
  );
}

/** A mark on the installed app's icon, where the system has such; a browser's tab has none and the calls do nothing. */
function showBadge(on: boolean): void {
  const change = on ? navigator.setAppBadge : navigator.clearAppBadge;
  // Refused where the app is not installed or notifications are off: the line under the conversations stays.
  change?.call(navigator).catch(() => {});
}
