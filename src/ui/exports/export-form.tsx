import { type JSX, Show, createSignal } from 'solid-js';
import type { ExportLock } from '../../model/export';
import type { StorageView } from '../../model/view';
import { Button } from '../primitives/button';
import { Checkbox, Choices, Field, State } from '../primitives/controls';
import { passphraseMinLength, passphraseStrength } from '../settings/passphrase-strength';
import settingsCss from '../settings/settings.module.css';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { exportStateOf } from './export-state';

/** What a message takes in the file; more with long texts. */
const bytesPerMessage = 350;

/** What the file will be locked with, how large it may be, and the button. */
export function ExportForm(props: { readonly storage: StorageView | undefined }): JSX.Element {
  const ui = useUi();
  const { t, session } = ui;
  const state = exportStateOf(ui);
  const [kind, setKind] = createSignal<ExportLock['kind']>('passphrase');
  const [text, setText] = createSignal('');
  const [again, setAgain] = createSignal('');
  const [visible, setVisible] = createSignal(false);
  const [wrong, setWrong] = createSignal<string>();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setWrong(undefined);
    if (kind() === 'passphrase' && text() !== again()) return void setWrong(t('passphrase.differ'));
    if (kind() === 'passphrase' && passphraseStrength(text()) === 'weak')
      return void setWrong(t('passphrase.weak', { count: passphraseMinLength }));
    await state.start({ kind: kind(), text: text() });
  };
  const choose = (next: ExportLock['kind']): void => {
    setKind(next);
    setText('');
    setWrong(undefined);
  };
  return (
    <form class={settingsCss['form']} onSubmit={(event) => void submit(event)}>
      <p>{t('export.words')}</p>
      <Choices
        label={t('export.lock')}
        options={(['passphrase', 'recipient'] as const).map((value) => ({ value, label: t(`export.lock.${value}`) }))}
        value={kind()}
        onChoose={choose}
      />
      <Show
        when={kind() === 'passphrase'}
        fallback={
          <Field
            label={t('export.recipient')}
            hint={t('export.recipientHint')}
            autocomplete="off"
            required
            pattern="\s*age1[ac-hj-np-z02-9]{58}\s*"
            value={text()}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        }
      >
        <PassphraseFields
          type={visible() ? 'text' : 'password'}
          text={text()}
          again={again()}
          wrong={wrong()}
          setText={setText}
          setAgain={setAgain}
        />
        <Checkbox label={t('passphrase.show')} on={visible()} onToggle={setVisible} />
        <p class={settingsCss['strong']}>{t('export.noReset')}</p>
      </Show>
      <Room storage={props.storage} />
      <div class={paneCss['row']}>
        <Button type="submit" look="main" icon="save">
          {t(session.exports.hasFileChooser ? 'export.choose' : 'export.make')}
        </Button>
      </div>
    </form>
  );
}

function PassphraseFields(props: {
  readonly type: 'text' | 'password';
  readonly text: string;
  readonly again: string;
  readonly wrong: string | undefined;
  readonly setText: (text: string) => void;
  readonly setAgain: (text: string) => void;
}): JSX.Element {
  const { t } = useUi();
  const strength = (): string =>
    props.text === ''
      ? t('passphrase.advice', { count: passphraseMinLength })
      : t(`passphrase.${passphraseStrength(props.text)}`, { count: passphraseMinLength });
  return (
    <>
      <Field
        type={props.type}
        label={t('passphrase.next')}
        autocomplete="new-password"
        required
        minlength={passphraseMinLength}
        hint={strength()}
        value={props.text}
        onInput={(event) => props.setText(event.currentTarget.value)}
      />
      <Field
        type={props.type}
        label={t('passphrase.again')}
        autocomplete="new-password"
        required
        wrong={props.wrong}
        value={props.again}
        onInput={(event) => props.setAgain(event.currentTarget.value)}
      />
    </>
  );
}

/** How large the file will be, about; and where it is made inside of the browser first, whether there is room. */
function Room(props: { readonly storage: StorageView | undefined }): JSX.Element {
  const { t, format, session } = useUi();
  return (
    <Show when={props.storage}>
      {(now) => {
        const size = (): number => now().mediaBytes + now().messages * bytesPerMessage;
        const free = (): number => now().quotaBytes - now().usageBytes;
        const words = (): { size: string; free: string } => ({ size: format().bytes(size()), free: format().bytes(Math.max(0, free())) });
        const isInside = !session.exports.hasFileChooser && now().quotaBytes > 0;
        return (
          <>
            <p class={paneCss['quiet']}>{t(isInside ? 'export.aboutInside' : 'export.about', words())}</p>
            <Show when={isInside && free() < size()}>
              <State look="warn">{t('export.tight')}</State>
            </Show>
          </>
        );
      }}
    </Show>
  );
}
