import { For, type JSX, Show, createMemo, createSignal } from 'solid-js';
import { type CustomItemComponentProps, Virtualizer } from 'virtua/solid';
import type { ConversationId } from '../../model/ids';
import type { KeptMessage, KeptView } from '../../model/keeping';
import { foldTag } from '../../model/marks';
import type { MessageView } from '../../model/view';
import { createGalleryItems } from '../gallery/gallery-items';
import { Chips, Empty } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { sameItems } from '../primitives/same-items';
import { PaneHead } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { KeptRow } from './kept-row';
import css from './keeping.module.css';

/** Everything that the owner keeps, or what is kept in the conversation that the address names. Draws once its words are here. */
export function KeptScreen(): JSX.Element {
  const ui = useUi();
  ui.wantWords('reading');
  const id = (): ConversationId | null => {
    const route = ui.route();
    return route.screen === 'kept' ? route.id : null;
  };
  return (
    <Show when={ui.hasWords('reading') && (id() ?? 'all')} fallback={<main />} keyed>
      <Kept id={id()} />
    </Show>
  );
}

type Filter = 'all' | 'bookmarks' | 'notes' | `#${string}`;

function passes({ bookmarked, note, tags }: KeptMessage, filter: Filter): boolean {
  if (filter === 'all') return true;
  if (filter === 'bookmarks') return bookmarked;
  return filter === 'notes' ? note !== null : tags.some((name) => `#${foldTag(name)}` === filter);
}

const tagsShown = 30;

function Kept(props: { readonly id: ConversationId | null }): JSX.Element {
  const ui = useUi();
  const { t, session, toasts } = ui;
  const [chosen, setChosen] = createSignal<Filter>('all');
  const view = createLoaded(
    // The list of conversations is read anew whenever something was kept or taken back.
    () => ({ id: props.id, conversations: ui.conversations(), edition: ui.edition() }),
    ({ id }) => session.vault.kept(id),
    toasts.fail,
  );
  const name = (): string | undefined => ui.conversations()?.find(({ id }) => id === props.id)?.name;
  const options = createMemo(() => optionsOf(view(), t));
  const filter = (): Filter => (options().some(({ value }) => value === chosen()) ? chosen() : 'all');
  const messages = createMemo<readonly KeptMessage[]>((former) => sameItems(former, view()?.messages ?? [], keyOf), []);
  const shown = createMemo(() => messages().filter((message) => passes(message, filter())));
  return (
    <main class={paneCss['pane']}>
      <PaneHead title={t('command.kept')} under={name()} back={props.id !== null || !ui.wide()} />
      <Show when={options().length > 2}>
        <div class={css['filters']}>
          <Chips label={t('keep.filters')} options={options()} value={filter()} onChoose={setChosen} />
        </div>
      </Show>
      <Show when={view()}>
        <Show when={shown().length > 0} fallback={<Empty icon="bookmark" title={t('keep.empty')} words={t('keep.emptyWords')} />}>
          <KeptList messages={shown()} isOne={props.id !== null} />
        </Show>
      </Show>
    </main>
  );
}

function optionsOf(view: KeptView | undefined, t: ReturnType<typeof useUi>['t']): { readonly value: Filter; readonly label: string }[] {
  const { messages = [], tags = [] } = view ?? {};
  return [
    { value: 'all', label: t('keep.all') },
    ...(messages.some(({ bookmarked }) => bookmarked) ? [{ value: 'bookmarks' as const, label: t('keep.bookmarks') }] : []),
    ...(messages.some(({ note }) => note !== null) ? [{ value: 'notes' as const, label: t('keep.notes') }] : []),
    ...tags
      .slice(0, tagsShown)
      .map(([tag, count]) => ({ value: `#${foldTag(tag)}` as const, label: t('keep.tagCount', { name: tag, count }) })),
  ];
}

function KeptList(props: { readonly messages: readonly KeptMessage[]; readonly isOne: boolean }): JSX.Element {
  const { t, session, toasts } = useUi();
  let scroll!: HTMLDivElement;
  const items = createMemo(() => {
    const messages = props.messages;
    return createGalleryItems(async (from, to) => {
      const wanted = messages.slice(from, to);
      const found = new Map((await session.vault.keptMessages(wanted)).map((view) => [keyOf(view), view]));
      return wanted.map((one) => found.get(keyOf(one)) as MessageView);
    }, toasts.fail);
  });
  const Item = (own: CustomItemComponentProps): JSX.Element => (
    <li ref={own.ref} style={own.style} aria-posinset={own.index + 1} aria-setsize={props.messages.length}>
      {own.children}
    </li>
  );
  const places = createMemo(() => props.messages.map((message, index) => ({ message, index })));
  return (
    <div class={css['scroll']} ref={(element) => (scroll = element)} tabindex="0" role="region" aria-label={t('command.kept')}>
      <Virtualizer data={places()} as="ol" item={Item} scrollRef={scroll} itemSize={112}>
        {({ message, index }) => (
          <For each={items().range(index, index + 1)} fallback={<div class={css['waiting']} />}>
            {(view) => <KeptRow kept={message} message={view} isOne={props.isOne} />}
          </For>
        )}
      </Virtualizer>
    </div>
  );
}

const keyOf = ({ conversation, seq }: Pick<KeptMessage, 'conversation' | 'seq'>): string => `${conversation} ${seq}`;
