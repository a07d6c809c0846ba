import { createSignal, For, type JSX, lazy, Show, Suspense } from 'solid-js';
import { Button, IconButton } from '../primitives/button';
import { Chip, ChipRow } from '../primitives/controls';
import { useUi } from '../ui';
import { hasFilter, isUnfinished, toggleFilter } from './query-words';
import { SaveDialog } from './save-dialog';
import { type SavedSearch, newSearchId } from './saved-searches';
import css from './search.module.css';

const ExportHits = lazy(async () => ({ default: (await import('../exports/export-messages')).ExportHits }));
const mediaFilters = ['image', 'video', 'voice', 'file', 'link'] as const;

/** What narrows or widens the search, above what it has found. */
export function SearchTools(): JSX.Element {
  const { t, search } = useUi();
  return (
    <div class={css['tools']}>
      <ChipRow label={t('search.filters')}>
        <ScopeChip />
        <For each={mediaFilters}>
          {(kind) => (
            <Chip
              label={t(`search.has.${kind}`)}
              on={hasFilter(search.query(), `has:${kind}`)}
              onToggle={() => search.setQuery(toggleFilter(search.query(), `has:${kind}`))}
            />
          )}
        </For>
        <For each={['spelling', 'pinyin'] as const}>
          {(way) => (
            <Chip
              label={t(`search.loose.${way}`)}
              on={search.loose()[way]}
              onToggle={() => search.setLoose({ ...search.loose(), [way]: !search.loose()[way] })}
            />
          )}
        </For>
      </ChipRow>
      <SearchCount />
    </div>
  );
}

/** The conversation that is searched alone, or the open one, which can be. */
function ScopeChip(): JSX.Element {
  const { t, search, current, conversations } = useUi();
  const other = (): string | undefined =>
    search.scope() === current()?.id ? undefined : conversations()?.find(({ id }) => id === search.scope())?.name;
  return (
    <>
      <Show when={other()}>
        {(name) => <Chip label={t('search.onlyHere', { name: name() })} on onToggle={() => search.setScope(null)} />}
      </Show>
      <Show when={current()}>
        {(open) => (
          <Chip
            label={t('search.inHere')}
            on={search.scope() === open().id}
            onToggle={() => search.setScope(search.scope() === open().id ? null : open().id)}
          />
        )}
      </Show>
    </>
  );
}

function SearchCount(): JSX.Element {
  const { t, search } = useUi();
  const isAsked = (): boolean => !isUnfinished(search.query()) && search.refused() === null;
  const words = (): string => {
    if (!isAsked()) return '';
    if (!search.done()) return search.count() === 0 ? t('search.running') : t('search.soFar', { count: search.count() });
    return t('search.count', { count: search.count() });
  };
  return (
    <div class={css['count']} classList={{ [css['idle'] ?? '']: !isAsked() }}>
      <span role="status">{words()}</span>
      <span class={css['countActions']}>
        <Show when={search.hits().length > 1}>
          <Button look="plain" onClick={() => search.setOrder(search.order() === 'newest' ? 'oldest' : 'newest')}>
            {t(`search.order.${search.order()}`)}
          </Button>
        </Show>
        <Show when={isAsked()}>
          <SaveButton />
          <Suspense>{search.done() && search.count() > 0 && <ExportHits />}</Suspense>
        </Show>
      </span>
    </div>
  );
}

function SaveButton(): JSX.Element {
  const { t, search, conversations } = useUi();
  const [saving, setSaving] = createSignal<SavedSearch | null>(null);
  const save = (): void => {
    const scope = conversations()?.find(({ id }) => id === search.scope());
    // On another device the conversation has another id: by its name it is found there too.
    const inScope = scope === undefined ? '' : ` in:"${scope.name.replaceAll('"', '')}"`;
    const query = search.query().trim();
    setSaving({ id: newSearchId(), name: query, query: `${query}${inScope}`, order: search.order(), loose: search.loose() });
  };
  return (
    <>
      <IconButton icon="bookmark" label={t('search.save')} onClick={save} />
      <Show when={saving()}>{(one) => <SaveDialog search={one()} isNew onClose={() => setSaving(null)} />}</Show>
    </>
  );
}
