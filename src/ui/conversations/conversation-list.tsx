import { type JSX, Show, Suspense, createMemo, createSignal, lazy, onCleanup, onMount } from 'solid-js';
import { type CustomItemComponentProps, Virtualizer } from 'virtua/solid';
import type { SourceApp } from '../../model/source';
import { commands, listedConversations, openSearch } from '../commands';
import { Mark } from '../icons/icon';
import { showKeys } from '../keyboard';
import { Button, IconButton } from '../primitives/button';
import { Chips, Empty } from '../primitives/controls';
import { Menu, type MenuItem } from '../primitives/menu';
import { formatRoute } from '../router';
import { type Ui, useUi } from '../ui';
import css from './conversation-list.module.css';
import { ConversationRow } from './conversation-row';
import { type Filter, passesFilter, usefulFilters } from './filters';

const DueLine = lazy(async () => ({ default: (await import('../backups/due-line')).DueLine }));
/** The state of backups can wait until the list stands. */
const dueLineAfterMs = 2000;

/** All conversations, the newest first, with the app's own bar above. */
export function ConversationList(): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const [filter, setFilter] = createSignal<Filter>('all');
  const all = createMemo(() => listedConversations(ui));
  const filters = createMemo(() => usefulFilters(all()));
  const chosen = (): Filter => (filters().includes(filter()) ? filter() : 'all');
  const shown = createMemo(() => all().filter((conversation) => passesFilter(conversation, chosen())));
  let scroll!: HTMLDivElement;

  const Item = (props: CustomItemComponentProps): JSX.Element => (
    <li ref={props.ref} style={props.style} aria-posinset={props.index + 1} aria-setsize={shown().length}>
      {props.children}
    </li>
  );
  const moveFocus = (event: KeyboardEvent): void => {
    const single = ui.settings()['single-key-shortcuts'] !== 'off';
    const by =
      event.key === 'ArrowDown' || (single && event.key === 'j') ? 1 : event.key === 'ArrowUp' || (single && event.key === 'k') ? -1 : 0;
    if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const links = [...scroll.querySelectorAll<HTMLElement>('a')];
    const next = links[links.indexOf(document.activeElement as HTMLElement) + by];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <nav class={css['list']} aria-label={t('list.label')}>
      <div class={css['head']}>
        <h1 class={css['brand']}>
          <Mark />
          {t('app.name')}
        </h1>
        <IconButton icon="search" label={t('command.search')} onClick={() => openSearch(ui, false)} />
        <Menu icon="menu" label={t('list.menu')} items={menuItems(ui)} />
      </div>
      <div class={css['filters']}>
        <Show when={filters().length > 1}>
          <Chips
            label={t('list.filters')}
            options={filters().map((value) => ({ value, label: filterLabel(ui, value) }))}
            value={chosen()}
            onChoose={setFilter}
          />
        </Show>
      </div>
      <Show when={all().some(({ demo }) => demo)}>
        <a class={css['demo']} href={formatRoute({ screen: 'receipts', id: null })}>
          {t('list.demo')}
        </a>
      </Show>
      <div class={css['scroll']} ref={(element) => (scroll = element)} onKeyDown={moveFocus}>
        <Show when={shown().length > 0} fallback={<NoConversations />}>
          <Virtualizer data={shown()} as="ul" item={Item} itemSize={ui.preferences().density === 'compact' ? 52 : 68} scrollRef={scroll}>
            {(conversation) => <ConversationRow conversation={conversation} isCurrent={ui.current()?.id === conversation.id} />}
          </Virtualizer>
        </Show>
      </div>
      <BackupFoot />
    </nav>
  );
}

function BackupFoot(): JSX.Element {
  const [isTime, setTime] = createSignal(false);
  onMount(() => {
    const timer = setTimeout(() => setTime(true), dueLineAfterMs);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <Suspense>
      <Show when={isTime()}>
        <DueLine />
      </Show>
    </Suspense>
  );
}

function NoConversations(): JSX.Element {
  const { t, go, route } = useUi();
  return (
    <Empty icon="chat" title={t('list.empty')} words={t('list.noneYet')}>
      <Show when={route().screen !== 'import'}>
        <Button look="main" icon="import" onClick={() => go({ screen: 'import' })}>
          {t('command.import')}
        </Button>
      </Show>
    </Empty>
  );
}

/** The menu of the top bar, made from the commands. */
function menuItems(ui: Ui): readonly MenuItem[] {
  return commands
    .filter((command) => command.inMenu === true && command.when?.(ui) !== false)
    .map((command) => ({
      label: ui.t(command.title),
      run: () => command.run(ui),
      ...(command.icon === undefined ? {} : { icon: command.icon }),
      ...(command.keys[0] === undefined ? {} : { keys: showKeys(command.keys[0]) }),
    }));
}

function filterLabel(ui: Ui, filter: Filter): string {
  if (filter.startsWith('source:')) return ui.t(`source.${filter.slice('source:'.length) as SourceApp}`);
  return ui.t(`list.filter.${filter as 'all' | 'people' | 'groups' | 'pinned'}`);
}
