import { type JSX, Show } from 'solid-js';
import type { ImportChoice, PlannedArchive } from '../../model/view';
import { Checkbox } from '../primitives/controls';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';

/** Whether the archive itself is kept beside what is read of it, with its size. */
export function PlanOriginal(props: {
  readonly archive: PlannedArchive;
  readonly choice: ImportChoice;
  readonly sizeBytes: number;
}): JSX.Element {
  const { t, format, imports } = useUi();
  /** What it needs is counted anew. */
  const choose = (original: ImportChoice['original']): void => imports.choose(props.archive.archiveId, { original }, true);
  return (
    <div>
      <Checkbox
        on={props.choice.original !== undefined}
        onToggle={(on) => choose(on ? 'keep' : undefined)}
        label={t('original.keep', { size: format().bytes(props.sizeBytes) })}
      />
      <Show when={props.choice.original !== undefined}>
        <p class={paneCss['quiet']}>{t('original.keepWords')}</p>
        <Checkbox
          on={props.choice.original === 'keep-and-back-up'}
          onToggle={(on) => choose(on ? 'keep-and-back-up' : 'keep')}
          label={t('original.backUp')}
        />
      </Show>
    </div>
  );
}
