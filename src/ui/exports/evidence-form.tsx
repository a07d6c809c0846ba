import { type JSX, Show, createSignal } from 'solid-js';
import { type EvidenceExport, mostEvidenceMessages } from '../../model/export';
import { Button } from '../primitives/button';
import { Checkbox, Select, State } from '../primitives/controls';
import { DialogActions } from '../primitives/dialog';
import settingsCss from '../settings/settings.module.css';
import paneCss from '../shell/pane.module.css';
import { screenZone, useUi } from '../ui';
import { DayFields, startOfDay } from './day-fields';
import css from './messages.module.css';
import { type MessagesChoice, messagesStateOf } from './messages-state';

const contexts = ['0', '10', '50', '200'] as const;

/** What goes into an evidence pack, what it is good for and what not; and the button. */
export function EvidenceForm(props: { readonly choice: MessagesChoice; readonly onCancel: () => void }): JSX.Element {
  const ui = useUi();
  const { t, session, language } = ui;
  const [context, setContext] = createSignal<(typeof contexts)[number]>('10');
  const [withOriginals, setWithOriginals] = createSignal(true);
  const [fromDay, setFromDay] = createSignal('');
  const [toDay, setToDay] = createSignal('');
  const isBackwards = (): boolean => fromDay() !== '' && toDay() !== '' && fromDay() > toDay();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (isBackwards()) return;
    const { conversations, found } = props.choice;
    const request: EvidenceExport = {
      format: 'evidence',
      conversations,
      found,
      fromMs: startOfDay(fromDay()),
      toMs: startOfDay(toDay(), 1),
      contextMessages: Number(context()),
      withOriginals: withOriginals(),
      zone: screenZone(),
      language: language(),
    };
    await messagesStateOf(ui).start(request, props.choice);
  };
  return (
    <form class={settingsCss['form']} onSubmit={(event) => void submit(event)}>
      <Show when={props.choice.note}>{(note) => <State look="warn">{note()}</State>}</Show>
      <Show
        when={props.choice.chosen}
        fallback={<DayFields fromDay={fromDay()} toDay={toDay()} setFromDay={setFromDay} setToDay={setToDay} isBackwards={isBackwards()} />}
      >
        <p>{t('messages.chosen', { count: props.choice.messages })}</p>
      </Show>
      <p class={paneCss['quiet']}>{t('evidence.words')}</p>
      <Select
        label={t('evidence.context')}
        options={contexts.map((value) => ({ value, label: t('evidence.around', { count: Number(value) }) }))}
        value={context()}
        onChoose={setContext}
      />
      <div class={css['choice']}>
        <Checkbox label={t('evidence.originals')} on={withOriginals()} onToggle={setWithOriginals} />
        <p class={paneCss['quiet']}>{t('evidence.originalsWords')}</p>
      </div>
      <p class={paneCss['quiet']}>{t('evidence.proves')}</p>
      <Show when={props.choice.messages > mostEvidenceMessages}>
        <State look="warn">{t('evidence.many', { most: mostEvidenceMessages })}</State>
      </Show>
      <State look="warn">{t('evidence.clear')}</State>
      <DialogActions>
        <Button onClick={() => props.onCancel()}>{t('action.cancel')}</Button>
        <Button type="submit" look="main" icon="shield">
          {t(session.exports.hasFileChooser ? 'export.choose' : 'evidence.make')}
        </Button>
      </DialogActions>
    </form>
  );
}
