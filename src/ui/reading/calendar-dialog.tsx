import { For, type JSX, createMemo, createSignal, untrack } from 'solid-js';
import type { ConversationId } from '../../model/ids';
import type { MonthCount } from '../../model/view';
import { dayToMs } from '../format';
import { IconButton } from '../primitives/button';
import { Select } from '../primitives/controls';
import { Dialog } from '../primitives/dialog';
import { createLoaded } from '../primitives/loaded';
import { screenZone, useUi } from '../ui';
import { monthSquares, weekdayNames } from './calendar-grid';
import { monthAt } from './month-rail';
import css from './timeline.module.css';

/** Jumps to a day: the days that have messages can be chosen. */
export function CalendarDialog(props: {
  readonly conversation: ConversationId;
  readonly months: readonly MonthCount[];
  readonly position: number;
  readonly onJump: (position: number) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t, session, format, toasts } = useUi();
  const [at, setAt] = createSignal(untrack(() => monthAt(props.months, props.position)));
  const month = (): string => props.months[at()]?.month ?? '1970-01';
  const days = createLoaded(month, (wanted) => session.vault.days(props.conversation, wanted, screenZone()), toasts.fail);
  const byDay = createMemo(() => new Map((days() ?? []).map((day) => [day.day, day])));
  const squares = createMemo(() => monthSquares(month(), format().locale));
  const choose = (day: string): void => {
    const found = byDay().get(day);
    if (found === undefined) return;
    props.onClose();
    props.onJump(found.firstPosition);
  };
  const move = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const all = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')];
    let next = all.indexOf(document.activeElement as HTMLButtonElement) + by;
    while (all[next]?.disabled === true) next += Math.sign(by);
    all[next]?.focus();
  };
  return (
    <Dialog title={t('timeline.date')} narrow onClose={props.onClose}>
      <div class={css['calendarHead']}>
        <IconButton icon="back" label={t('timeline.formerMonth')} disabled={at() === 0} onClick={() => setAt(at() - 1)} />
        <Select
          label={t('timeline.month')}
          options={props.months.map((one, index) => ({ value: String(index), label: format().month(one.month) }))}
          value={String(at())}
          onChoose={(value) => setAt(Number(value))}
        />
        <IconButton
          icon="forward"
          label={t('timeline.nextMonth')}
          disabled={at() >= props.months.length - 1}
          onClick={() => setAt(at() + 1)}
        />
      </div>
      <div class={css['calendar']} onKeyDown={move}>
        <For each={weekdayNames(format().locale)}>{(name) => <span class={css['weekday']}>{name}</span>}</For>
        <For each={Array.from({ length: squares().before })}>{() => <span />}</For>
        <For each={squares().squares}>
          {(square) => (
            <button
              type="button"
              class={css['date']}
              disabled={!byDay().has(square.day)}
              aria-label={t('timeline.dayWith', {
                day: format().date(dayToMs(square.day)),
                count: byDay().get(square.day)?.messageCount ?? 0,
              })}
              onClick={() => choose(square.day)}
            >
              {square.number}
            </button>
          )}
        </For>
      </div>
    </Dialog>
  );
}
