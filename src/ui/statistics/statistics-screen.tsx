import { type JSX, Show, createSignal, onCleanup } from 'solid-js';
import type { ConversationId } from '../../model/ids';
import type { StatisticsView } from '../../model/statistics';
import { Bar, Empty, State } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { Page } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { screenZone, useUi } from '../ui';
import { CalendarCard, HoursCard, MonthsCard } from './time-cards';
import { ConversationsCard, KindsCard, PeopleCard } from './share-cards';
import { FactsCard } from './facts-card';
import { isOvertaken } from './question';
import { WordsCard } from './words-card';

/** Counts over all conversations, or over the one that the address names. Draws once its words are here. */
export function StatisticsScreen(): JSX.Element {
  const ui = useUi();
  ui.wantWords('statistics');
  const id = (): ConversationId | null => {
    const route = ui.route();
    return route.screen === 'statistics' ? route.id : null;
  };
  const name = (): string => ui.conversations()?.find((one) => one.id === id())?.name ?? ui.t('statistics.all');
  return (
    <Show when={ui.hasWords('statistics') && (id() ?? 'all')} fallback={<main />} keyed>
      <Page title={ui.t('command.statistics')}>
        <p class={paneCss['lead']} dir="auto">
          {name()}
        </p>
        <Counts id={id()} />
      </Page>
    </Show>
  );
}

function Counts(props: { readonly id: ConversationId | null }): JSX.Element {
  const ui = useUi();
  const { t, session, toasts, edition } = ui;
  const [share, setShare] = createSignal(0);
  const conversations = (): readonly ConversationId[] | null => (props.id === null ? null : [props.id]);
  const view = createLoaded(
    () => ({ edition: edition(), query: { conversations: conversations(), zone: screenZone() } }),
    ({ query }) => session.vault.statistics(query, (done, total) => setShare(total === 0 ? 0 : done / total)),
    (cause) => isOvertaken(cause) || toasts.fail(cause),
  );
  // Whoever leaves does not let a long count run on.
  onCleanup(() => void session.vault.statistics({ conversations: [], zone: screenZone() }, () => {}).catch(() => {}));
  return (
    <Show when={view()} fallback={<Bar label={t('statistics.counting')} share={share()} />}>
      {(counts) => (
        <Show
          when={counts().messages > 0}
          fallback={<Empty icon="poll" title={t('statistics.empty')} words={t('statistics.emptyWords')} />}
        >
          <Show when={counts().unreadMessages > 0}>
            <State look="warn">{t('statistics.unread', { count: counts().unreadMessages })}</State>
          </Show>
          <Cards counts={counts()} conversations={conversations()} />
        </Show>
      )}
    </Show>
  );
}

function Cards(props: { readonly counts: StatisticsView; readonly conversations: readonly ConversationId[] | null }): JSX.Element {
  return (
    <>
      <FactsCard counts={props.counts} />
      <MonthsCard days={props.counts.days} />
      <CalendarCard days={props.counts.days} />
      <HoursCard hours={props.counts.hours} />
      <PeopleCard counts={props.counts} />
      <Show when={props.conversations === null && props.counts.conversationCount > 1}>
        <ConversationsCard counts={props.counts} />
      </Show>
      <KindsCard counts={props.counts} />
      <WordsCard conversations={props.conversations} />
    </>
  );
}
