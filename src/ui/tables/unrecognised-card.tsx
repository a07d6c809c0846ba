import { For, type JSX, Show } from 'solid-js';
import type { ImportPlan, SeenFile } from '../../model/view';
import { copyText } from '../primitives/copy-text';
import { Button } from '../primitives/button';
import { shownName } from '../primitives/file-name';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './tables.module.css';
import { reportOf, seenWords, typeWords } from './words';

const namesShown = 20;

/** What nothing recognised: what was seen of it, what can be read, and what can be done. */
export function UnrecognisedCard(props: { readonly plan: ImportPlan; readonly onChoose: (file: SeenFile) => void }): JSX.Element {
  const { t } = useUi();
  const shown = (): readonly SeenFile[] => props.plan.seen.slice(0, namesShown);
  const others = (): readonly string[] =>
    props.plan.unrecognised.filter((path) => !props.plan.seen.some((file) => file.path.startsWith(path)));
  return (
    <>
      <Card title={t('seen.title', { count: props.plan.unrecognised.length })}>
        <p>{t('seen.words')}</p>
        <ul class={css['files']}>
          <For each={shown()}>{(file) => <SeenRow file={file} onChoose={props.onChoose} />}</For>
          <For each={others().slice(0, namesShown)}>
            {(name) => (
              <li class={paneCss['quiet']}>
                <bdi>{shownName(name)}</bdi>
              </li>
            )}
          </For>
        </ul>
        <Show when={others().length > namesShown}>
          <p class={paneCss['quiet']}>{t('plan.andMore', { count: others().length - namesShown })}</p>
        </Show>
        <Report files={shown()} />
      </Card>
      <Show when={props.plan.archives.length === 0}>
        <Readable plan={props.plan} />
      </Show>
    </>
  );
}

function SeenRow(props: { readonly file: SeenFile; readonly onChoose: (file: SeenFile) => void }): JSX.Element {
  const { t, format } = useUi();
  return (
    <li class={css['file']}>
      <p class={css['name']}>
        <bdi>{shownName(props.file.path)}</bdi>
      </p>
      <p class={paneCss['quiet']}>{seenWords(props.file, t, format())}</p>
      <Show when={props.file.isTable}>
        <p>{t('seen.tableWords')}</p>
        <div class={paneCss['row']}>
          <Button look="main" onClick={() => props.onChoose(props.file)}>
            {t('seen.columns')}
          </Button>
        </div>
      </Show>
      <details class={css['details']}>
        <summary>{t('seen.saw')}</summary>
        <Show when={props.file.lines.length > 0} fallback={<p>{t('seen.noLines', { type: typeWords(props.file.mime, t) })}</p>}>
          <p class={paneCss['quiet']}>{t('seen.scrambled')}</p>
          <pre class={paneCss['raw']} tabindex="0">
            {props.file.lines.join('\n')}
          </pre>
        </Show>
      </details>
    </li>
  );
}

function Report(props: { readonly files: readonly SeenFile[] }): JSX.Element {
  const { t, toasts } = useUi();
  const report = (): string => reportOf(props.files);
  const copy = (): void => {
    copyText(report(), toasts);
  };
  return (
    <Show when={props.files.length > 0}>
      <details class={css['details']}>
        <summary>{t('seen.report')}</summary>
        <p class={paneCss['quiet']}>{t('seen.reportWords')}</p>
        <pre class={paneCss['raw']} tabindex="0">
          {report()}
        </pre>
        <div class={paneCss['row']}>
          <Button icon="copy" onClick={copy}>
            {t('action.copyReport')}
          </Button>
        </div>
      </details>
    </Show>
  );
}

function Readable(props: { readonly plan: ImportPlan }): JSX.Element {
  const { t, format } = useUi();
  const apps = (): string =>
    format().list(props.plan.readable.filter((source) => source !== 'camphor').map((source) => t(`source.${source}`)));
  return (
    <Card title={t('seen.reads')}>
      <p>{t('seen.readsWords', { apps: apps() })}</p>
    </Card>
  );
}
