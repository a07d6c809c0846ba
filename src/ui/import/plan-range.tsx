import type { JSX } from 'solid-js';
import type { ImportChoice, PlannedArchive } from '../../model/view';
import { dayKey, dayToMs } from '../format';
import { Choices, Field } from '../primitives/controls';
import { useUi } from '../ui';
import css from './import.module.css';

const halfDayMs = 12 * 3_600_000;

/** Only part of an archive: between two days, with all, small or no media. */
export function PlanRange(props: { readonly archive: PlannedArchive; readonly choice: ImportChoice }): JSX.Element {
  const { t, imports } = useUi();
  const change = (changed: Partial<ImportChoice>, again: boolean): void => imports.choose(props.archive.archiveId, changed, again);
  const startOf = (day: string): number | null => (day === '' ? null : dayToMs(day) - halfDayMs);
  return (
    <details class={css['more']}>
      <summary>{t('plan.part')}</summary>
      <div class={css['more']}>
        <div class={css['dates']}>
          <Field
            type="date"
            label={t('plan.from')}
            value={props.choice.fromMs === null ? '' : dayKey(props.choice.fromMs)}
            onChange={(event) => change({ fromMs: startOf(event.currentTarget.value) }, true)}
          />
          <Field
            type="date"
            label={t('plan.to')}
            value={props.choice.toMs === null ? '' : dayKey(props.choice.toMs - halfDayMs)}
            onChange={(event) => {
              const start = startOf(event.currentTarget.value);
              change({ toMs: start === null ? null : start + 2 * halfDayMs }, true);
            }}
          />
        </div>
        <Choices
          label={t('plan.mediaChoice')}
          options={(['all', 'thumbnails', 'none'] as const).map((value) => ({ value, label: t(`plan.media.${value}`) }))}
          value={props.choice.media}
          onChoose={(media) => change({ media }, true)}
        />
      </div>
    </details>
  );
}
