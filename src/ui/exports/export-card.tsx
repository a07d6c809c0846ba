import { type JSX, Match, Show, Switch } from 'solid-js';
import type { CamphorError } from '../../model/error';
import type { ExportResult } from '../../model/export';
import type { Progress } from '../../model/progress';
import type { StorageView } from '../../model/view';
import { progressShare } from '../import/import-state';
import { Button } from '../primitives/button';
import { Bar, State } from '../primitives/controls';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { ExportMessages } from './export-messages';
import { ExportForm } from './export-form';
import { type ExportPhase, exportStateOf } from './export-state';
import type { MessagesChoice } from './messages-state';

interface ExportCardProps {
  /** Undefined where it could not be asked for. */
  readonly storage: StorageView | undefined;
}

/** The whole archive as one encrypted file, and all messages in the clear. For a screen that has the words of exports. */
export function ExportCard(props: ExportCardProps): JSX.Element {
  return (
    <>
      <ExportSteps storage={props.storage} />
      <MessagesCard />
    </>
  );
}

function ExportSteps(props: ExportCardProps): JSX.Element {
  const ui = useUi();
  const { phase } = exportStateOf(ui);
  const as = <Kind extends ExportPhase['kind']>(kind: Kind) => {
    const now = phase();
    return now.kind === kind && (now as Extract<ExportPhase, { kind: Kind }>);
  };
  return (
    <Card title={ui.t('export.title')}>
      <Switch fallback={<ExportForm storage={props.storage} />}>
        <Match when={as('running')}>{(now) => <Running progress={now().progress} />}</Match>
        <Match when={as('done')}>{(now) => <Done done={now()} />}</Match>
        <Match when={as('failed')}>{(now) => <Failed error={now().error} />}</Match>
      </Switch>
    </Card>
  );
}

/** All messages in the clear. */
function MessagesCard(): JSX.Element {
  const { t, conversations } = useUi();
  const choice = (): MessagesChoice => {
    const all = (conversations() ?? []).filter(({ hidden }) => !hidden);
    const messages = all.reduce((sum, { messageCount }) => sum + messageCount, 0);
    return { conversations: null, found: null, messages, name: null, route: { screen: 'settings' } };
  };
  return (
    <Card title={t('messages.all')}>
      <p>{t('messages.allWords')}</p>
      <div class={paneCss['row']}>
        <ExportMessages choice={choice()} />
      </div>
    </Card>
  );
}

function Running(props: { readonly progress: Progress | null }): JSX.Element {
  const ui = useUi();
  const { t, format } = ui;
  const state = exportStateOf(ui);
  const stage = (): 'scanning' | 'sealing' | 'verifying' => {
    const now = props.progress?.stage;
    return now === 'sealing' || now === 'verifying' ? now : 'scanning';
  };
  return (
    <>
      <p role="status">{t(`export.stage.${stage()}`)}</p>
      <Bar label={t('export.title')} share={progressShare(props.progress)} />
      <Show when={props.progress?.totalBytes}>
        {(total) => (
          <p class={paneCss['quiet']}>
            {t('export.progress', { done: format().bytes(props.progress?.doneBytes ?? 0), size: format().bytes(total()) })}
          </p>
        )}
      </Show>
      <div class={paneCss['row']}>
        <Button onClick={() => state.cancel()}>{t('action.cancel')}</Button>
      </div>
    </>
  );
}

function Done(props: { readonly done: Extract<ExportPhase, { kind: 'done' }> }): JSX.Element {
  const ui = useUi();
  const { t, format } = ui;
  const state = exportStateOf(ui);
  const result = (): ExportResult => props.done.result;
  return (
    <>
      <State look="ok">{t('export.done')}</State>
      <dl class={paneCss['facts']}>
        <dt>{t('export.file')}</dt>
        <dd>{t('mark.aside', { words: props.done.name, aside: format().bytes(result().fileBytes) })}</dd>
        <dt>{t('storage.messages')}</dt>
        <dd>{format().count(result().messages)}</dd>
        <dt>{t('storage.media')}</dt>
        <dd>{format().count(result().media)}</dd>
      </dl>
      <Show when={result().leftOutMedia > 0}>
        <State look="warn">{t('export.leftOut', { count: result().leftOutMedia })}</State>
      </Show>
      <p>{t('export.opens')}</p>
      <pre class={paneCss['raw']} tabindex="0" dir="ltr" aria-label={t('export.opens')}>
        {t(`export.command.${props.done.lock}`, { file: props.done.name, zip: props.done.name.replace(/\.age$/, '.zip') })}
      </pre>
      <Show when={props.done.file !== null}>
        <p class={paneCss['quiet']}>{t('export.inside')}</p>
      </Show>
      <div class={paneCss['row']}>
        <Show when={props.done.file !== null}>
          <Button icon="save" onClick={() => state.save()}>
            {t('export.saveAgain')}
          </Button>
        </Show>
        <Button onClick={() => state.dismiss()}>{t(props.done.file === null ? 'action.close' : 'export.saved')}</Button>
      </div>
    </>
  );
}

function Failed(props: { readonly error: CamphorError }): JSX.Element {
  const ui = useUi();
  const { t, format } = ui;
  const words = (): string => {
    const { code, facts } = props.error;
    const { neededBytes, freeBytes } = facts;
    if (code === 'damaged') return t('export.notWhole');
    if (code !== 'storage-full' || typeof neededBytes !== 'number') return t(`error.${code}`, facts);
    const size = format().bytes(neededBytes);
    return typeof freeBytes === 'number'
      ? t('export.noRoom', { size, free: format().bytes(Math.max(0, freeBytes)) })
      : t('export.noRoomFor', { size });
  };
  return (
    <>
      <State look="danger">{words()}</State>
      <div class={paneCss['row']}>
        <Button onClick={() => exportStateOf(ui).dismiss()}>{t('export.again')}</Button>
      </div>
    </>
  );
}
