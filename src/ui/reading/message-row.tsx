import { For, type JSX, Match, Show, Switch } from 'solid-js';
import type { MessageView } from '../../model/view';
import { Icon } from '../icons/icon';
import { MessageMarks } from '../keeping/message-marks';
import { Avatar } from '../primitives/avatar';
import { IconButton } from '../primitives/button';
import { Phrase } from '../primitives/phrase';
import { ChoiceBox } from '../selecting/choice-box';
import type { Choosing } from '../selecting/choosing';
import choiceCss from '../selecting/selecting.module.css';
import { useUi } from '../ui';
import { Attachments, type OpenMedia } from './attachments';
import css from './bubble.module.css';
import { Cards } from './cards';
import { MessageText } from './message-text';
import type { Row } from './rows';
import { serviceLine } from './service-line';

export interface RowProps {
  readonly row: Row;
  readonly messageCount: number;
  readonly isGroup: boolean;
  readonly flash: boolean;
  readonly choosing: Choosing;
  readonly onOpenMedia: OpenMedia;
  readonly onJump: (position: number) => void;
  readonly onMenu: (message: MessageView, anchor: HTMLElement) => void;
}

/** One message, as an article that knows its place among all messages of the conversation. */
export function MessageRow(props: RowProps): JSX.Element {
  const { t, format } = useUi();
  const message = (): MessageView => props.row.message;
  const isSystem = (): boolean => message().kind === 'system';
  const label = (): string =>
    t('message.label', { name: message().senderView?.name ?? t('service.someone'), time: format().instant(message().sentAtMs) });
  return (
    <li classList={{ [choiceCss['item'] ?? '']: props.choosing.isOn() }}>
      <Show when={props.choosing.isOn()}>
        <ChoiceBox choosing={props.choosing} seq={message().seq} position={message().position} label={label()} />
      </Show>
      <article
        class={isSystem() ? css['system'] : css['row']}
        classList={{
          [css['own'] ?? '']: !isSystem() && message().own,
          [css['lone'] ?? '']: !props.isGroup && !message().own,
          [css['starts'] ?? '']: props.row.startsGroup,
          [css['ends'] ?? '']: props.row.endsGroup,
          [css['bare'] ?? '']: isBare(message()),
          [css['flash'] ?? '']: props.flash,
        }}
        aria-label={label()}
        aria-posinset={message().position + 1}
        aria-setsize={props.messageCount}
        tabindex="-1"
        data-seq={message().seq}
        data-position={message().position}
      >
        <Show when={!isSystem()} fallback={<SystemLine message={message()} />}>
          <Show when={props.isGroup && !message().own}>
            <span class={css['avatar']}>
              <Show when={props.row.endsGroup}>
                <Avatar name={message().senderView?.name ?? ''} seed={message().sender ?? ''} hue={message().senderView?.hue ?? 0} small />
              </Show>
            </span>
          </Show>
          <div class={css['stack']}>
            <div class={css['line']}>
              <Bubble {...props} />
              <IconButton
                icon="more"
                label={t('message.menu')}
                class={css['more'] ?? ''}
                aria-haspopup="menu"
                onClick={(event) => props.onMenu(message(), event.currentTarget)}
              />
            </div>
            <Reactions message={message()} />
          </div>
        </Show>
      </article>
    </li>
  );
}

/** True for what stands without a bubble: stickers and nothing else. */
function isBare(message: MessageView): boolean {
  return message.kind === 'sticker' && message.text === '' && message.attachments.every(({ sha256 }) => sha256 !== null);
}

function SystemLine(props: { readonly message: MessageView }): JSX.Element {
  const { t, format } = useUi();
  return (
    <div class={css['systemText']} title={format().instant(props.message.sentAtMs)}>
      <p dir="auto">{serviceLine(props.message, t, format())}</p>
      <MessageMarks mark={props.message} />
    </div>
  );
}

