import type { JSX } from 'solid-js';
import { useUi } from '../ui';
import type { Choosing } from './choosing';
import css from './selecting.module.css';

/** What stands beside a message while messages are chosen. Clicks on it and its keys are heard by choose-by-hand. */
export function ChoiceBox(props: {
  readonly choosing: Choosing;
  readonly seq: number;
  readonly position: number;
  readonly label: string;
}): JSX.Element {
  const { t } = useUi();
  return (
    <span class={css['box']}>
      <input
        type="checkbox"
        data-choice={props.position}
        checked={props.choosing.has(props.seq)}
        tabindex={props.choosing.at() === props.position ? 0 : -1}
        aria-label={t('select.message', { message: props.label })}
      />
    </span>
  );
}
