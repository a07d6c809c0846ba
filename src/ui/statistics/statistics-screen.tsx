import { type Accessor, type JSX, Show, createMemo, createSignal, onCleanup } from 'solid-js';
import type { ConversationId } from '../../model/ids';
import type { StatisticsView } from '../../model/statistics';
import { Bar, Empty, Select, State } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { Page } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { screenZone, useUi } from '../ui';
import { CalendarCard, HoursCard, MonthsCard } from './time-cards';
import { ConversationsCard, KindsCard, PeopleCard } from './share-cards';
import { type DayCounts, yearsOf } from './day-facts';
import { FactsCard } from './facts-card';
import { isOvertaken } from './question';
import { RecapCard } from './recap-card';
import { WordsCard } from './words-card';

/** Counts over all conversations, or over the one that the address names. Draws once its words are here. */
export function StatisticsScreen(): JSX.Element {
  const ui = useUi();
  ui.wantWords('statistics');
  const id = (): ConversationId | null => {
    const route = ui.route();
    return route.screen === 'statistics' ? route.id : null;
  };
  const conversation = createMemo(() => ui.conversations()?.find((one) => one.id === id()));
  const name = (): string => conversation()?.name ?? ui.t('statistics.all');
  // Of one that is hidden or gone meanwhile nothing stays.
  const about = (): string | undefined => (id() === null ? 'all' : conversation()?.id);
  return (
    <Show when={ui.hasWords('statistics') && about()} fallback={<main />} keyed>
      <Page title={ui.t('command.statistics')}>
        <p class={paneCss['lead']} dir="auto">
          {name()}
        </p>
        <Counts id={id()} name={name()} />
      </Page>
    </Show>
  );
}

/** Of all years, and of the one that is chosen. */
function Counts(props: { readonly id: ConversationId | null; readonly name: string }): JSX.Element {
  const ui = useUi();
  const { t, session, toasts, edition } = ui;
  const [share, setShare] = createSignal(0);
  const conversations = (): readonly ConversationId[] | null => (props.id === null ? null : [props.id]);
  const [year, setYear] = createSignal('');
  const createCounts = (ofYear: Accessor<string | null>): Accessor<StatisticsView | undefined> =>
    createLoaded(
      () => {
        const wanted = ofYear();
        const query = { conversations: conversations(), zone: screenZone(), ...(wanted ? { year: Number(wanted) } : {}) };
        return wanted === null ? undefined : { edition: edition(), query };
      },
      ({ query }) => session.vault.statistics(query, (done, total) => setShare(total === 0 ? 0 : done / total)),
      (cause) => isOvertaken(cause) || toasts.fail(cause),
    );
  const all = createCounts(() => '');
  // Asked once the whole is counted: a newer question would end that.
  const ofYear = createCounts(() => (all() === undefined || year() === '' ? null : year()));
  const view = (): StatisticsView | undefined => (year() === '' ? all() : ofYear());
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
          <Cards
            counts={counts()}
            allDays={all()?.days ?? []}
            year={year()}
            name={props.name}
            conversations={conversations()}
            onYear={setYear}
          />
        </Show>
      )}
    </Show>
  );
}

interface CardsProps {
  readonly counts: StatisticsView;
  readonly allDays: DayCounts;
  /** Empty for all years. */
  readonly year: string;
  readonly name: string;
  readonly conversations: readonly ConversationId[] | null;
  readonly onYear: (year: string) => void;
}

function Cards(props: CardsProps): JSX.Element {
  const { t } = useUi();
  const years = (): readonly string[] => yearsOf(props.allDays).toReversed();
  const asked = (): { readonly year?: number } => (props.year === '' ? {} : { year: Number(props.year) });
  return (
    <>
      <Show when={years().length > 0}>
        <Select
          label={t('statistics.year')}
          options={[{ value: '', label: t('statistics.allYears') }, ...years().map((value) => ({ value, label: value }))]}
          value={props.year}
          onChoose={props.onYear}
        />
      </Show>
      <Show
        when={props.year}
        fallback={
          <>
            <FactsCard counts={props.counts} />
            <MonthsCard days={props.counts.days} />
          </>
        }
      >
        <RecapCard {...props} />
      </Show>
      <CalendarCard days={props.counts.days} />
      <HoursCard hours={props.counts.hours} />
      <PeopleCard counts={props.counts} />
      <Show when={props.conversations === null && props.counts.conversationCount > 1}>
        <ConversationsCard counts={props.counts} />
      </Show>
      <KindsCard counts={props.counts} />
      <WordsCard conversations={props.conversations} {...asked()} />
    </>
  );
}
