import { For, type JSX, Show, createMemo } from 'solid-js';
import css from './charts.module.css';

export interface Bar {
  readonly key: string;
  readonly name: string;
  readonly value: number;
  readonly words: string;
  readonly under?: string | undefined;
  readonly hue?: number | undefined;
  readonly href?: string | undefined;
}

/** Names with bars, the longest first; the words say what the bar shows. */
export function BarList(props: { readonly label: string; readonly bars: readonly Bar[] }): JSX.Element {
  const bars = createMemo(() => props.bars);
  const most = createMemo(() => Math.max(1, ...bars().map(({ value }) => value)));
  return (
    <ol class={css['bars']} aria-label={props.label}>
      <For each={bars()}>
        {(bar) => (
          <li class={css['bar']}>
            <span class={css['name']}>
              <Show when={bar.href} fallback={<bdi>{bar.name}</bdi>}>
                <a href={bar.href}>
                  <bdi>{bar.name}</bdi>
                </a>
              </Show>
            </span>
            <span class={css['words']}>{bar.words}</span>
            <span class={css['track']} aria-hidden="true">
              <span
                class={css['fill']}
                style={{
                  'inline-size': `${(bar.value / most()) * 100}%`,
                  ...(bar.hue === undefined ? {} : { background: `var(--name-${bar.hue})` }),
                }}
              />
            </span>
            <Show when={bar.under}>
              <span class={css['under']}>{bar.under}</span>
            </Show>
          </li>
        )}
      </For>
    </ol>
  );
}
