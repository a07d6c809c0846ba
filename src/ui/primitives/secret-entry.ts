import { type Accessor, createSignal } from 'solid-js';
import { useUi } from '../ui';
import { errorOf } from './toast-state';

export interface SecretEntry {
  readonly busy: Accessor<boolean>;
  /** What the field says is wrong, in words. */
  readonly wrong: Accessor<string | undefined>;
  /** For a form with one field: does nothing while that is empty, or while what was entered is being tried. Never rejects. */
  readonly submit: (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => Promise<void>;
}

/** A passphrase that is asked for, and tried by `open`. Where that fails the field says why, and what is in it is selected. */
export function createSecretEntry(open: (secret: string) => Promise<void>): SecretEntry {
  const { t } = useUi();
  const [busy, setBusy] = createSignal(false);
  const [wrong, setWrong] = createSignal<string>();
  const submit: SecretEntry['submit'] = async (event) => {
    event.preventDefault();
    const field = event.currentTarget.querySelector('input');
    if (field === null || busy() || field.value === '') return;
    setBusy(true);
    setWrong(undefined);
    try {
      await open(field.value);
      field.value = '';
    } catch (cause) {
      setWrong(t(`error.${errorOf(cause).code}`, errorOf(cause).facts));
      field.select();
    } finally {
      setBusy(false);
    }
  };
  return { busy, wrong, submit };
}
