import { type JSX, createEffect, createMemo, createSignal } from 'solid-js';
import type { ConversationId } from '../../model/ids';
import type { StatisticsView, WordCount } from '../../model/statistics';
import { ChartTable } from '../charts/chart-table';
import { drawPicture, type PictureSource } from '../charts/save-picture';
import { dayToMs } from '../format';
import { Checkbox } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { screenZone, type Ui, useUi } from '../ui';
import { type DayCounts, factsOf, monthsOfYear } from './day-facts';
import css from './recap-card.module.css';

/** Texts beyond this number are not read for the sake of a few emoji. */
const wordsLimit = 300_000;
const peopleShown = 5;
const emojiShown = 9;

interface RecapProps {
  readonly year: string;
  readonly name: string;
  readonly counts: StatisticsView;
  /** Of all years, for the comparison with the one before. */
  readonly allDays: DayCounts;
  readonly conversations: readonly ConversationId[] | null;
}

/** A year in one picture, to look at, to save, and to show to others: with names only where the owner wants them. */
export function RecapCard(props: RecapProps): JSX.Element {
  const ui = useUi();
  const { t, session, preferences } = ui;
  const [names, setNames] = createSignal(true);
  const emoji = createLoaded(
    () =>
      props.counts.messages <= wordsLimit
        ? { conversations: props.conversations, zone: screenZone(), year: Number(props.year) }
        : undefined,
    async (query) => (await session.vault.words(query, () => {})).emoji,
    // The card of words may have asked meanwhile; the picture does without.
    () => {},
  );
  const facts = createMemo(() => recapFacts(ui, props));
  const source = (): PictureSource => recapSource(ui, props, { facts: facts(), names: names(), emoji: emoji() ?? [] });
  return (
    <Card title={t('recap.title', { year: props.year })}>
      <Shown source={source()} theme={preferences().theme} label={t('recap.label', { year: props.year, count: props.counts.messages })} />
      <div class={paneCss['row']}>
        <Checkbox label={t('recap.names')} on={names()} onToggle={setNames} />
      </div>
      <ChartTable
        caption={t('recap.title', { year: props.year })}
        heads={[t('recap.what'), t('recap.value')]}
        rows={facts}
        picture={source}
      />
    </Card>
  );
}

function Shown(props: { readonly source: PictureSource; readonly theme: string; readonly label: string }): JSX.Element {
  const { t } = useUi();
  let place!: HTMLDivElement;
  createEffect(() => {
    // Read, so that the picture follows the theme.
    void props.theme;
    place.replaceChildren(drawPicture(props.source, t('app.name')));
  });
  return <div ref={(element) => (place = element)} class={css['picture']} role="img" aria-label={props.label} />;
}

/** What the year was, in words: the table behind the picture has the same. */
function recapFacts({ t, format }: Ui, { year, counts, allDays }: RecapProps): readonly (readonly [string, string])[] {
  const { busiest, streak } = factsOf(counts.days);
  const before = allDays.reduce((sum, [day, count]) => (day.startsWith(`${Number(year) - 1}-`) ? sum + count : sum), 0);
  const date = (day: string): string => format().date(dayToMs(day));
  return [
    [t('statistics.messages'), format().count(counts.messages)],
    [t('statistics.days'), format().count(counts.days.length)],
    ...(busiest === null
      ? []
      : [[t('recap.busiest', { date: date(busiest.day) }), t('count.messages', { count: busiest.messages })] as const]),
    ...(streak === null ? [] : [[t('statistics.streak'), t('statistics.streakValue', { count: streak.days })] as const]),
    ...(before === 0 ? [] : [[t('recap.before', { year: String(Number(year) - 1) }), format().count(before)] as const]),
    ...(counts.conversationCount > 1 ? [[t('recap.conversations'), format().count(counts.conversationCount)] as const] : []),
  ];
}

interface Drawn {
  readonly facts: readonly (readonly [string, string])[];
  readonly names: boolean;
  readonly emoji: readonly WordCount[];
}

function recapSource({ t, format }: Ui, props: RecapProps, { facts, names, emoji }: Drawn): PictureSource {
  const { year, counts } = props;
  const shortMonth = new Intl.DateTimeFormat(format().locale, { month: 'narrow', timeZone: 'UTC' });
  return {
    name: `camphor-${year}`,
    title: year,
    words: names ? props.name : t('recap.line'),
    draw: (picture) => {
      picture.facts(facts);
      picture.part(t('statistics.months'));
      picture.columns(
        monthsOfYear(counts.days, year).map(([month, value]) => ({
          key: month,
          value,
          title: month,
          words: format().count(value),
          mark: shortMonth.format(Date.parse(`${month}-01`)),
        })),
      );
      if (names && counts.people.length > 0) {
        picture.part(t('statistics.people'));
        picture.bars(
          counts.people.slice(0, peopleShown).map(({ name, messages }) => ({ name, value: messages, words: format().count(messages) })),
        );
      }
      if (emoji.length > 0) {
        picture.part(t('statistics.emoji'));
        picture.line(
          emoji
            .slice(0, emojiShown)
            .map(({ word }) => word)
            .join(' '),
        );
      }
    },
  };
}
