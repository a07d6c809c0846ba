import { type JSX, Match, Show, Switch, createSignal } from 'solid-js';
import type { RepositorySecret } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Checkbox, Chips, Field } from '../primitives/controls';
import paneCss from '../shell/pane.module.css';
import { passphraseMinLength, passphraseStrength } from '../settings/passphrase-strength';
import { useUi } from '../ui';
import css from './backup.module.css';
import { Honest } from './backup-page';

/** Fields for a new passphrase; `take` gives it, or null after it has said what is wrong. */
export function createPassphrase(): { readonly Fields: () => JSX.Element; readonly take: () => string | null } {
  const { t } = useUi();
  const [next, setNext] = createSignal('');
  const [again, setAgain] = createSignal('');
  const [visible, setVisible] = createSignal(false);
  const [wrong, setWrong] = createSignal<string>();
  const strength = (): string =>
    next() === ''
      ? t('backup.passphrase.advice', { count: passphraseMinLength })
      : t(`passphrase.${passphraseStrength(next())}`, { count: passphraseMinLength });
  const type = (): 'text' | 'password' => (visible() ? 'text' : 'password');
  const Fields = (): JSX.Element => (
    <>
      <Field
        type={type()}
        name="new-passphrase"
        autocomplete="new-password"
        label={t('backup.passphrase.new')}
        hint={strength()}
        value={next()}
        onInput={(event) => setNext(event.currentTarget.value)}
      />
      <Field
        type={type()}
        name="new-passphrase-again"
        autocomplete="new-password"
        label={t('backup.passphrase.again')}
        wrong={wrong()}
        value={again()}
        onInput={(event) => setAgain(event.currentTarget.value)}
      />
      <Checkbox label={t('passphrase.show')} on={visible()} onToggle={setVisible} />
    </>
  );
  return {
    Fields,
    take() {
      const text = next().normalize('NFC').trim();
      const strengthNow = passphraseStrength(text);
      const fault =
        strengthNow === 'short'
          ? t('passphrase.short', { count: passphraseMinLength })
          : strengthNow === 'weak'
            ? t('passphrase.weak')
            : next() === again()
              ? undefined
              : t('passphrase.differ');
      setWrong(fault);
      return fault === undefined ? text : null;
    },
  };
}

/** A new passphrase with what it means to lose it. */
export function NewPassphrase(props: {
  readonly isBusy: boolean;
  readonly submit: string;
  readonly onSecret: (secret: RepositorySecret) => void;
}): JSX.Element {
  const { t } = useUi();
  const passphrase = createPassphrase();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = passphrase.take();
    if (text !== null) props.onSecret({ kind: 'passphrase', text });
  };
  return (
    <form class={css['form']} onSubmit={submit}>
      <passphrase.Fields />
      <Honest>
        <strong>{t('backup.noReset')}</strong>
      </Honest>
      <div class={paneCss['row']}>
        <Button type="submit" look="main" disabled={props.isBusy}>
          {props.submit}
        </Button>
      </div>
    </form>
  );
}

const ways = ['passphrase', 'recovery-words', 'key-file', 'passkey'] as const;
type Way = (typeof ways)[number];

