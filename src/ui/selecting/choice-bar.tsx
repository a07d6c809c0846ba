import { Index, type JSX, Show } from 'solid-js';
import type { IconName } from '../icons/paths';
import { Button, IconButton } from '../primitives/button';
import { useUi } from '../ui';
import type { Choosing } from './choosing';
import css from './selecting.module.css';

export interface ChoiceAction {
  readonly icon: IconName;
  readonly label: string;
  readonly run: () => void;
}

/** How many messages are chosen, and what can be done with them. */
export function ChoiceBar(props: { readonly choosing: Choosing; readonly actions: readonly ChoiceAction[] }): JSX.Element {
  const { t, wide } = useUi();
  return (
    <div class={css['bar']} role="toolbar" aria-label={t('select.bar')}>
      <IconButton icon="close" label={t('select.clear')} onClick={() => props.choosing.clear()} />
      <p class={css['count']} role="status">
        {t('select.count', { count: props.choosing.count() })}
      </p>
      <Index each={props.actions}>
        {(action) => (
          <Show when={wide()} fallback={<IconButton icon={action().icon} label={action().label} onClick={() => action().run()} />}>
            <Button look="plain" icon={action().icon} onClick={() => action().run()}>
              {action().label}
            </Button>
          </Show>
        )}
      </Index>
    </div>
  );
}
