import { For, type JSX, Match, Show, Switch, createEffect, on, onMount } from 'solid-js';
import type { ConversationId } from '../../model/ids';
import type { SearchHit, SearchUpdate } from '../../model/view';
import { Icon } from '../icons/icon';
import { Button, IconButton } from '../primitives/button';
import { Chip, ChipRow, Empty } from '../primitives/controls';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { hasFilter, isUnfinished, toggleFilter } from './query-words';
import { MonthHistogram } from './month-histogram';
import { SearchField } from './search-field';
import css from './search.module.css';
import { Snippet } from './snippet';

const mediaFilters = ['image', 'video', 'voice', 'file', 'link'] as const;

/** Search over everything kept here, or over the conversation that is open. */
export function SearchPane(): JSX.Element {
  const ui = useUi();
  ui.wantWords('search');
  return (
    <Show when={ui.hasWords('search')}>
      <SearchPaneWithWords />
    </Show>
  );
}

function SearchPaneWithWords(): JSX.Element {
  const ui = useUi();
  const { t, search, session } = ui;
  onMount(() => {
    ui.setPanel('search');
    session.prepareSearch().catch(ui.toasts.fail);
  });
  createEffect(on(ui.edition, () => search.again(), { defer: true }));
  const close = (): void => {
    ui.setPanel(null);
    search.leave();
    if (ui.route().screen === 'search') history.back();
  };
  return (
    <search class={paneCss['pane']} aria-label={t('search.label')}>
      <div class={paneCss['head']}>
        <Show when={!ui.wide()}>
          <IconButton icon="back" label={t('action.back')} onClick={close} />
        </Show>
        <SearchField />
        <Show when={ui.wide()}>
          <IconButton icon="close" label={t('action.close')} onClick={close} />
        </Show>
      </div>
      <div class={css['tools']}>
        <ChipRow label={t('search.filters')}>
          <Show when={ui.current()}>
            {(current) => (
              <Chip
                label={t('search.inHere')}
                on={search.scope() === current().id}
                onToggle={() => search.setScope(search.scope() === current().id ? null : current().id)}
              />
            )}
          </Show>
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
      <div class={paneCss['body']}>
        <Switch fallback={<Hits />}>
          <Match when={isUnfinished(search.query())}>
            <SearchHints />
          </Match>
          <Match when={search.refused()}>
            {(code) => <Empty icon="search" title={t('search.nothing')} words={t(`error.${code()}`)} />}
          </Match>
          <Match when={search.done() && search.count() === 0 && search.names().length === 0}>
            <Empty icon="search" title={t('search.nothing')} words={t('search.nothingWords')}>
              <Show when={search.scope() !== null}>
                <Button onClick={() => search.setScope(null)}>{t('search.tryEverywhere')}</Button>
              </Show>
            </Empty>
          </Match>
        </Switch>
      </div>
    </search>
  );
}

function SearchCount(): JSX.Element {
  const { t, search } = useUi();
  const words = (): string => {
    if (isUnfinished(search.query()) || search.refused() !== null) return '';
    if (!search.done()) return search.count() === 0 ? t('search.running') : t('search.soFar', { count: search.count() });
    return t('search.count', { count: search.count() });
  };
  return (
    <div class={css['count']}>
      <span role="status">{words()}</span>
      <Show when={search.hits().length > 1}>
        <Button look="plain" onClick={() => search.setOrder(search.order() === 'newest' ? 'oldest' : 'newest')}>
          {t(`search.order.${search.order()}`)}
        </Button>
      </Show>
    </div>
  );
}

function Hits(): JSX.Element {
  const { t, search } = useUi();
  return (
    <>
      <Show when={search.names().length > 0}>
        <Names names={search.names()} />
      </Show>
      <MonthHistogram />
      <ol aria-label={t('search.results')}>
        <For each={search.hits()}>
          {(hit, index) => (
            <li>
              <HitRow hit={hit} isCurrent={index() === search.at()} onOpen={() => search.open(index())} />
            </li>
          )}
        </For>
      </ol>
      <Show when={search.done() && search.hits().length < search.count()}>
        <p class={css['bottom']}>
          <Button onClick={() => search.more()}>{t('search.more')}</Button>
        </p>
      </Show>
    </>
  );
}

function HitRow(props: { readonly hit: SearchHit; readonly isCurrent: boolean; readonly onOpen: () => void }): JSX.Element {
  const { t, format, search } = useUi();
  return (
    <button type="button" class={css['hit']} aria-current={props.isCurrent ? 'true' : undefined} onClick={() => props.onOpen()}>
      <bdi class={css['where']}>
        {search.scope() === null ? props.hit.conversationName : (props.hit.senderName ?? props.hit.conversationName)}
      </bdi>
      <time class={css['when']} title={format().instant(props.hit.sentAtMs)}>
        {format().date(props.hit.sentAtMs)}
      </time>
      <Show when={search.scope() === null && props.hit.senderName !== props.hit.conversationName && props.hit.senderName}>
        {(name) => <bdi class={css['who']}>{name()}</bdi>}
      </Show>
      <span class={css['snippet']} dir="auto">
        <Show when={props.hit.snippet !== ''} fallback={t(`kind.${props.hit.kind}`)}>
          <Snippet snippet={props.hit.snippet} highlights={props.hit.highlights} />
        </Show>
      </span>
    </button>
  );
}

/** Conversations and people whose names match: one opens, the other becomes a filter. */
function Names(props: { readonly names: SearchUpdate['names'] }): JSX.Element {
  const { t, search, go } = useUi();
  // A name that several people bear is one filter.
  const distinct = (): SearchUpdate['names'] => [
    ...new Map(props.names.map((name) => [name.kind === 'person' ? `person ${name.name}` : name.id, name])).values(),
  ];
  const choose = (name: SearchUpdate['names'][number]): void => {
    if (name.kind === 'conversation') go({ screen: 'conversation', id: name.id as ConversationId, seq: null });
    else search.setQuery(`from:"${name.name.replaceAll('"', '')}" `);
  };
  return (
    <section class={css['names']} aria-label={t('search.names')}>
      <h2 class={paneCss['quiet']}>{t('search.names')}</h2>
      <ul>
        <For each={distinct().slice(0, 12)}>
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
  );
}

const hints = ['phrase', 'without', 'or', 'from', 'in', 'before', 'during', 'has', 'larger', 'wildcard', 'regex'] as const;

function SearchHints(): JSX.Element {
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
