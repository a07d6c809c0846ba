import type { JSX } from 'solid-js';
import css from './icon.module.css';
import { type IconName, directional, iconPaths } from './paths';

/** A picture beside words; hidden from screen readers, since the words say it. */
export function Icon(props: { readonly name: IconName }): JSX.Element {
  return (
    <svg class={css['icon']} classList={{ [css['directional'] ?? '']: directional.has(props.name) }} viewBox="0 0 20 20" aria-hidden="true">
      <path d={iconPaths[props.name]} />
    </svg>
  );
}

/** The mark: a chest seen from the front whose lid is a speech bubble, a keyhole where they meet. */
export function Mark(): JSX.Element {
  return (
    <svg class={css['icon']} viewBox="0 0 20 20" aria-hidden="true">
      <path d="M3 9.500V6a3 3 0 0 1 3-3h8a3 3 0 0 1 3 3v3.500M2.500 9.500h5.200a2.300 2.300 0 0 0 4.600 0h5.200M3 9.500V15.500a1.500 1.500 0 0 0 1.500 1.500h11a1.500 1.500 0 0 0 1.500-1.500V9.500M10 9.300v.01M10 11.800v1.500" />
    </svg>
  );
}
