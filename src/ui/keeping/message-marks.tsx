import { For, type JSX, Show } from 'solid-js';
import { Icon } from '../icons/icon';
import { useUi } from '../ui';
import type { MarkState } from './change-mark';
import css from './keeping.module.css';

/** The owner's note and tags, apart from the message's own words. */
export function MessageMarks(props: { readonly mark: MarkState }): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const tags = (): readonly string[] => props.mark.tags ?? [];
  return (
    <Show when={props.mark.note || tags().length > 0}>
      <div class={css['marks']} ref={() => ui.wantWords('reading')}>
        <Show when={props.mark.note}>
          <p class={css['note']} role="note" aria-label={t('keep.yourNote')}>
            <Icon name="note" />
            <span dir="auto">{props.mark.note}</span>
          </p>
        </Show>
        <Show when={tags().length > 0}>
          <ul class={css['tags']} aria-label={t('keep.tags')}>
            <For each={tags()}>
              {(name) => (
                <li class={css['tag']}>
                  <bdi>{`#${name}`}</bdi>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </div>
    </Show>
  );
}
