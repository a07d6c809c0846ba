import { For, type JSX, Show, createSignal } from 'solid-js';
import type { CamphorError } from '../../model/error';
import { keyFileLimitBytes, type Secret, secretFault, takesFile, takesText } from '../../model/secret-form';
import type { LockedFile } from '../../model/view';
import { Button } from '../primitives/button';
import { Bar, Checkbox, Field } from '../primitives/controls';
import { shownName } from '../primitives/file-name';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { progressShare } from './import-state';
import css from './import.module.css';

/** Of the others with the same secret so many are named. */
const othersShown = 100;

/** A file of the drop that only its owner's secret opens: asks for it, says what is wrong with it while it is typed, and tries it. */
export function LockedCard(props: { readonly file: LockedFile }): JSX.Element {
  const { t, imports } = useUi();
  const [secret, setSecret] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [wrong, setWrong] = createSignal<string>();
  const [keeps, setKeeps] = createSignal(false);
  const form = () => props.file.opensBy;
  const wordsOf = ({ code, facts }: CamphorError): string => {
    if (code === 'wrong-secret') return t(`locked.wrong.${form()}`);
    if (code === 'secret-malformed') return t('locked.fault.letters');
    if (code === 'secret-costs-too-much') return t('locked.costsTooMuch');
    if (code === 'unsupported-version') return t('locked.unsupported');
    return code === 'damaged' ? t('locked.damaged') : t(`error.${code}`, facts);
  };
  const open = async (given: Secret): Promise<void> => {
    setBusy(true);
    setWrong(undefined);
    const { fileId } = props.file;
    const isKept = keeps();
    const error = await imports.amend((job, _, report) => job.unlock(fileId, given, report, isKept));
    setBusy(false);
    if (error !== null) setWrong(wordsOf(error));
  };
  const type = (text: string): void => {
    setSecret(text);
    const fault = secretFault(form(), text);
    setWrong(fault === null || fault === 'too-short' ? undefined : t(`locked.fault.${fault}`));
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const fault = secretFault(form(), secret());
    if (fault === null) void open(secret());
    else setWrong(t(`locked.fault.${fault}`));
  };
  return (
    <Card title={t('locked.title')}>
      <p>
        <bdi>{shownName(props.file.path)}</bdi>
      </p>
      <Show when={props.file.others.length > 0}>
        <details class={css['more']}>
          <summary>{t('locked.others', { count: props.file.others.length })}</summary>
          <ul>
            <For each={props.file.others.slice(0, othersShown)}>
              {({ path }) => (
                <li>
                  <bdi>{shownName(path)}</bdi>
                </li>
              )}
            </For>
          </ul>
        </details>
      </Show>
      <p>{t(`locked.words.${form()}`)}</p>
      <form class={css['form']} onSubmit={submit}>
        <Show when={takesText(form())} fallback={<p role="alert">{wrong()}</p>}>
          <Field
            type="password"
            label={t(`locked.${form()}`)}
            autocomplete="off"
            required
            wrong={wrong()}
            value={secret()}
            onInput={(event) => type(event.currentTarget.value)}
          />
        </Show>
        <Checkbox label={t('locked.keep')} on={keeps()} onToggle={setKeeps} />
        <p class={paneCss['quiet']}>{t('locked.keepWords')}</p>
        <Show when={busy() && progressShare(imports.progress())}>{(share) => <Bar label={t('stage.deriving')} share={share()} />}</Show>
        <div class={paneCss['row']}>
          <Show when={takesText(form())}>
            <Button type="submit" look="main" disabled={busy()}>
              {t(busy() ? 'locked.opening' : 'locked.open')}
            </Button>
          </Show>
          <Show when={takesFile(form())}>
            <KeyFileButton busy={busy()} onKey={(bytes) => void open(bytes)} onTooLarge={() => setWrong(t('locked.fault.file'))} />
          </Show>
        </div>
      </form>
    </Card>
  );
}

interface KeyFileProps {
  readonly busy: boolean;
  readonly onKey: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly onTooLarge: () => void;
}

function KeyFileButton(props: KeyFileProps): JSX.Element {
  const { t, toasts } = useUi();
  let input!: HTMLInputElement;
  const read = async (): Promise<void> => {
    const file = input.files?.[0];
    if (file === undefined) return;
    if (file.size > keyFileLimitBytes) return props.onTooLarge();
    props.onKey(new Uint8Array(await file.arrayBuffer()));
    input.value = '';
  };
  return (
    <>
      <input
        ref={(element) => (input = element)}
        type="file"
        hidden
        aria-label={t('locked.chooseFile')}
        onChange={() => void read().catch(toasts.fail)}
      />
      <Button icon="file" disabled={props.busy} onClick={() => input.click()}>
        {t('locked.chooseFile')}
      </Button>
    </>
  );
}
