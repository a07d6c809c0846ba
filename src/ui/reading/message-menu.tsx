import { type Accessor, type JSX, Show, createSignal } from 'solid-js';
import type { MessageView } from '../../model/view';
import { type MarkState, changeMark, withMark } from '../keeping/change-mark';
import { KeepDialog } from '../keeping/keep-dialog';
import { copyText } from '../primitives/copy-text';
import { Dialog } from '../primitives/dialog';
import type { MenuItem } from '../primitives/menu';
import { dayKey } from '../format';
import { openDay } from '../searching/day-query';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import type { TimelineState } from './timeline-state';

interface MessageMenu {
  readonly target: Accessor<{ readonly message: MessageView; readonly anchor: HTMLElement } | null>;
  readonly open: (message: MessageView, anchor: HTMLElement) => void;
  readonly close: () => void;
  readonly items: (message: MessageView) => readonly MenuItem[];
  readonly dialogs: () => JSX.Element;
}

/** What can be done with a message: copy, choose it and others, keep something on it, see all that is known of it. Nothing alters it. */
export function useMessageMenu(amend: TimelineState['amend'], select: (message: MessageView) => void): MessageMenu {
  const ui = useUi();
  const { t, toasts } = ui;
  const [keeping, setKeeping] = createSignal<{ readonly message: MessageView; readonly field: 'note' | 'tags' } | null>(null);
  const [target, setTarget] = createSignal<{ readonly message: MessageView; readonly anchor: HTMLElement } | null>(null);
  const [detailed, setDetailed] = createSignal<MessageView | null>(null);
  const copy = (text: string): void => {
    copyText(text, toasts);
  };
  const change = (message: MessageView, after: MarkState): void =>
    void changeMark(ui, message, message, after, (mark) => amend(message.seq, (was) => withMark(was, mark)));
  return {
    target,
    open: (message, anchor) => setTarget({ message, anchor }),
    close: () => setTarget(null),
    items: (message) => [
      ...(message.text === '' ? [] : [{ label: t('message.copy'), icon: 'copy' as const, run: () => copy(message.text) }]),
      { label: t('select.start'), icon: 'check', run: () => select(message) },
      {
        label: t(message.bookmarked ? 'message.unbookmark' : 'message.bookmark'),
        icon: 'bookmark',
        run: () => change(message, { ...message, bookmarked: !message.bookmarked }),
      },
      { label: t(message.note ? 'keep.editNote' : 'keep.addNote'), icon: 'note', run: () => setKeeping({ message, field: 'note' }) },
      { label: t('keep.editTags'), icon: 'tag', run: () => setKeeping({ message, field: 'tags' }) },
      ...(dayKey(message.sentAtMs) === ''
        ? []
        : [{ label: t('message.wholeDay'), icon: 'calendar' as const, run: () => openDay(ui, dayKey(message.sentAtMs)) }]),
      { label: t('message.details'), icon: 'info', run: () => setDetailed(message) },
    ],
    dialogs: () => (
      <>
        <Show when={detailed()}>{(message) => <MessageDetails message={message()} onClose={() => setDetailed(null)} />}</Show>
        <Show when={keeping()}>
          {(kept) => (
            <KeepDialog
              mark={kept().message}
              field={kept().field}
              onSave={(after) => change(kept().message, after)}
              onClose={() => setKeeping(null)}
            />
          )}
        </Show>
      </>
    ),
  };
}

function MessageDetails(props: { readonly message: MessageView; readonly onClose: () => void }): JSX.Element {
  const { t, format } = useUi();
  const clock = (): string =>
    new Date(props.message.sentAtMs + props.message.zoneOffsetMin * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  return (
    <Dialog title={t('message.details')} onClose={props.onClose}>
      <dl class={paneCss['facts']}>
        <dt>{t('message.sender')}</dt>
        <dd>
          <bdi>{props.message.senderView?.name ?? t('service.someone')}</bdi>
        </dd>
        <dt>{t('message.time')}</dt>
        <dd>{format().instant(props.message.sentAtMs)}</dd>
        <Show when={props.message.clock !== 'absolute'}>
          <dt>{t('message.clock')}</dt>
          <dd>
            {clock()}
            <p class={paneCss['quiet']}>{t('message.zoneless')}</p>
          </dd>
        </Show>
        <dt>{t('message.kind')}</dt>
        <dd>{t(`kind.${props.message.kind}`)}</dd>
        <dt>{t('message.number')}</dt>
        <dd>{format().count(props.message.position + 1)}</dd>
        <Show when={props.message.sourceId}>
          {(sourceId) => (
            <>
              <dt>{t('message.sourceId')}</dt>
              <dd>
                <bdi>{sourceId()}</bdi>
              </dd>
            </>
          )}
        </Show>
      </dl>
    </Dialog>
  );
}
