import { type JSX, Show, createSignal } from 'solid-js';
import type { Progress } from '../../model/progress';
import type { VaultStatus } from '../../model/view';
import { progressShare } from '../import/import-state';
import { Button } from '../primitives/button';
import { Bar, Checkbox, Field } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { errorOf } from '../primitives/toast-state';
import { useUi } from '../ui';
import css from './settings.module.css';
import { passphraseMinLength, passphraseStrength } from './passphrase-strength';

/** Sets, changes or removes the passphrase. */
export function PassphraseDialog(props: { readonly mode: 'set' | 'change' | 'remove'; readonly onClose: () => void }): JSX.Element {
  const { t, session, setStatus, toasts } = useUi();
  const [current, setCurrent] = createSignal('');
  const [next, setNext] = createSignal('');
  const [again, setAgain] = createSignal('');
  const [visible, setVisible] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [wrong, setWrong] = createSignal<string>();
  const [progress, setProgress] = createSignal<Progress | null>(null);
  const type = (): 'text' | 'password' => (visible() ? 'text' : 'password');
  const strength = (): string | undefined =>
    next() === '' ? undefined : t(`passphrase.${passphraseStrength(next())}`, { count: passphraseMinLength });
  const apply = (): Promise<VaultStatus> =>
    props.mode === 'remove'
      ? session.vault.removePassphrase(current())
      : session.vault.setPassphrase(next(), props.mode === 'set' ? null : current(), setProgress);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (props.mode !== 'remove' && next() !== again()) return void setWrong(t('passphrase.differ'));
    setBusy(true);
    setWrong(undefined);
    try {
      setStatus(await apply());
      props.onClose();
      toasts.notice(props.mode === 'remove' ? 'passphrase.removed' : 'passphrase.saved');
    } catch (cause) {
      setWrong(t(`error.${errorOf(cause).code}`, errorOf(cause).facts));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t(`passphrase.${props.mode}`)} onClose={() => busy() || props.onClose()}>
      <form class={css['form']} onSubmit={(event) => void submit(event)}>
        <p>{t(props.mode === 'remove' ? 'passphrase.removeWords' : 'passphrase.words')}</p>
        <Show when={props.mode !== 'set'}>
          <Field
            type={type()}
            label={t('passphrase.current')}
            autocomplete="current-password"
            required
            value={current()}
            wrong={props.mode === 'remove' ? wrong() : undefined}
            onInput={(event) => setCurrent(event.currentTarget.value)}
          />
        </Show>
        <Show when={props.mode !== 'remove'}>
          <Field
            type={type()}
            label={t('passphrase.next')}
            autocomplete="new-password"
            required
            minlength={passphraseMinLength}
            hint={strength() ?? t('passphrase.advice', { count: passphraseMinLength })}
            value={next()}
            onInput={(event) => setNext(event.currentTarget.value)}
          />
          <Field
            type={type()}
            label={t('passphrase.again')}
            autocomplete="new-password"
            required
            wrong={wrong()}
            value={again()}
            onInput={(event) => setAgain(event.currentTarget.value)}
          />
        </Show>
        <Checkbox label={t('passphrase.show')} on={visible()} onToggle={setVisible} />
        <p class={css['strong']}>{t('passphrase.noReset')}</p>
        <Show when={busy()}>
          <Bar label={t('passphrase.working')} share={progressShare(progress())} />
        </Show>
        <DialogActions>
          <Button disabled={busy()} onClick={() => props.onClose()}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" look="main" disabled={busy()}>
            {busy() ? t('passphrase.working') : t(`passphrase.${props.mode}`)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
