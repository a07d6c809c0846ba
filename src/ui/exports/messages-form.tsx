import { type JSX, Show, createSignal } from 'solid-js';
import { type MessageExport, type MessageFormat, type Redaction, messageFormats } from '../../model/export';
import { Button } from '../primitives/button';
import { Checkbox, Select, State } from '../primitives/controls';
import { DialogActions } from '../primitives/dialog';
import settingsCss from '../settings/settings.module.css';
import paneCss from '../shell/pane.module.css';
import { screenZone, useUi } from '../ui';
import { DayFields, startOfDay } from './day-fields';
import css from './messages.module.css';
import { type MessagesChoice, messagesStateOf } from './messages-state';
import { RedactionFields } from './redaction-fields';

/** None where nothing was chosen. */
function redactionOf(redaction: Redaction | null): Pick<MessageExport, 'redaction'> {
  return redaction === null || redaction.words.length + redaction.kinds.length === 0 ? {} : { redaction };
}

/** More than this in one page takes a browser seconds to open, and its memory. */
const pageMessages = 300_000;

/** What is written, from when to when, with what; and the button. */
export function MessagesForm(props: { readonly choice: MessagesChoice; readonly onCancel: () => void }): JSX.Element {
  const ui = useUi();
  const { t, session, language } = ui;
  const [format, setFormat] = createSignal<MessageFormat>(messageFormats[0]);
  const [media, setMedia] = createSignal<MessageExport['media']>('none');
  const [fromDay, setFromDay] = createSignal('');
  const [toDay, setToDay] = createSignal('');
  const [hidesNames, setHidesNames] = createSignal(false);
  const [redaction, setRedaction] = createSignal<Redaction | null>(null);
  /** Nothing looks through pictures and voices, so they are not written unless they are asked for again. */
  const redact = (next: Redaction | null): void => {
    if (redaction() === null) setMedia('none');
    setRedaction(next);
  };
  const isBackwards = (): boolean => fromDay() !== '' && toDay() !== '' && fromDay() > toDay();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (isBackwards()) return;
    const { conversations, found } = props.choice;
    const request: MessageExport = {
      conversations,
      found,
      fromMs: startOfDay(fromDay()),
      toMs: startOfDay(toDay(), 1),
      format: format(),
      media: media(),
      names: hidesNames() ? 'pseudonyms' : 'shown',
      ...redactionOf(redaction()),
      zone: screenZone(),
      language: language(),
    };
    await messagesStateOf(ui).start(request, props.choice);
  };
  return (
    <form class={settingsCss['form']} onSubmit={(event) => void submit(event)}>
      <Show when={props.choice.note}>{(note) => <State look="warn">{note()}</State>}</Show>
      <Show when={props.choice.chosen}>
        <p>{t('messages.chosen', { count: props.choice.messages })}</p>
      </Show>
      <FormatFields format={format()} media={media()} setFormat={setFormat} setMedia={setMedia} />
      <Show when={!props.choice.chosen}>
        <DayFields fromDay={fromDay()} toDay={toDay()} setFromDay={setFromDay} setToDay={setToDay} isBackwards={isBackwards()} />
      </Show>
      <div>
        <Checkbox label={t('messages.hideNames')} on={hidesNames()} onToggle={setHidesNames} />
        <Show when={hidesNames()}>
          <p class={paneCss['quiet']}>{t('messages.hideNamesWords')}</p>
        </Show>
      </div>
      <RedactionFields redaction={redaction()} hasMedia={media() !== 'none'} onChange={redact} />
      <Show when={format() === 'html' && props.choice.messages > pageMessages}>
        <State look="warn">{t('messages.large')}</State>
      </Show>
      <State look="warn">{t('messages.clear')}</State>
      <DialogActions>
        <Button onClick={() => props.onCancel()}>{t('action.cancel')}</Button>
        <Button type="submit" look="main" icon="save">
          {t(session.exports.hasFileChooser ? 'export.choose' : 'export.make')}
        </Button>
      </DialogActions>
    </form>
  );
}

/** Without a canvas in a worker no PDF can be written. */
const offeredFormats = messageFormats.filter((format) => format !== 'pdf' || typeof OffscreenCanvas === 'function');

function mediasOf(format: MessageFormat): readonly MessageExport['media'][] {
  if (format === 'html') return ['none', 'inside', 'beside'];
  return format === 'pdf' ? ['none', 'inside'] : ['none', 'beside'];
}

function FormatFields(props: {
  readonly format: MessageFormat;
  readonly media: MessageExport['media'];
  readonly setFormat: (format: MessageFormat) => void;
  readonly setMedia: (media: MessageExport['media']) => void;
}): JSX.Element {
  const { t } = useUi();
  const medias = (): readonly MessageExport['media'][] => mediasOf(props.format);
  return (
    <>
      <div class={css['choice']}>
        <Select
          label={t('messages.format')}
          options={offeredFormats.map((value) => ({ value, label: t(`messages.format.${value}`) }))}
          value={props.format}
          onChoose={(format) => {
            props.setFormat(format);
            if (!medias().includes(props.media)) props.setMedia('none');
          }}
        />
        <p class={paneCss['quiet']}>{t(`messages.for.${props.format}`)}</p>
      </div>
      <Select
        label={t('messages.media')}
        options={medias().map((value) => ({
          value,
          label: t(props.format === 'pdf' && value === 'inside' ? 'messages.media.pictures' : `messages.media.${value}`),
        }))}
        value={props.media}
        onChoose={(media) => props.setMedia(media)}
      />
    </>
  );
}
