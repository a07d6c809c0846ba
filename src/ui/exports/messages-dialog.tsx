import { type JSX, Match, Show, Switch, createSignal } from 'solid-js';
import type { CamphorError } from '../../model/error';
import { Button } from '../primitives/button';
import { Bar, Chips, State } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { EvidenceForm } from './evidence-form';
import { EvidenceOutcome } from './evidence-outcome';
import { MessagesForm } from './messages-form';
import css from './messages.module.css';
import { type MessagesChoice, type MessagesPhase, messagesShare, messagesStateOf } from './messages-state';

/** Messages as a file in the clear. Closing it ends nothing: what runs goes on, and is shown when it is opened again. */
export function MessagesDialog(props: { readonly choice: MessagesChoice; readonly onClose: () => void }): JSX.Element {
  const ui = useUi();
  const { phase } = messagesStateOf(ui);
  const as = <Kind extends MessagesPhase['kind']>(kind: Kind) => {
    const now = phase();
    return now.kind === kind && (now as Extract<MessagesPhase, { kind: Kind }>);
  };
  return (
    <Dialog title={ui.t('messages.title')} onClose={() => props.onClose()}>
      <Switch fallback={<Forms choice={props.choice} onCancel={() => props.onClose()} />}>
        <Match when={as('running')}>{(now) => <Running share={messagesShare(now().progress)} now={now()} />}</Match>
        <Match when={as('done')}>{(now) => <Done done={now()} onClose={() => props.onClose()} />}</Match>
        <Match when={as('failed')}>{(now) => <Failed error={now().error} />}</Match>
      </Switch>
    </Dialog>
  );
}

/** Messages to read, or a pack by which others can check them. */
function Forms(props: { readonly choice: MessagesChoice; readonly onCancel: () => void }): JSX.Element {
  const { t } = useUi();
  // The dialog is made anew for each choice.
  // oxlint-disable-next-line solid/reactivity
  const [kind, setKind] = createSignal<'messages' | 'evidence'>(props.choice.isEvidence === true ? 'evidence' : 'messages');
  return (
    <>
      <div class={css['kind']}>
        <Chips
          label={t('messages.kind')}
          options={(['messages', 'evidence'] as const).map((value) => ({ value, label: t(`messages.kind.${value}`) }))}
          value={kind()}
          onChoose={setKind}
        />
      </div>
      <Show when={kind() === 'messages'} fallback={<EvidenceForm choice={props.choice} onCancel={props.onCancel} />}>
        <MessagesForm choice={props.choice} onCancel={props.onCancel} />
      </Show>
    </>
  );
}

function Running(props: { readonly share: number | null; readonly now: Extract<MessagesPhase, { kind: 'running' }> }): JSX.Element {
  const ui = useUi();
  const { t, format } = ui;
  return (
    <>
      <p role="status">{t('messages.running')}</p>
      <Bar label={t('messages.running')} share={props.share} />
      <Show when={props.now.progress}>
        {(progress) => (
          <p class={paneCss['quiet']}>
            {t('messages.progress', { count: progress().doneMessages, size: format().bytes(progress().writtenBytes) })}
          </p>
        )}
      </Show>
      <DialogActions>
        <Button onClick={() => messagesStateOf(ui).cancel()}>{t('action.cancel')}</Button>
      </DialogActions>
    </>
  );
}

function Done(props: { readonly done: Extract<MessagesPhase, { kind: 'done' }>; readonly onClose: () => void }): JSX.Element {
  const ui = useUi();
  const { t, format } = ui;
  const state = messagesStateOf(ui);
  const close = (): void => {
    state.dismiss();
    props.onClose();
  };
  return (
    <div class={css['outcome']}>
      <State look="ok">{t('messages.done')}</State>
      <dl class={paneCss['facts']}>
        <dt>{t('export.file')}</dt>
        <dd>{t('mark.aside', { words: props.done.name, aside: format().bytes(props.done.result.fileBytes) })}</dd>
        <dt>{t('details.messages')}</dt>
        <dd>{format().count(props.done.result.messages)}</dd>
        <Show when={props.done.result.media > 0}>
          <dt>{t('messages.mediaIn')}</dt>
          <dd>{format().count(props.done.result.media)}</dd>
        </Show>
      </dl>
      <Show when={props.done.result.messages === 0}>
        <State look="warn">{t('messages.nothing')}</State>
      </Show>
      <Show when={props.done.result.leftOutMedia > 0}>
        <State look="warn">
          {t(props.done.format === 'pdf' ? 'messages.leftOutPdf' : 'messages.leftOut', { count: props.done.result.leftOutMedia })}
        </State>
      </Show>
      <Show when={props.done.result.evidence}>{(evidence) => <EvidenceOutcome evidence={evidence()} />}</Show>
      <Show when={props.done.file !== null}>
        <p class={paneCss['quiet']}>{t('messages.inside')}</p>
      </Show>
      <DialogActions>
        <Show when={props.done.file !== null}>
          <Button icon="save" onClick={() => state.save()}>
            {t('export.saveAgain')}
          </Button>
        </Show>
        <Button onClick={close}>{t(props.done.file === null ? 'action.close' : 'export.saved')}</Button>
      </DialogActions>
    </div>
  );
}

function Failed(props: { readonly error: CamphorError }): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  return (
    <>
      <State look="danger">{t(`error.${props.error.code}`, props.error.facts)}</State>
      <DialogActions>
        <Button onClick={() => messagesStateOf(ui).dismiss()}>{t('export.again')}</Button>
      </DialogActions>
    </>
  );
}
