import { type JSX, Show } from 'solid-js';
import type { ConversationView } from '../../model/view';
import { Icon } from '../icons/icon';
import { Avatar, SourceBadge } from '../primitives/avatar';
import { formatRoute } from '../router';
import { useUi } from '../ui';
import css from './conversation-list.module.css';

/** The last message in short: its text, or what kind it is. */
function LastMessage(props: { readonly of: NonNullable<ConversationView['last']>; readonly isGroup: boolean }): JSX.Element {
  const { t } = useUi();
  return (
    <span class={css['last']}>
      <Show when={props.isGroup && props.of.senderName}>
        <bdi>{props.of.senderName}</bdi>
        {t('list.senderMark')}
      </Show>
      <bdi>{props.of.text === '' ? t(`kind.${props.of.kind}`) : props.of.text.slice(0, 160)}</bdi>
    </span>
  );
}

export function ConversationRow(props: { readonly conversation: ConversationView; readonly isCurrent: boolean }): JSX.Element {
  const { t, format } = useUi();
  return (
    <a
      class={css['row']}
      href={formatRoute({ screen: 'conversation', id: props.conversation.id, seq: null })}
      aria-current={props.isCurrent ? 'page' : undefined}
      data-conversation={props.conversation.id}
    >
      <span class={css['avatar']}>
        <Avatar name={props.conversation.name} seed={props.conversation.id} />
      </span>
      <span class={css['name']}>
        <bdi>{props.conversation.name}</bdi>
        <Show when={props.conversation.pinned}>
          <Icon name="pin" />
        </Show>
        <Show when={props.conversation.hidden}>
          <Icon name="hide" />
        </Show>
      </span>
      <Show when={props.conversation.lastAtMs}>
        {(lastAtMs) => (
          <time class={css['time']} title={format().instant(lastAtMs())}>
            {format().listTime(lastAtMs(), Date.now())}
          </time>
        )}
      </Show>
      <Show when={props.conversation.last} fallback={<span class={css['last']}>{t('list.nothing')}</span>}>
        {(last) => <LastMessage of={last()} isGroup={props.conversation.shape === 'group'} />}
      </Show>
      <span class={css['badges']}>
        <span title={t('count.messages', { count: props.conversation.messageCount })}>
          {format().count(props.conversation.messageCount)}
        </span>
        <SourceBadge source={props.conversation.source} />
      </span>
    </a>
  );
}
