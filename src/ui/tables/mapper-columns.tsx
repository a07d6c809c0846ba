import { For, type JSX, Show } from 'solid-js';
import { type ColumnRole, columnRoles } from '../../model/table-mapping';
import type { TableColumn, TablePreview } from '../../model/view';
import { Checkbox, type Option, Select } from '../primitives/controls';
import { shownName } from '../primitives/file-name';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import type { MapperState } from './mapper-state';
import css from './tables.module.css';

/** Stands for no column: no column is called so, since the empty name is given a number. */
const none = '';

/** Which column is what, and where the rows lie where there is a choice. */
export function MapperColumns(props: { readonly preview: TablePreview; readonly state: MapperState }): JSX.Element {
  const { t } = useUi();
  return (
    <Card title={t('table.columns')}>
      <Readings preview={props.preview} state={props.state} />
      <div class={css['columns']}>
        <For each={columnRoles}>{(role) => <RoleChoice role={role} preview={props.preview} state={props.state} />}</For>
      </div>
      <p class={paneCss['quiet']}>{t('table.rest')}</p>
    </Card>
  );
}

function RoleChoice(props: { readonly role: ColumnRole; readonly preview: TablePreview; readonly state: MapperState }): JSX.Element {
  const { t } = useUi();
  const columns = (): readonly TableColumn[] => props.state.reading()?.columns ?? [];
  const chosen = (): string => props.preview.mapping.roles[props.role] ?? none;
  const named = ({ name }: TableColumn): Option<string> => ({
    value: name,
    label: props.preview.mapping.hasHeader ? shownName(name) : t('table.column', { number: name }),
  });
  // A message needs a time.
  const options = (): readonly Option<string>[] => [
    ...(props.role === 'time' ? [] : [{ value: none, label: t('table.none') }]),
    ...columns().map(named),
  ];
  const example = (): string => {
    const column = columns().find(({ name }) => name === chosen());
    if (column === undefined) return '';
    const [first] = column.examples;
    return first === undefined ? t('table.noExample') : t('table.example', { example: shownName(first) });
  };
  return (
    <div class={css['column']}>
      <Select
        label={t(`table.role.${props.role}`)}
        options={options()}
        value={chosen()}
        onChoose={(column) => props.state.setRole(props.role, column === none ? null : column)}
      />
      <p class={css['example']} dir="auto">
        {example()}
      </p>
    </div>
  );
}

function Readings(props: { readonly preview: TablePreview; readonly state: MapperState }): JSX.Element {
  const { t } = useUi();
  const isCsv = (): boolean => props.preview.mapping.form === 'csv';
  const find = (fits: (reading: TablePreview['readings'][number]) => boolean): void => {
    const reading = props.preview.readings.find(fits);
    if (reading !== undefined) props.state.setReading(reading);
  };
  const placeOf = (rows: string): string => rows.replace(/\.?\[\*\]$/, '') || t('table.rowsRoot');
  return (
    <Show when={props.preview.readings.length > 1}>
      <Show
        when={isCsv()}
        fallback={
          <Select
            label={t('table.rows')}
            options={props.preview.readings.map(({ rows }) => ({ value: rows, label: placeOf(rows) }))}
            value={props.preview.mapping.rows}
            onChoose={(rows) => find((reading) => reading.rows === rows)}
          />
        }
      >
        <Checkbox
          label={t('table.hasHeader')}
          on={props.preview.mapping.hasHeader}
          onToggle={(on) => find(({ hasHeader }) => hasHeader === on)}
        />
      </Show>
    </Show>
  );
}
