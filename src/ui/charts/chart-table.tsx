import { For, type JSX, Show, createSignal } from 'solid-js';
import { useUi } from '../ui';
import { type PictureSource, SavePicture } from './save-picture';
import css from './charts.module.css';

/** The numbers behind a chart, as a table that is drawn when it is opened. */
export function ChartTable(props: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: () => readonly (readonly string[])[];
  /** Where the chart can be saved as a picture. */
  readonly picture?: () => PictureSource;
}): JSX.Element {
  const { t } = useUi();
  const [open, setOpen] = createSignal(false);
  return (
    <div class={css['foot']}>
      <details class={css['behind']} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('statistics.table')}</summary>
        <Show when={open()}>
          <div class={css['scroll']} tabindex="0" role="region" aria-label={props.caption}>
            <table>
              <caption class={css['unseen']}>{props.caption}</caption>
              <thead>
                <tr>
                  <For each={props.heads}>{(head) => <th scope="col">{head}</th>}</For>
                </tr>
              </thead>
              <tbody>
                <For each={props.rows()}>
                  {([first, ...others]) => (
                    <tr>
                      <th scope="row">
                        <bdi>{first}</bdi>
                      </th>
                      <For each={others}>{(cell) => <td>{cell}</td>}</For>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </Show>
      </details>
      <Show when={props.picture}>{(source) => <SavePicture source={source()} />}</Show>
    </div>
  );
}
