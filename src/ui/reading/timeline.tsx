import { type JSX, Show, createSignal } from 'solid-js';
import type { Attachment } from '../../model/message';
import type { ConversationView, MessageView, MonthCount } from '../../model/view';
import { IconButton } from '../primitives/button';
import { createLoaded } from '../primitives/loaded';
import { MenuPopover } from '../primitives/menu';
import { useSelecting } from '../selecting/selecting';
import { screenZone, useUi } from '../ui';
import { isVisual } from './attachments';
import { CalendarDialog } from './calendar-dialog';
import { Lightbox, type LightboxItem } from './lightbox';
import { useMessageMenu } from './message-menu';
import { MessageList } from './message-list';
import { MonthRail } from './month-rail';
import { createReader } from './reader';
import { SearchSteps } from './search-steps';
import { TimelineHead } from './timeline-head';
import { createTimelineState } from './timeline-state';
import css from './timeline.module.css';
import { type MessageWindow, reaches } from './window';

interface Shown {
  readonly items: readonly LightboxItem[];
  readonly start: number;
  readonly isWhole: boolean;
}

interface TimelineProps {
  readonly conversation: ConversationView;
}

/** One conversation, from any of its messages on. Drawn once its words are here. */
export function Timeline(props: TimelineProps): JSX.Element {
  const { hasWords, wantWords } = useUi();
  wantWords('reading');
  return (
    <Show when={hasWords('reading')} fallback={<main />}>
      <Messages conversation={props.conversation} />
    </Show>
  );
}

function Messages(props: TimelineProps): JSX.Element {
  const ui = useUi();
  const id = (): ConversationView['id'] => props.conversation.id;
  const state = createTimelineState((...wanted) => ui.session.vault.page(...wanted));
  const [lightbox, setLightbox] = createSignal<Shown | null>(null);
  let scroller!: HTMLElement;
  const reader = createReader({ ui, state, id, scroller: () => scroller });
  const selecting = useSelecting({ conversation: () => props.conversation, state, reader, scroller: () => scroller });
  const menu = useMessageMenu(state.amend, selecting.start);
  const loaded = createLoaded(
    () => ({ conversation: id(), edition: ui.edition() }),
    (wanted) => ui.session.vault.months(wanted.conversation, screenZone()),
    ui.toasts.fail,
  );
  const months = (): readonly MonthCount[] => loaded() ?? [];
  const hasRail = (): boolean => ui.wide() && months().length > 1;
  const openMedia = (message: MessageView, attachment: Attachment): void =>
    void setLightbox(mediaAround(state.window(), message, attachment));
  const showInChat = (message: MessageView): void => {
    setLightbox(null);
    reader.jump(message.position, true);
  };
  return (
    <main class={css['pane']}>
      <TimelineHead conversation={props.conversation} onStart={reader.toStart} onEnd={reader.toEnd} />
      <SearchSteps />
      <div class={css['area']} classList={{ [css['railed'] ?? '']: hasRail(), [css['moving'] ?? '']: reader.moving() }}>
        <MessageList
          ref={(element) => (scroller = element)}
          conversation={props.conversation}
          state={state}
          reader={reader}
          onOpenMedia={openMedia}
          onMenu={menu.open}
          choosing={selecting.choosing}
        />
        <Show when={hasRail()}>
          <MonthRail months={months()} position={reader.position()} onJump={reader.jump} />
        </Show>
        <Show when={!reader.atEnd()}>
          <IconButton class={css['float'] ?? ''} icon="down" label={ui.t('timeline.toEnd')} onClick={reader.toEnd} />
        </Show>
      </div>
      {selecting.bar()}
      <Show when={menu.target()}>
        {(target) => (
          <MenuPopover label={ui.t('message.menu')} anchor={target().anchor} items={menu.items(target().message)} onClose={menu.close} />
        )}
      </Show>
      {menu.dialogs()}
      <Show when={ui.dialog() === 'calendar' && months().length > 0}>
        <CalendarDialog
          conversation={id()}
          months={months()}
          position={reader.position()}
          onJump={reader.jump}
          onClose={() => ui.setDialog(null)}
        />
      </Show>
      <Show when={lightbox()}>{(shown) => <Lightbox {...shown()} onClose={() => setLightbox(null)} onShow={showInChat} />}</Show>
    </main>
  );
}

/** The pictures of what is mounted, and which of them was chosen. */
function mediaAround(window: MessageWindow | null, message: MessageView, attachment: Attachment): Shown {
  const items = (window?.messages ?? []).flatMap((one) =>
    one.attachments.filter(isVisual).map((each) => ({ message: one, attachment: each })),
  );
  const start = items.findIndex((item) => item.message.seq === message.seq && item.attachment === attachment);
  const isWhole = window !== null && reaches(window, 'before') && reaches(window, 'after');
  return { items, start: Math.max(0, start), isWhole };
}
