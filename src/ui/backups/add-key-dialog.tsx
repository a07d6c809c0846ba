import { type JSX, Show, createSignal } from 'solid-js';
import type { DriveStatus, RepositorySecret } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Bar } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { saveText } from '../primitives/save-file';
import { useUi } from '../ui';
import css from './backup.module.css';
import { createPassphrase } from './secret-fields';

export type AddableKey = 'passphrase' | 'key-file' | 'passkey';

const keyFileName = 'camphor-key.txt';

/** Adds a way to open the backup. A key file is saved before the key is made, so that there is never a key without its file. */
export function AddKeyDialog(props: {
  readonly drive: DriveStatus;
  readonly kind: AddableKey;
  readonly onAdded: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t, session, toasts } = useUi();
  const [isBusy, setBusy] = createSignal(false);
  const passphrase = createPassphrase();
  const makeSecret = async (): Promise<RepositorySecret | null> => {
    if (props.kind === 'passkey') {
      const output = await session.backup.passkeyText('create');
      if (output === null) toasts.notice('backup.key.declined');
      return output === null ? null : { kind: 'passkey', text: output };
    }
    const text = passphrase.take();
    if (text === null) return null;
    if (props.kind === 'passphrase') return { kind: 'passphrase', text };
    const keyFile = await session.backup.makeKeyFile();
    saveText(keyFile, keyFileName, 'text/plain');
    return { kind: 'key-file', text, keyFile };
  };
  const add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      const secret = await makeSecret();
      if (secret === null) return;
      await session.backup.addKey(props.drive.id, secret);
      props.onAdded();
      props.onClose();
      toasts.notice('backup.key.added');
    } catch (cause) {
      toasts.fail(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={t(`backup.key.title.${props.kind}`)} onClose={() => isBusy() || props.onClose()}>
      <form class={css['form']} onSubmit={(event) => void add(event)}>
        <p>{t(`backup.key.words.${props.kind}`)}</p>
        <Show when={props.kind !== 'passkey'}>
          <passphrase.Fields />
        </Show>
        <p class={css['strong']}>{t(props.kind === 'passkey' ? 'backup.limit.passkey' : 'backup.noReset')}</p>
        <Show when={isBusy()}>
          <Bar label={t('backup.key.adding')} share={null} />
        </Show>
        <DialogActions>
          <Button disabled={isBusy()} onClick={() => props.onClose()}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" look="main" disabled={isBusy()}>
            {t('backup.key.add')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
