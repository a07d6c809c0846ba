import { type JSX, Match, Show, Switch, createEffect, on, onCleanup, onMount } from 'solid-js';
import { Button, IconButton } from '../primitives/button';
import { Chips, Empty } from '../primitives/controls';
import paneCss from '../shell/pane.module.css';
import { screenZone, useUi } from '../ui';
import { DayBar } from './day-bar';
import { ConversationGroups, TimeGroups } from './groups';
import { Hits } from './hits';
import { MonthHistogram } from './month-histogram';
import { NameHits } from './name-hits';
import { isUnfinished } from './query-words';
import { rememberSearch } from './recent-searches';
import css from './search.module.css';
import { SearchField } from './search-field';
import { SearchHome } from './search-home';
import { SearchTools } from './search-tools';

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
    session.prepareSearch(screenZone()).catch(ui.toasts.fail);
  });
  createEffect(on(ui.edition, () => search.query() === '' || search.again(), { defer: true }));
  createEffect(on(search.at, (at) => at >= 0 && rememberSearch(ui)));
  onCleanup(() => rememberSearch(ui));
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
      <SearchTools />
      <div class={paneCss['body']}>
        <DayBar />
        <Switch fallback={<Found />}>
          <Match when={isUnfinished(search.query())}>
            <SearchHome />
          </Match>
          <Match when={search.refused()}>
            <Refused />
          </Match>
        </Switch>
      </div>
    </search>
  );
}

/** Names, months, then messages or the groups they fall into. Months stay where the chosen ones hold nothing. */
function Found(): JSX.Element {
  const { t, search } = useUi();
  const views = ['messages', 'conversations', 'months'] as const;
  return (
    <>
      <NameHits />
      <MonthHistogram />
      <Show when={search.count() > 1}>
        <div class={css['views']}>
          <Chips
            label={t('search.view')}
            options={views.map((value) => ({ value, label: t(`search.view.${value}`) }))}
            value={search.view()}
            onChoose={search.setView}
          />
        </div>
      </Show>
      <Switch fallback={<Hits />}>
        <Match when={search.done() && search.count() === 0 && search.names().length === 0}>
          <NothingFound />
        </Match>
        <Match when={search.view() === 'conversations'}>
          <ConversationGroups />
        </Match>
        <Match when={search.view() === 'months'}>
          <TimeGroups />
        </Match>
      </Switch>
    </>
  );
}

/** Why the query cannot be looked for, and the place in it where that shows. */
function Refused(): JSX.Element {
  const { t, search } = useUi();
  const code = (): 'query-invalid' | 'query-too-slow' => (search.refused()?.code === 'query-too-slow' ? 'query-too-slow' : 'query-invalid');
  const place = (): number | null => {
    const position = search.refused()?.facts['position'];
    return typeof position === 'number' ? position : null;
  };
  const query = (): string => search.query().trim();
  return (
    <Empty icon="search" title={t('search.refused')} words={t(`error.${code()}`)}>
      <Show when={place() !== null}>
        <p class={css['refused']}>
          <code dir="ltr">
            {query().slice(0, place() ?? 0)}
            <mark>{query().slice(place() ?? 0, (place() ?? 0) + 1) || ' '}</mark>
            {query().slice((place() ?? 0) + 1)}
          </code>
        </p>
        <p>{t('search.refusedPlace', { number: (place() ?? 0) + 1 })}</p>
      </Show>
    </Empty>
  );
}

function NothingFound(): JSX.Element {
  const { t, search } = useUi();
  return (
    <Empty icon="search" title={t('search.nothing')} words={t('search.nothingWords')}>
      <Show when={search.scope() !== null}>
        <Button onClick={() => search.setScope(null)}>{t('search.tryEverywhere')}</Button>
      </Show>
    </Empty>
  );
}