function Bubble(props: RowProps): JSX.Element {
  const { t } = useUi();
  const message = (): MessageView => props.row.message;
  return (
    <div class={css['bubble']}>
      <Show when={props.isGroup && !message().own && props.row.startsGroup}>
        <bdi class={`${css['name']} ${css[`n${message().senderView?.hue ?? 0}`]}`}>
          {message().senderView?.name ?? t('service.someone')}
        </bdi>
      </Show>
      <Show when={message().facts?.forward}>
        {(forward) => (
          <p class={css['label']}>
            <Icon name="forward" />
            <span>
              <Show when={forward().fromName} fallback={t('message.forwardedPlain')}>
                {(name) => <Phrase of="message.forwarded" values={{ name: name() }} />}
              </Show>
            </span>
          </p>
        )}
      </Show>
      <Reply message={message()} onJump={props.onJump} />
      <Show when={message().facts?.deleted}>
        {(deleted) => (
          <p class={css['label']}>
            <Icon name="trash" />
            {t(`message.deleted.${deleted().by}`)}
          </p>
        )}
      </Show>
      <Attachments message={message()} onOpen={props.onOpenMedia} />
      <Cards message={message()} />
      <Show when={message().text !== ''} fallback={<Meta message={message()} />}>
        <MessageText text={message().text} entities={message().facts?.entities}>
          <Meta message={message()} />
        </MessageText>
      </Show>
      <OlderTexts message={message()} />
      <MessageMarks mark={message()} />
    </div>
  );
}

function Reply(props: { readonly message: MessageView; readonly onJump: (position: number) => void }): JSX.Element {
  const { t } = useUi();
  const position = (): number | null => props.message.reply?.position ?? null;
  const excerpt = (): string => props.message.reply?.excerpt ?? props.message.facts?.replyTo?.excerpt ?? '';
  const jump = (): void => {
    const at = position();
    if (at !== null) props.onJump(at);
  };
  return (
    <Show when={props.message.reply ?? props.message.facts?.replyTo}>
      <button
        type="button"
        class={css['quote']}
        disabled={position() === null}
        title={t(position() === null ? 'message.replyUnknown' : 'message.replyJump')}
        onClick={jump}
      >
        <Show when={props.message.reply?.senderName}>{(name) => <bdi class={css['quoteName']}>{name()}</bdi>}</Show>
        <span class={css['quoteText']} dir="auto">
          {excerpt() === '' ? t('message.replyEmpty') : excerpt()}
        </span>
      </button>
    </Show>
  );
}

function OlderTexts(props: { readonly message: MessageView }): JSX.Element {
  const { t } = useUi();
  return (
    <Show when={props.message.facts?.olderTexts}>
      {(older) => (
        <details class={css['older']}>
          <summary>{t('message.older', { count: older().length })}</summary>
          <For each={older()}>
            {(one) => (
              <p class={css['text']} dir="auto">
                {one.text}
              </p>
            )}
          </For>
        </details>
      )}
    </Show>
  );
}

function Meta(props: { readonly message: MessageView }): JSX.Element {
  const { t, format } = useUi();
  const exact = (): string => {
    const instant = format().instant(props.message.sentAtMs);
    return props.message.clock === 'absolute' ? instant : `${instant}\n${t('message.zoneless')}`;
  };
  return (
    <span class={css['meta']}>
      <Show when={props.message.bookmarked}>
        <span role="img" aria-label={t('message.bookmarked')} title={t('message.bookmarked')}>
          <Icon name="bookmark" />
        </span>
      </Show>
      <Switch>
        <Match when={props.message.facts?.edited?.editedAtMs}>
          {(editedAtMs) => <span title={format().instant(editedAtMs())}>{t('message.edited')}</span>}
        </Match>
        <Match when={props.message.facts?.edited}>
          <span>{t('message.edited')}</span>
        </Match>
      </Switch>
      <time title={exact()}>{format().clock(props.message.sentAtMs)}</time>
    </span>
  );
}

function Reactions(props: { readonly message: MessageView }): JSX.Element {
  const { t, format } = useUi();
  return (
    <Show when={props.message.facts?.reactions}>
      {(reactions) => (
        <ul class={css['reactions']} aria-label={t('message.reactions')}>
          <For each={reactions()}>
            {(reaction) => (
              <li class={css['reaction']} title={format().list([...reaction.by])}>
                <bdi>{reaction.emoji}</bdi> {format().count(reaction.count)}
              </li>
            )}
          </For>
        </ul>
      )}
    </Show>
  );
}
