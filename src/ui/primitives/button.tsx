import { type JSX, Show, splitProps } from 'solid-js';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/paths';
import css from './button.module.css';

type ButtonProps = JSX.ButtonHTMLAttributes<HTMLButtonElement> & { readonly look?: 'main' | 'danger' | 'plain'; readonly icon?: IconName };

/** A button with words; at most one `main` a screen. */
export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['look', 'icon', 'children', 'class']);
  return (
    <button type="button" {...rest} class={`${css['button']} ${own.look === undefined ? '' : css[own.look]} ${own.class ?? ''}`}>
      <Show when={own.icon}>{(name) => <Icon name={name()} />}</Show>
      {own.children}
    </button>
  );
}

type IconButtonProps = Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & { readonly icon: IconName; readonly label: string };

/** A button with a picture only; `label` is its name and its tooltip. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['icon', 'label', 'class']);
  return (
    <button type="button" {...rest} class={`${css['icon']} ${own.class ?? ''}`} aria-label={own.label} title={own.label}>
      <Icon name={own.icon} />
    </button>
  );
}
