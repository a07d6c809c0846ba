import { For, type JSX, Show, createMemo, createSignal, createUniqueId } from 'solid-js';
import { commands, listedConversations } from '../commands';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/paths';
import { showKeys } from '../keyboard';
import { Dialog } from '../primitives/dialog';
import { useUi } from '../ui';
import css from './palette.module.css';

interface Entry {
  readonly title: string;
  readonly icon: IconName;
  readonly keys: string | null;
  readonly run: () => void;
}

const entryLimit = 30;

/** Go to a conversation or run a command by typing part of its name. */
export function Palette(props: { readonly onClose: () => void }): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const id = createUniqueId();
  const [typed, setTyped] = createSignal('');
  const [active, setActive] = createSignal(0);
  const entries = createMemo<readonly Entry[]>(() => {
    const wanted = typed().trim().toLocaleLowerCase();
    const all: readonly Entry[] = [
      ...listedConversations(ui).map((conversation): Entry => ({
        title: conversation.name,
        icon: 'chat',
        keys: null,
        run: () => ui.go({ screen: 'conversation', id: conversation.id, seq: null }),
      })),
      ...commands
        .filter((command) => command.id !== 'palette' && command.when?.(ui) !== false)
        .map((command): Entry => ({
          title: t(command.title),
          icon: command.icon ?? 'forward',
          keys: command.keys[0] ?? null,
          run: () => command.run(ui),
        })),
    ];
    return all.filter(({ title }) => title.toLocaleLowerCase().includes(wanted)).slice(0, entryLimit);
  });
  const run = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    props.onClose();
    entry.run();
  };
  const press = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) {
      event.preventDefault();
      setActive((active() + by + entries().length) % Math.max(1, entries().length));
      document.getElementById(`${id}-${active()}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      run(entries()[active()]);
    }
  };
  return (
    <Dialog title={t('command.palette')} onClose={props.onClose}>
      <input
        autofocus
        class={css['input']}
        type="text"
        role="combobox"
        aria-label={t('command.palette')}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={`${id}-${active()}`}
        placeholder={t('palette.placeholder')}
        autocomplete="off"
        dir="auto"
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={press}
      />
      <div id={`${id}-list`} class={css['list']} role="listbox" aria-label={t('command.palette')}>
        <For each={entries()} fallback={<p>{t('palette.nothing')}</p>}>
          {(entry, index) => (
            <div id={`${id}-${index()}`} role="option" class={css['item']} aria-selected={index() === active()} onClick={() => run(entry)}>
              <Icon name={entry.icon} />
              <bdi>{entry.title}</bdi>
              <Show when={entry.keys}>{(keys) => <kbd class={css['keys']}>{showKeys(keys())}</kbd>}</Show>
            </div>
          )}
        </For>
      </div>
    </Dialog>
  );
}