/** What opens a backup that is there: a passphrase, the recovery words, a key file with its passphrase, or a passkey. */
export function OpenSecret(props: {
  readonly isBusy: boolean;
  readonly submit: string;
  readonly onSecret: (secret: RepositorySecret) => void;
}): JSX.Element {
  const { t, session, toasts } = useUi();
  const offered = ways.filter((one) => one !== 'passkey' || session.backup.hasPasskeys);
  const askPasskey = async (): Promise<void> => {
    const output = await session.backup.passkeyText('ask');
    if (output === null) toasts.notice('backup.secret.noPasskey');
    else props.onSecret({ kind: 'passkey', text: output });
  };
  const [way, setWay] = createSignal<Way>('passphrase');
  const [text, setText] = createSignal('');
  const [keyFile, setKeyFile] = createSignal<string | null>(null);
  const [wrong, setWrong] = createSignal<string>();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (way() === 'passkey') return void askPasskey().catch(toasts.fail);
    const fault = faultOf(way(), text(), keyFile());
    setWrong(fault === null ? undefined : t(fault));
    if (fault !== null) return;
    const file = keyFile();
    props.onSecret({ kind: way(), text: text(), ...(way() === 'key-file' && file !== null ? { keyFile: file } : {}) });
  };
  return (
    <form class={css['form']} onSubmit={submit}>
      <Chips
        label={t('backup.secret.with')}
        options={offered.map((value) => ({ value, label: t(`backup.way.${value}`) }))}
        value={way()}
        onChoose={setWay}
      />
      <Switch>
        <Match when={way() === 'recovery-words'}>
          <WordsField value={text()} wrong={wrong()} onInput={setText} />
        </Match>
        <Match when={way() === 'passkey'}>
          <p>{t('backup.secret.passkeyHint')}</p>
        </Match>
        <Match when={way() !== 'recovery-words'}>
          <Show when={way() === 'key-file'}>
            <KeyFileField isChosen={keyFile() !== null} onChoose={setKeyFile} />
          </Show>
          <Field
            type="password"
            name="passphrase"
            autocomplete="current-password"
            label={t(way() === 'key-file' ? 'backup.secret.keyFilePassphrase' : 'backup.passphrase')}
            wrong={wrong()}
            value={text()}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </Match>
      </Switch>
      <div class={paneCss['row']}>
        <Button type="submit" look="main" disabled={props.isBusy}>
          {props.submit}
        </Button>
      </div>
    </form>
  );
}

function faultOf(
  way: Way,
  text: string,
  keyFile: string | null,
): 'backup.wrong.words' | 'backup.wrong.secret' | 'backup.wrong.keyFile' | null {
  if (way === 'key-file' && keyFile === null) return 'backup.wrong.keyFile';
  if (way === 'recovery-words') return splitWords(text).length === 24 ? null : 'backup.wrong.words';
  return text.trim() === '' ? 'backup.wrong.secret' : null;
}

/** Words as typed, with any spacing; Chinese ones may stand without any. */
export function splitWords(typed: string): readonly string[] {
  const parts = typed
    .normalize('NFKC')
    .trim()
    .split(/[\s,，、]+/u);
  return parts.flatMap((part) => (/^\p{Script=Han}+$/u.test(part) ? [...part] : [part])).filter((part) => part !== '');
}

function WordsField(props: {
  readonly value: string;
  readonly wrong: string | undefined;
  readonly onInput: (text: string) => void;
}): JSX.Element {
  const { t } = useUi();
  return (
    <label class={css['words']}>
      <span>{t('backup.secret.words')}</span>
      <textarea
        rows="4"
        dir="auto"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-invalid={props.wrong !== undefined}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      >
        {props.value}
      </textarea>
      <span class={paneCss['quiet']}>
        {t('backup.secret.wordsCount', { count: props.value.trim() === '' ? 0 : splitWords(props.value).length })}
      </span>
      <span class={css['wrong']} role="alert">
        {props.wrong}
      </span>
    </label>
  );
}

/** Longer than any key file of ours. */
const keyFileLimitBytes = 4096;

function KeyFileField(props: { readonly isChosen: boolean; readonly onChoose: (text: string | null) => void }): JSX.Element {
  const { t, toasts } = useUi();
  let input!: HTMLInputElement;
  const read = async (): Promise<void> => {
    const file = input.files?.[0];
    if (file === undefined || file.size > keyFileLimitBytes) return props.onChoose(null);
    props.onChoose(await file.text());
  };
  return (
    <div class={paneCss['row']}>
      <input
        ref={(element) => (input = element)}
        type="file"
        hidden
        aria-label={t('backup.secret.chooseKeyFile')}
        onChange={() => void read().catch(toasts.fail)}
      />
      <Button icon="file" onClick={() => input.click()}>
        {t('backup.secret.chooseKeyFile')}
      </Button>
      <span class={paneCss['quiet']}>{t(props.isChosen ? 'backup.secret.keyFileChosen' : 'backup.secret.keyFileNone')}</span>
    </div>
  );
}
