import { For, type JSX, Match, Show, Switch, createMemo } from 'solid-js';
import type { MessageFacts } from '../../model/record';
import type { MessageView } from '../../model/view';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/paths';
import { useUi } from '../ui';
import bubbleCss from './bubble.module.css';
import css from './card.module.css';
import { safeHref } from '../../model/links';
import { Link } from './message-text';

/** The part of a message that is neither text nor a file: place, contact, call, poll, transfer, or what we do not know. */
export function Cards(props: { readonly message: MessageView }): JSX.Element {
  const { t } = useUi();
  const facts = (): MessageFacts => props.message.facts ?? {};
  const plainKind = (): 'transfer' | 'link' | 'forwarded' | null => {
    const { kind } = props.message;
    return kind === 'transfer' || kind === 'link' || kind === 'forwarded' ? kind : null;
  };
  return (
    <>
      <Show when={facts().location}>{(location) => <LocationCard location={location()} />}</Show>
      <Show when={facts().contact}>{(contact) => <ContactCard contact={contact()} />}</Show>
      <Show when={facts().call}>{(call) => <CallCard call={call()} own={props.message.own} />}</Show>
      <Show when={facts().poll}>{(poll) => <PollCard poll={poll()} />}</Show>
      <Switch>
        <Match when={plainKind() === 'transfer'}>
          <Labelled icon="transfer" title={t('kind.transfer')} />
        </Match>
        <Match when={plainKind() === 'forwarded' && facts().forward === undefined}>
          <Labelled icon="forward" title={t('kind.forwarded')} />
        </Match>
      </Switch>
      <Show when={props.message.kind === 'unknown'}>
        <Labelled icon="unknown" title={t('kind.unknown')} under={t('card.unknownWords')} />
      </Show>
      <Show when={props.message.kind === 'unknown' || props.message.kind === 'transfer'}>
        <Raw facts={facts()} />
      </Show>
    </>
  );
}

function Labelled(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly under?: string | undefined;
  readonly children?: JSX.Element;
}): JSX.Element {
  return (
    <div class={css['card']}>
      <Icon name={props.icon} />
      <div>
        <bdi class={css['title']}>{props.title}</bdi>
        <Show when={props.under}>
          <p class={css['under']} dir="auto">
            {props.under}
          </p>
        </Show>
        {props.children}
      </div>
    </div>
  );
}

/** What the source had, as it had it; read only when opened. */
export function Raw(props: { readonly facts: MessageFacts }): JSX.Element {
  const { t } = useUi();
  const raw = createMemo(() => {
    const { extra } = props.facts;
    if (extra === undefined) return null;
    return typeof extra['raw'] === 'string' ? extra['raw'] : JSON.stringify(extra, null, 2);
  });
  return (
    <Show when={raw()}>
      {(text) => (
        <details class={bubbleCss['raw']}>
          <summary>{t('card.showRaw')}</summary>
          <pre class={css['raw']} dir="auto">
            {text()}
          </pre>
        </details>
      )}
    </Show>
  );
}

function LocationCard(props: { readonly location: NonNullable<MessageFacts['location']> }): JSX.Element {
  const { t } = useUi();
  const place = (): string => `${props.location.latitude.toFixed(5)}, ${props.location.longitude.toFixed(5)}`;
  const under = (): string => [props.location.address, place()].filter((line) => line !== undefined).join('\n');
  return <Labelled icon="place" title={props.location.name ?? t('kind.location')} under={under()} />;
}

function ContactCard(props: { readonly contact: NonNullable<MessageFacts['contact']> }): JSX.Element {
  const href = (): string | null =>
    props.contact.phone === undefined ? null : safeHref(`tel:${props.contact.phone.replace(/[^\d+*#]/g, '')}`);
  return (
    <Labelled icon="person" title={props.contact.name} under={href() === null ? props.contact.phone : undefined}>
      <Show when={href()}>
        {(address) => (
          <p>
            <Link href={address()} text={props.contact.phone ?? ''} />
          </p>
        )}
      </Show>
    </Labelled>
  );
}

function CallCard(props: { readonly call: NonNullable<MessageFacts['call']>; readonly own: boolean }): JSX.Element {
  const { t, format } = useUi();
  const title = (): string => t(props.call.video ? 'call.video' : 'call.voice');
  const under = (): string => {
    if (props.call.durationMs !== null && props.call.outcome === 'answered') return format().duration(props.call.durationMs);
    return props.call.outcome === 'unknown' ? '' : t(`call.${props.call.outcome}`);
  };
  return <Labelled icon={props.call.video ? 'video' : 'call'} title={title()} under={under()} />;
}

function PollCard(props: { readonly poll: NonNullable<MessageFacts['poll']> }): JSX.Element {
  const { t } = useUi();
  const most = (): number => Math.max(1, ...props.poll.options.map(({ votes }) => votes));
  return (
    <div>
      <Labelled icon="poll" title={props.poll.question} under={t(props.poll.closed === true ? 'poll.closed' : 'poll.open')} />
      <ul class={css['options']}>
        <For each={props.poll.options}>
          {(option) => (
            <li class={css['option']}>
              <bdi>{option.text}</bdi>
              <span class={css['under']}>{t('poll.votes', { count: option.votes })}</span>
              <meter min={0} max={most()} value={option.votes} aria-label={t('poll.votes', { count: option.votes })} />
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}
