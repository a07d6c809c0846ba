import { type JSX, Show } from 'solid-js';
import type { StatisticsView } from '../../model/statistics';
import { dayToMs } from '../format';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { factsOf } from './day-facts';

/** The few numbers that one would tell a friend. */
export function FactsCard(props: { readonly counts: StatisticsView }): JSX.Element {
  const { t, format } = useUi();
  const facts = () => factsOf(props.counts.days);
  const date = (day: string): string => format().date(dayToMs(day));
  return (
    <Card>
      <dl class={paneCss['facts']}>
        <dt>{t('statistics.messages')}</dt>
        <dd>{format().count(props.counts.messages)}</dd>
        <dt>{t('statistics.days')}</dt>
        <dd>{format().count(props.counts.days.length)}</dd>
        <dt>{t('statistics.perDay')}</dt>
        <dd>{t('statistics.perDayValue', { count: Math.round(facts().perDay * 10) / 10 })}</dd>
        <Show when={facts().busiest}>
          {(busiest) => (
            <>
              <dt>{t('statistics.busiest')}</dt>
              <dd>{t('statistics.cell', { what: date(busiest().day), count: busiest().messages })}</dd>
            </>
          )}
        </Show>
        <Show when={facts().streak}>
          {(streak) => (
            <>
              <dt>{t('statistics.streak')}</dt>
              <dd>
                {t('mark.aside', {
                  words: t('statistics.streakValue', { count: streak().days }),
                  aside: format().dateRange(dayToMs(streak().from), dayToMs(streak().from) + (streak().days - 1) * 86_400_000),
                })}
              </dd>
            </>
          )}
        </Show>
      </dl>
    </Card>
  );
}
