import { type JSX, Show } from 'solid-js';
import { dayToMs } from '../format';
import { IconButton } from '../primitives/button';
import { useUi } from '../ui';
import { dayBeside, dayOfQuery, openDay } from './day-query';
import css from './search.module.css';

/** Where a whole day is looked at: which, and the ways to the days beside it. */
export function DayBar(): JSX.Element {
  const ui = useUi();
  const { t, format, search } = ui;
  const beside = (day: string, by: 1 | -1): void => {
    const next = dayBeside(day, by);
    if (next !== null) openDay(ui, next);
  };
  return (
    <Show when={dayOfQuery(search.query())}>
      {(day) => (
        <div class={css['dayBar']} role="group" aria-label={t('search.day')}>
          <IconButton icon="back" label={t('search.dayBefore')} onClick={() => beside(day(), -1)} />
          <h2>{format().day(dayToMs(day()), Date.now())}</h2>
          <IconButton icon="forward" label={t('search.dayAfter')} onClick={() => beside(day(), 1)} />
        </div>
      )}
    </Show>
  );
}
