import { type JSX, Show } from 'solid-js';
import { IconButton } from '../primitives/button';
import { useUi } from '../ui';
import css from './timeline.module.css';

/** While hits are stepped through: which one this is, and the way to the next. */
export function SearchSteps(): JSX.Element {
  const { t, search } = useUi();
  return (
    <Show when={search.at() >= 0}>
      <div class={css['steps']} role="status">
        <p>{t('search.position', { number: search.at() + 1, total: search.count() })}</p>
        <IconButton icon="up" label={t('command.formerHit')} disabled={search.at() <= 0} onClick={() => search.step(-1)} />
        <IconButton
          icon="down"
          label={t('command.nextHit')}
          disabled={search.at() >= search.hits().length - 1}
          onClick={() => search.step(1)}
        />
        <IconButton icon="close" label={t('search.endSteps')} onClick={() => search.leave()} />
      </div>
    </Show>
  );
}
