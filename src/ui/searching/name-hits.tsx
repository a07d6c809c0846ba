import { For, type JSX, Show, createMemo } from 'solid-js';
import type { ConversationId } from '../../model/ids';
import type { SearchUpdate } from '../../model/view';
import { Icon } from '../icons/icon';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './search.module.css';

const shownNames = 12;

/** Conversations and people whose names match, before all messages: one opens, the other becomes a filter. */
export function NameHits(): JSX.Element {
  const { t, search, go } = useUi();
  // A name that several people bear is one filter.
  const distinct = createMemo((): SearchUpdate['names'] =>
    [...new Map(search.names().map((name) => [name.kind === 'person' ? `person ${name.name}` : name.id, name])).values()].slice(
      0,
      shownNames,
    ),
  );
  const choose = (name: SearchUpdate['names'][number]): void => {
    if (name.kind === 'conversation') go({ screen: 'conversation', id: name.id as ConversationId, seq: null });
    else search.setQuery(`from:"${name.name.replaceAll('"', '')}" `);
  };
  return (
    <Show when={distinct().length > 0}>
      <section class={css['names']} aria-label={t('search.names')}>
        <h2 class={paneCss['quiet']}>{t('search.names')}</h2>
        <ul>
          <For each={distinct()}>
            {(name) => (
              <li>
                <button type="button" class={css['name']} onClick={() => choose(name)}>
                  <Icon name={name.kind === 'person' ? 'person' : 'chat'} />
                  <bdi>{name.name}</bdi>
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
