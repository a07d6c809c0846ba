import { For, type JSX, Show, createSignal } from 'solid-js';
import type { MemoryYear } from '../../model/keeping';
import type { MessageView } from '../../model/view';
import { Button } from '../primitives/button';
import { Empty } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { Card, Page } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { screenZone, useUi } from '../ui';
import css from './keeping.module.css';

/** This day in earlier years, and a message by chance. Draws once its words are here. */
export function MemoriesScreen(): JSX.Element {
  const ui = useUi();
  ui.wantWords('reading');
  return (
    <Show when={ui.hasWords('reading')} fallback={<main />}>
      <Page title={ui.t('command.memories')}>
        <ThisDay />
        <ByChance />
      </Page>
    </Show>
  );
}

function ThisDay(): JSX.Element {
  const ui = useUi();
  const { t, format, session, toasts } = ui;
  const years = createLoaded(
    () => ({ edition: ui.edition(), conversations: ui.conversations() }),
    () => session.vault.onThisDay(screenZone(), Date.now()),
    toasts.fail,
  );
  const monthDay = (): string => new Intl.DateTimeFormat(format().locale, { month: 'long', day: 'numeric' }).format(Date.now());
  return (
    <>
      <h2 class={paneCss['lead']}>{t('memories.thisDay', { day: monthDay() })}</h2>
      <Show when={years()}>
        {(found) => (
          <For each={found()} fallback={<Empty icon="calendar" title={t('memories.none')} words={t('memories.noneWords')} />}>
            {(year) => <YearCard year={year} />}
          </For>
        )}
      </Show>
    </>
  );
}

function YearCard(props: { readonly year: MemoryYear }): JSX.Element {
  const { t } = useUi();
  const ago = (): number => new Date().getFullYear() - props.year.year;
  return (
    <Card title={t('memories.year', { year: String(props.year.year), ago: t('memories.ago', { count: ago() }) })}>
      <For each={props.year.conversations}>
        {(conversation) => (
          <section class={css['memory']}>
            <h3 class={css['where']}>
              <bdi>{conversation.name}</bdi>
              <span class={css['count']}>{t('memories.messages', { count: conversation.messageCount })}</span>
            </h3>
            <MemoryLines messages={conversation.messages} />
          </section>
        )}
      </For>
    </Card>
  );
}

/** Messages as lines, each the way to it in its conversation. */
export function MemoryLines(props: { readonly messages: readonly MessageView[] }): JSX.Element {
  const { t, format, go } = useUi();
  return (
    <ul class={css['lines']}>
      <For each={props.messages}>
        {(message) => (
          <li>
            <button
              type="button"
              class={css['open']}
              onClick={() => go({ screen: 'conversation', id: message.conversation, seq: message.seq })}
            >
              <bdi class={css['who']}>{message.senderView?.name ?? t('service.someone')}</bdi>
              <time class={css['when']} title={format().instant(message.sentAtMs)}>
                {format().clock(message.sentAtMs)}
              </time>
              <span class={css['words']} dir="auto">
                {message.text === '' ? t(`kind.${message.kind}`) : message.text.slice(0, 600)}
              </span>
            </button>
          </li>
        )}
      </For>
    </ul>
  );
}

function ByChance(): JSX.Element {
  const ui = useUi();
  const { t, format, session, toasts } = ui;
  const [random, setRandom] = createSignal(Math.random());
  const found = createLoaded(
    () => ({ random: random(), edition: ui.edition() }),
    async (wanted) => ({ messages: (await session.vault.randomMemory(wanted.random)) ?? [] }),
    toasts.fail,
  );
  const first = (): MessageView | undefined => found()?.messages[0];
  const name = (id: string): string => ui.conversations()?.find((one) => one.id === id)?.name ?? '';
  return (
    <Show when={first()}>
      {(message) => (
        <Card title={t('memories.random')}>
          <section class={css['memory']}>
            <h3 class={css['where']}>
              <bdi>{name(message().conversation)}</bdi>
              <span class={css['count']}>{format().date(message().sentAtMs)}</span>
            </h3>
            <MemoryLines messages={found()?.messages ?? []} />
          </section>
          <p>
            <Button onClick={() => setRandom(Math.random())}>{t('memories.another')}</Button>
          </p>
        </Card>
      )}
    </Show>
  );
}
