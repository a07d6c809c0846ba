import { For, type JSX, Show, createMemo, createSignal } from 'solid-js';
import { Button } from '../primitives/button';
import { useUi } from '../ui';
import { type Group, groupsByTime } from './group-rows';
import { withRange } from './month-range';
import css from './search.module.css';

/** Rows drawn at first, and more of them each time. */
const page = 100;

/** Hits by the conversation they are in, most first; opening one narrows to it. */
export function ConversationGroups(): JSX.Element {
  const { t, search, conversations } = useUi();
  const names = createMemo(() => new Map(conversations()?.map(({ id, name }) => [id, name])));
  const groups = createMemo((): readonly Group[] =>
    [...search.conversations()]
      .sort(([, a], [, b]) => b - a)
      .map(([id, count]) => ({
        name: names().get(id) ?? t('search.unnamed'),
        count,
        open: () => {
          search.setView('messages');
          search.setScope(id);
        },
      })),
  );
  return <GroupList groups={groups()} />;
}

/** Hits by year, and by month where they are of few years; opening one narrows to it. */
export function TimeGroups(): JSX.Element {
  const { search, format, language } = useUi();
  const groups = createMemo((): readonly Group[] =>
    groupsByTime(search.months(), search.order()).map(({ range, year, month, count }) => ({
      name: month === null ? String(year) : format().month(month),
      count,
      open: () => {
        if (month !== null) search.setView('messages');
        search.setQuery(withRange(search.query(), range, language()));
      },
    })),
  );
  return <GroupList groups={groups()} />;
}

function GroupList(props: { readonly groups: readonly Group[] }): JSX.Element {
  const { t, format } = useUi();
  const [limit, setLimit] = createSignal(page);
  return (
    <>
      <ol aria-label={t('search.groups')}>
        <For each={props.groups.slice(0, limit())}>
          {(group) => (
            <li>
              <button type="button" class={css['group']} onClick={() => group.open()}>
                <bdi class={css['where']}>{group.name}</bdi>
                <span class={css['groupCount']}>{format().count(group.count)}</span>
              </button>
            </li>
          )}
        </For>
      </ol>
      <Show when={props.groups.length > limit()}>
        <p class={css['bottom']}>
          <Button onClick={() => setLimit(limit() + page)}>{t('search.moreGroups')}</Button>
        </p>
      </Show>
    </>
  );
}
