import { type JSX, Show } from 'solid-js';
import type { SourceApp } from '../../model/source';
import { Icon } from '../icons/icon';
import { useUi } from '../ui';
import css from './avatar.module.css';
import { initials, stableHue } from './initials';

/** Initials on a stable colour. Says nothing to screen readers: the name stands beside it. */
export function Avatar(props: {
  readonly name: string;
  readonly seed: string;
  readonly hue?: number;
  readonly small?: boolean;
}): JSX.Element {
  const hue = (): number => props.hue ?? stableHue(props.seed);
  return (
    <span class={`${css['avatar']} ${css[`hue${hue()}`]}`} classList={{ [css['small'] ?? '']: props.small === true }} aria-hidden="true">
      <Show when={initials(props.name)} fallback={<Icon name="person" />}>
        {(letters) => letters()}
      </Show>
    </span>
  );
}

/** The app that a conversation came from, as a neutral tile. */
export function SourceBadge(props: { readonly source: SourceApp }): JSX.Element {
  const { t } = useUi();
  return (
    <abbr class={css['badge']} title={t(`source.${props.source}`)}>
      {t(`badge.${props.source}`)}
    </abbr>
  );
}
