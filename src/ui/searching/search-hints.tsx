import { For, type JSX } from 'solid-js';
import { useUi } from '../ui';
import css from './search.module.css';

const hints = ['phrase', 'without', 'or', 'from', 'in', 'before', 'during', 'has', 'larger', 'tag', 'wildcard', 'regex'] as const;

/** How a query can be written, by examples. */
export function SearchHints(): JSX.Element {
  const { t } = useUi();
  return (
    <div class={css['hints']}>
      <p>{t('search.hintTitle')}</p>
      <dl class={css['hint']}>
        <For each={hints}>
          {(hint) => (
            <>
              <dt>
                <code>{t(`search.hint.${hint}`)}</code>
              </dt>
              <dd>{t(`search.hintWords.${hint}`)}</dd>
            </>
          )}
        </For>
      </dl>
    </div>
  );
}
