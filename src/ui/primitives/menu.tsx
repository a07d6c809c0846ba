import { For, type JSX, Show, createSignal, onMount } from 'solid-js';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/paths';
import { IconButton } from './button';
import css from './menu.module.css';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly keys?: string;
  readonly run: () => void;
}

const gapPx = 4;

/** Actions in the top layer beside `anchor`, for as long as it is mounted. Arrows move; Escape and a click elsewhere close. */
export function MenuPopover(props: {
  readonly label: string;
  readonly anchor: HTMLElement;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}): JSX.Element {
  let menu!: HTMLDivElement;
  const place = (): void => {
    const at = props.anchor.getBoundingClientRect();
    const size = menu.getBoundingClientRect();
    const below = at.bottom + gapPx + size.height <= innerHeight;
    menu.style.top = `${Math.max(gapPx, below ? at.bottom + gapPx : at.top - gapPx - size.height)}px`;
    menu.style.left = `${Math.min(Math.max(gapPx, at.right - size.width), innerWidth - size.width - gapPx)}px`;
  };
  const items = (): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const move = (event: KeyboardEvent): void => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all.at(next % all.length)?.focus();
  };
  onMount(() => {
    menu.showPopover();
    place();
    items()[0]?.focus();
  });
  const choose = (item: MenuItem): void => {
    const anchor = props.anchor;
    menu.hidePopover();
    anchor.focus();
    item.run();
  };
  return (
    <div
      ref={(element) => (menu = element)}
      class={css['menu']}
      role="menu"
      aria-label={props.label}
      popover="auto"
      onKeyDown={move}
      onToggle={(event) => event.newState === 'closed' && props.onClose()}
    >
      <For each={props.items}>
        {(item) => (
          <button type="button" role="menuitem" class={css['item']} tabindex="-1" onClick={() => choose(item)}>
            <Show when={item.icon}>{(name) => <Icon name={name()} />}</Show>
            <span class={css['words']}>{item.label}</span>
            <Show when={item.keys}>
              <kbd class={css['keys']}>{item.keys}</kbd>
            </Show>
          </button>
        )}
      </For>
    </div>
  );
}

/** A button that opens actions. */
export function Menu(props: { readonly label: string; readonly icon: IconName; readonly items: readonly MenuItem[] }): JSX.Element {
  const [anchor, setAnchor] = createSignal<HTMLElement | null>(null);
  let wasOpen = false;
  return (
    <>
      <IconButton
        icon={props.icon}
        label={props.label}
        aria-haspopup="menu"
        aria-expanded={anchor() !== null}
        onPointerDown={() => (wasOpen = anchor() !== null)}
        onClick={(event) => {
          if (!wasOpen) setAnchor(event.currentTarget);
          wasOpen = false;
        }}
      />
      <Show when={anchor()}>
        {(element) => <MenuPopover label={props.label} anchor={element()} items={props.items} onClose={() => setAnchor(null)} />}
      </Show>
    </>
  );
}
