import type { JSX } from 'solid-js';
import { Field } from '../primitives/controls';
import { useUi } from '../ui';
import css from './messages.module.css';

/** Midnight at which a day (`yyyy-mm-dd`) begins, or with `days` one that follows, in the zone of the screen; null for none. */
export function startOfDay(day: string, days = 0): number | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || Number.isNaN(date)) return null;
  const start = new Date(2000, month - 1, date + days);
  start.setFullYear(year, month - 1, date + days);
  return start.getTime();
}

/** From which day to which; both may be left open. */
export function DayFields(props: {
  readonly fromDay: string;
  readonly toDay: string;
  readonly setFromDay: (day: string) => void;
  readonly setToDay: (day: string) => void;
  readonly isBackwards: boolean;
}): JSX.Element {
  const { t } = useUi();
  return (
    <div class={css['dates']}>
      <Field
        label={t('messages.from')}
        type="date"
        value={props.fromDay}
        onInput={(event) => props.setFromDay(event.currentTarget.value)}
      />
      <Field
        label={t('messages.to')}
        type="date"
        value={props.toDay}
        wrong={props.isBackwards ? t('messages.backwards') : undefined}
        onInput={(event) => props.setToDay(event.currentTarget.value)}
      />
    </div>
  );
}
