import { For, type JSX } from 'solid-js';
import { messageKinds, type MessageKind } from '../../model/record';
import type { TablePreview } from '../../model/view';
import { Select } from '../primitives/controls';
import { shownName } from '../primitives/file-name';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import type { MapperState } from './mapper-state';
import css from './tables.module.css';

/** What each value of the column of kinds means. */
export function MapperKinds(props: { readonly preview: TablePreview; readonly state: MapperState }): JSX.Element {
  const { t } = useUi();
  const kindOf = (value: string): MessageKind => new Map(props.preview.mapping.kinds).get(value) ?? 'unknown';
  return (
    <Card title={t('table.kinds')}>
      <div class={css['columns']}>
        <For each={props.preview.kindValues}>
          {(value) => (
            <Select
              label={shownName(value)}
              options={messageKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
              value={kindOf(value)}
              onChoose={(kind) => props.state.setKind(value, kind)}
            />
          )}
        </For>
      </div>
      <p class={paneCss['quiet']}>{t('table.kindsWords')}</p>
    </Card>
  );
}
