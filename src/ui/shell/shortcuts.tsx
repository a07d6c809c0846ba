import { For, type JSX } from 'solid-js';
import { commands } from '../commands';
import { showKeys } from '../keyboard';
import { Dialog } from '../primitives/dialog';
import { useUi } from '../ui';
import css from './palette.module.css';

/** Keys that belong to a place and not to a command. */
const local = [
  { title: 'shortcut.list', keys: 'j / k' },
  { title: 'shortcut.ends', keys: 'Home / End' },
  { title: 'shortcut.close', keys: 'Esc' },
] as const;

/** The list of shortcuts, made from the commands. */
export function Shortcuts(props: { readonly onClose: () => void }): JSX.Element {
  const { t } = useUi();
  return (
    <Dialog title={t('command.shortcuts')} readOnly onClose={props.onClose}>
      <dl class={css['table']}>
        <For each={commands.filter(({ keys }) => keys.length > 0)}>
          {(command) => (
            <>
              <dt>{t(command.title)}</dt>
              <dd>
                <kbd>{showKeys(command.keys[0] ?? '')}</kbd>
              </dd>
            </>
          )}
        </For>
        <For each={local}>
          {(entry) => (
            <>
              <dt>{t(entry.title)}</dt>
              <dd>
                <kbd>{entry.keys}</kbd>
              </dd>
            </>
          )}
        </For>
      </dl>
    </Dialog>
  );
}
