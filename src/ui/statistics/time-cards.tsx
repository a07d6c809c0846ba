import { type JSX, Show, createMemo, createSignal } from 'solid-js';
import { ChartTable } from '../charts/chart-table';
import { ColumnChart } from '../charts/column-chart';
import { HeatGrid } from '../charts/heat-grid';
import { dayToMs } from '../format';
import { Select } from '../primitives/controls';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { calendarOf, type DayCounts, monthsOf, yearsOf } from './day-facts';

/** Messages by month, from the first to the last. */
export function MonthsCard(props: { readonly days: DayCounts }): JSX.Element {
  const { t, format } = useUi();
  const months = createMemo(() => monthsOf(props.days));
  const cell = (month: string, count: number): string => t('statistics.cell', { what: format().month(month), count });
  const label = (): string => {
    const [most, count] = months().reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0] as const);
    const [from = '', to = ''] = [months()[0]?.[0], months().at(-1)?.[0]];
    return t('statistics.monthsWords', { from: format().month(from), to: format().month(to), month: format().month(most), count });
  };
  const columns = () =>
    months().map(([month, value], at) => ({
      key: month,
      value,
      title: cell(month, value),
      words: format().count(value),
      ...(at === 0 || month.endsWith('-01') ? { mark: month.slice(0, 4) } : {}),
    }));
  return (
    <Card title={t('statistics.months')}>
      <p class={paneCss['quiet']}>{label()}</p>
      <ColumnChart label={label()} columns={columns()} />
      <ChartTable
        caption={t('statistics.months')}
        heads={[t('statistics.month'), t('statistics.messages')]}
        rows={() => months().map(([month, count]) => [format().month(month), format().count(count)])}
        picture={() => ({
          name: 'camphor-months',
          title: t('statistics.months'),
          words: label(),
          draw: (picture) => picture.columns(columns()),
        })}
      />
    </Card>
  );
}

/** Weekdays from Monday, of a week that is known to begin with one. */
const mondayMs = Date.UTC(2024, 0, 1);
const weekdayName = (locale: string, weekday: number, style: 'short' | 'long'): string =>
  new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(mondayMs + weekday * 86_400_000);

const weekdayLabels = (locale: string) => [0, 1, 2, 3, 4, 5, 6].map((at) => ({ at, text: weekdayName(locale, at, 'short') }));
const weekdayLabelPx = 36;

/** One year, day by day, in weeks. */
export function CalendarCard(props: { readonly days: DayCounts }): JSX.Element {
  const { t, format } = useUi();
  const years = () => yearsOf(props.days);
  const [chosen, setChosen] = createSignal<string | null>(null);
  const year = (): string => chosen() ?? years().at(-1) ?? '';
  const days = createMemo(() => calendarOf(props.days, year()));
  const title = (day: string, count: number): string => t('statistics.cell', { what: format().date(dayToMs(day)), count });
  const monthLabels = () => {
    const short = new Intl.DateTimeFormat(format().locale, { month: 'short', timeZone: 'UTC' });
    return days()
      .filter(({ day }) => day.endsWith('-01'))
      .map(({ day, week, weekday }) => ({ at: weekday === 0 ? week : week + 1, text: short.format(Date.parse(day)) }));
  };
  const grid = () => ({
    cells: days().map(({ day, week, weekday, messages }) => ({ column: week, row: weekday, value: messages, title: title(day, messages) })),
    columns: 54,
    rows: 7,
    columnLabels: monthLabels(),
    rowLabels: weekdayLabels(format().locale),
  });
  const label = (): string =>
    t('statistics.calendarWords', { year: year(), count: days().reduce((sum, { messages }) => sum + messages, 0) });
  return (
    <Card title={t('statistics.calendar')}>
      <Show when={years().length > 1}>
        <Select
          label={t('statistics.year')}
          options={years()
            .map((value) => ({ value, label: value }))
            .toReversed()}
          value={year()}
          onChoose={setChosen}
        />
      </Show>
      <p class={paneCss['quiet']}>{label()}</p>
      <HeatGrid label={label()} {...grid()} rowLabelPx={weekdayLabelPx} />
      <ChartTable
        caption={t('statistics.calendar')}
        heads={[t('statistics.day'), t('statistics.messages')]}
        rows={() =>
          days()
            .filter(({ messages }) => messages > 0)
            .map(({ day, messages }) => [format().date(dayToMs(day)), format().count(messages)])
        }
        picture={() => ({
          name: `camphor-days-${year()}`,
          title: t('statistics.calendar'),
          words: label(),
          draw: (picture) => picture.heat(grid()),
        })}
      />
    </Card>
  );
}

const hoursPerDay = 24;

/** When in the week there is most to read. */
export function HoursCard(props: { readonly hours: readonly number[] }): JSX.Element {
  const { t, format } = useUi();
  const hourName = (hour: number): string => format().clock(new Date(2024, 0, 1, hour).getTime());
  const places = () => props.hours.map((value, at) => ({ value, weekday: Math.floor(at / hoursPerDay), hour: at % hoursPerDay }));
  const named = (weekday: number): string => weekdayName(format().locale, weekday, 'long');
  const label = (): string => {
    const { weekday, hour, value } = places().reduce((best, one) => (one.value > best.value ? one : best));
    return t('statistics.hoursWords', { weekday: named(weekday), hour: hourName(hour), count: value });
  };
  const grid = () => ({
    cells: places().map(({ value, weekday, hour }) => ({
      column: hour,
      row: weekday,
      value,
      title: t('statistics.cell', { what: `${named(weekday)} ${hourName(hour)}`, count: value }),
    })),
    columns: hoursPerDay,
    rows: 7,
    columnLabels: [0, 6, 12, 18].map((at) => ({ at, text: hourName(at) })),
    rowLabels: weekdayLabels(format().locale),
  });
  return (
    <Card title={t('statistics.hours')}>
      <p class={paneCss['quiet']}>{label()}</p>
      <HeatGrid label={label()} {...grid()} rowLabelPx={weekdayLabelPx} />
      <ChartTable
        caption={t('statistics.hours')}
        heads={[t('statistics.weekday'), t('statistics.hour'), t('statistics.messages')]}
        rows={() =>
          places()
            .filter(({ value }) => value > 0)
            .map(({ weekday, hour, value }) => [named(weekday), hourName(hour), format().count(value)])
        }
        picture={() => ({
          name: 'camphor-hours',
          title: t('statistics.hours'),
          words: label(),
          draw: (picture) => picture.heat(grid()),
        })}
      />
    </Card>
  );
}
