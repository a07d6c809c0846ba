import type { JSX } from 'solid-js';
import { Show, Suspense, createSignal, lazy } from 'solid-js';
import type { ConversationView } from '../../model/view';
import { RemoveDialog } from '../conversations/remove-dialog';
import { markConversation } from '../conversations/overlays';
import { openSearch } from '../commands';
import { IconButton } from '../primitives/button';
import { Menu, type MenuItem } from '../primitives/menu';
import { PaneHead } from '../shell/pane';
import { useUi } from '../ui';

const JoinDialog = lazy(async () => ({ default: (await import('../conversations/join-dialog')).JoinDialog }));
const SeparateDialog = lazy(async () => ({ default: (await import('../conversations/separate-dialog')).SeparateDialog }));

/** Who this is, how much and from when; search, date and what can be done with it. */
export function TimelineHead(props: {
  readonly conversation: ConversationView;
  readonly onStart: () => void;
  readonly onEnd: () => void;
}): JSX.Element {
  const ui = useUi();
  const { t, format, session, toasts } = ui;
  const [removing, setRemoving] = createSignal(false);
  const [joining, setJoining] = createSignal<'join' | 'separate' | null>(null);
  ui.wantWords('gathering');
  const under = (): string => {
    const { firstAtMs, lastAtMs, messageCount, source } = props.conversation;
    const range = firstAtMs === null || lastAtMs === null ? null : format().dateRange(firstAtMs, lastAtMs);
    const count = t('count.messages', { count: messageCount });
    if (!ui.wide()) return count;
    return [t(`source.${source}`), count, range].filter((part) => part !== null).join(t('mark.dot'));
  };
  const mark = (kind: 'pinned' | 'hidden', on: boolean): void => {
    markConversation(session, kind, props.conversation.id, on)
      .then(
        () => kind === 'hidden' && on && toasts.notice(ui.status()?.hasPassphrase ? 'conversation.hiddenNow' : 'conversation.hiddenOpen'),
      )
      .catch(toasts.fail);
    if (kind === 'hidden' && on) ui.go({ screen: 'home' }, true);
  };
  const joinItems = (): readonly MenuItem[] => {
    if (!ui.hasWords('gathering')) return [];
    const separate: MenuItem = { label: t('join.separate'), icon: 'undo', run: () => setJoining('separate') };
    const join: MenuItem = { label: t('join.menu'), icon: 'transfer', run: () => setJoining('join') };
    return props.conversation.joined === undefined ? [join] : [join, separate];
  };
  const items = (): readonly MenuItem[] => [
    { label: t('timeline.toStart'), icon: 'toStart', run: props.onStart },
    { label: t('timeline.toEnd'), icon: 'toEnd', run: props.onEnd },
    { label: t('gallery.open'), icon: 'image', run: () => ui.go({ screen: 'gallery', id: props.conversation.id }) },
    { label: t('command.details'), icon: 'info', run: () => ui.setPanel('details') },
    {
      label: t(props.conversation.pinned ? 'conversation.unpin' : 'conversation.pin'),
      icon: 'pin',
      run: () => mark('pinned', !props.conversation.pinned),
    },
    ...joinItems(),
    props.conversation.hidden
      ? { label: t('conversation.unhide'), icon: 'eye', run: () => mark('hidden', false) }
      : { label: t('conversation.hide'), icon: 'hide', run: () => mark('hidden', true) },
    { label: t('conversation.remove'), icon: 'trash', run: () => setRemoving(true) },
  ];
  return (
    <>
      <PaneHead title={props.conversation.name} under={under()} back={!ui.wide()} level={2}>
        <IconButton icon="search" label={t('command.find')} onClick={() => openSearch(ui, true)} />
        <IconButton icon="calendar" label={t('command.date')} onClick={() => ui.setDialog('calendar')} />
        <Menu icon="more" label={t('conversation.menu')} items={items()} />
      </PaneHead>
      <Show when={removing()}>
        <RemoveDialog conversation={props.conversation} onClose={() => setRemoving(false)} />
      </Show>
      <Suspense>
        <Show when={joining() === 'join'}>
          <JoinDialog conversation={props.conversation} onClose={() => setJoining(null)} />
        </Show>
        <Show when={joining() === 'separate'}>
          <SeparateDialog conversation={props.conversation} onClose={() => setJoining(null)} />
        </Show>
      </Suspense>
    </>
  );
}
