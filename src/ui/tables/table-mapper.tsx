import { type JSX, Show, createSignal, onMount } from 'solid-js';
import { writeMappingFile } from '../../model/table-mapping';
import type { TablePreview } from '../../model/view';
import { Button } from '../primitives/button';
import { Checkbox } from '../primitives/controls';
import { shownName } from '../primitives/file-name';
import { saveText } from '../primitives/save-file';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { MapperColumns } from './mapper-columns';
import { MapperKinds } from './mapper-kinds';
import { MapperPreview } from './mapper-preview';
import { createMapperState, type MapperState } from './mapper-state';
import { MapperTime } from './mapper-time';
import css from './tables.module.css';

interface MapperProps {
  readonly fileId: string;
  /** The file's name, as the heading says it. */
  readonly name: string;
  /** The table is among the archives of the plan; changing it may also take it out again. */
  readonly isMapped: boolean;
  readonly onLeave: () => void;
}

/** Saying what the columns of a table are, with the messages that they make. */
export function TableMapper(props: MapperProps): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  // One mapper is for one file.
  // oxlint-disable-next-line solid/reactivity
  const state = createMapperState(ui, props.fileId);
  let heading!: HTMLHeadingElement;
  onMount(() => heading.focus());
  return (
    <>
      <div>
        <h2 class={paneCss['lead']} tabindex="-1" ref={(element) => (heading = element)}>
          {t('table.title', { name: shownName(props.name) })}
        </h2>
        <p class={paneCss['quiet']}>{t('table.words')}</p>
      </div>
      <Show when={state.preview()} fallback={<p role="status">{t('table.opening')}</p>}>
        {(preview) => <Steps preview={preview()} state={state} isMapped={props.isMapped} fileId={props.fileId} onLeave={props.onLeave} />}
      </Show>
    </>
  );
}

function Steps(props: {
  readonly preview: TablePreview;
  readonly state: MapperState;
  readonly isMapped: boolean;
  readonly fileId: string;
  readonly onLeave: () => void;
}): JSX.Element {
  const { t, imports } = useUi();
  const [remember, setRemember] = createSignal(true);
  const becomes = (): string =>
    props.preview.messages === 0
      ? t('table.becomesNone')
      : t('table.becomes', { messages: props.preview.messages, rows: props.preview.rows });
  const use = async (): Promise<void> => {
    if (await props.state.use(remember())) props.onLeave();
  };
  const leave = async (fileId: string): Promise<void> => {
    await imports.amend((job, choices, report) => job.mapTable(fileId, null, choices, report));
    props.onLeave();
  };
  return (
    <>
      <MapperPreview preview={props.preview} busy={props.state.busy()} />
      <MapperColumns preview={props.preview} state={props.state} />
      <MapperTime preview={props.preview} state={props.state} />
      <Show when={props.preview.kindValues.length > 0}>
        <MapperKinds preview={props.preview} state={props.state} />
      </Show>
      <Card>
        <Checkbox label={t('table.remember')} on={remember()} onToggle={setRemember} />
        <p class={paneCss['quiet']}>{t('table.rememberWords')}</p>
        <MappingFile state={props.state} preview={props.preview} />
        <Show when={props.isMapped}>
          <div class={paneCss['row']}>
            <Button look="plain" onClick={() => void leave(props.fileId)}>
              {t('table.leave')}
            </Button>
          </div>
        </Show>
      </Card>
      <div class={css['bar']}>
        <p class={css['count']} role="status">
          {becomes()}
        </p>
        <Button onClick={() => props.onLeave()}>{t('action.back')}</Button>
        <Button look="main" disabled={props.state.busy() || props.preview.messages === 0} onClick={() => void use()}>
          {t('table.use')}
        </Button>
      </div>
    </>
  );
}

/** The columns as a small file, and one opened again. */
function MappingFile(props: { readonly state: MapperState; readonly preview: TablePreview }): JSX.Element {
  const { t } = useUi();
  const [wrong, setWrong] = createSignal<'table.loadWrong' | 'table.loadOther' | null>(null);
  let input!: HTMLInputElement;
  const load = async (): Promise<void> => {
    const [file] = input.files ?? [];
    input.value = '';
    if (file !== undefined) setWrong(file.size > fileLimitBytes ? 'table.loadWrong' : props.state.load(await file.text()));
  };
  return (
    <>
      <input
        ref={(element) => (input = element)}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t('table.load')}
        onChange={() => void load()}
      />
      <div class={paneCss['row']}>
        <Button icon="save" onClick={() => saveText(writeMappingFile(props.preview.mapping), 'camphor-columns.json', 'application/json')}>
          {t('table.save')}
        </Button>
        <Button icon="file" onClick={() => input.click()}>
          {t('table.load')}
        </Button>
      </div>
      <p class={css['wrong']} role="alert">
        <Show when={wrong()}>{(words) => t(words())}</Show>
      </p>
    </>
  );
}

/** More than any file of columns has. */
const fileLimitBytes = 1 << 20;
