import { For, type JSX, Show } from 'solid-js';
import { timeWritings } from '../../model/table-mapping';
import type { TablePreview } from '../../model/view';
import { zones } from '../import/zones';
import { Choices, Select, State } from '../primitives/controls';
import { shownName } from '../primitives/file-name';
import { Card } from '../shell/pane';
import { useUi } from '../ui';
import type { MapperState } from './mapper-state';
import css from './tables.module.css';

const texts = new Set<string>(['YMD', 'DMY', 'MDY']);

/** How times are written, with what that makes of the first of them. */
export function MapperTime(props: { readonly preview: TablePreview; readonly state: MapperState }): JSX.Element {
  const { t, format } = useUi();
  const time = (): TablePreview['mapping']['time'] => props.preview.mapping.time;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Card title={t('table.time')}>
      <div class={css['columns']}>
        <Select
          label={t('table.time')}
          options={timeWritings.map((value) => ({ value, label: t(`table.written.${value}`) }))}
          value={time().written}
          onChoose={(written) => props.state.setTime({ written })}
        />
        <Show when={props.preview.isZoneless}>
          <Select
            label={t('table.zone')}
            options={[
              { value: '', label: t('table.zoneHere', { zone: here }) },
              ...zones(time().zone).map((zone) => ({ value: zone, label: zone })),
            ]}
            value={time().zone ?? ''}
            onChoose={(zone) => props.state.setTime({ zone: zone === '' ? null : zone })}
          />
        </Show>
      </div>
      <Show when={texts.has(time().written)}>
        <Choices
          label={t('table.hours')}
          options={(['24', '12'] as const).map((value) => ({ value, label: t(`table.hours.${value}`) }))}
          value={String(time().hours) as '24' | '12'}
          onChoose={(hours) => props.state.setTime({ hours: hours === '12' ? 12 : 24 })}
        />
      </Show>
      <ul class={css['times']}>
        <For each={props.preview.times}>
          {({ text, atMs }) => (
            <li>
              {atMs === null
                ? t('table.timeNotRead', { text: shownName(text) })
                : t('table.timeRead', { text: shownName(text), time: format().instant(atMs) })}
            </li>
          )}
        </For>
      </ul>
      <Show when={!props.preview.isTimeCertain}>
        <State look="warn">{t('table.timeOpen')}</State>
      </Show>
    </Card>
  );
}
