import { For, type JSX, Match, Show, Switch, createSignal } from 'solid-js';
import type { DriveStatus, KeyView } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Bar } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { createLoaded } from '../primitives/loaded';
import { backupRoute } from '../router';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { type AddableKey, AddKeyDialog } from './add-key-dialog';
import css from './backup.module.css';
import { BackupPage, Honest, Lead } from './backup-page';

const knownLabels = ['passphrase', 'recovery', 'key-file'] as const;

/** What a key is, in words; a passkey by its number, what another program made by its label. */
function keyWords(label: string, t: ReturnType<typeof useUi>['t']): string {
  const known = knownLabels.find((one) => one === label);
  if (known !== undefined) return t(`backup.key.${known}`);
  return label.startsWith('passkey')
    ? t('backup.key.passkey', { number: label.replace(/^passkey-?/, '') })
    : t('backup.key.other', { name: label });
}

/** Everything that opens the backup: list, add, remove. */
export function KeysPage(props: { readonly drive: DriveStatus }): JSX.Element {
  const { t, session, toasts } = useUi();
  const [round, setRound] = createSignal(0);
  const [adding, setAdding] = createSignal<AddableKey | null>(null);
  const [removing, setRemoving] = createSignal<KeyView | null>(null);
  const keys = createLoaded(
    () => ({ id: props.drive.id, round: round() }),
    ({ id }) => session.backup.keys(id),
    toasts.fail,
  );
  const again = (): void => void setRound(round() + 1);
  return (
    <BackupPage title={t('backup.keys')} under={props.drive.name}>
      <Show when={keys()} fallback={<Bar label={t('backup.reading')} share={null} />}>
        {(list) => (
          <>
            <Lead look={list().length > 1 ? 'ok' : 'warn'} under={t('backup.keysWords')}>
              {t('backup.keysLead', { count: list().length })}
            </Lead>
            <Card>
              <ul class={css['keys']}>
                <For each={list()}>{(key) => <KeyRow key={key} isLast={!mayRemove(list(), key)} onRemove={() => setRemoving(key)} />}</For>
              </ul>
            </Card>
          </>
        )}
      </Show>
      <AddCard drive={props.drive} onAdd={setAdding} />
      <Honest>{t('backup.limit.masterKey')}</Honest>
      <Show when={adding()}>
        {(kind) => <AddKeyDialog drive={props.drive} kind={kind()} onAdded={again} onClose={() => setAdding(null)} />}
      </Show>
      <Show when={removing()}>
        {(key) => <RemoveKeyDialog drive={props.drive} key={key()} onRemoved={again} onClose={() => setRemoving(null)} />}
      </Show>
    </BackupPage>
  );
}

/** A passkey belongs to one address: it may never be all that is left. */
export function mayRemove(keys: readonly KeyView[], key: KeyView): boolean {
  return keys.some(({ id, label }) => id !== key.id && !label.startsWith('passkey'));
}

function KeyRow(props: { readonly key: KeyView; readonly isLast: boolean; readonly onRemove: () => void }): JSX.Element {
  const { t, format } = useUi();
  const facts = (): string =>
    [
      ...(props.key.createdAtMs === null ? [] : [format().date(props.key.createdAtMs)]),
      ...(props.key.hostname === '' ? [] : [props.key.hostname]),
      ...(props.key.isInUse ? [t('backup.key.inUse')] : []),
    ].join(t('mark.dot'));
  return (
    <li class={css['key']}>
      <div>
        <p class={css['linkTitle']}>
          <bdi>{keyWords(props.key.label, t)}</bdi>
        </p>
        <p class={paneCss['quiet']}>{facts()}</p>
      </div>
      <Show when={!props.isLast} fallback={<span class={paneCss['quiet']}>{t('backup.key.needed')}</span>}>
        <Button aria-label={t('backup.key.removeOf', { name: keyWords(props.key.label, t) })} onClick={() => props.onRemove()}>
          {t('conversation.removeNow')}
        </Button>
      </Show>
    </li>
  );
}

function AddCard(props: { readonly drive: DriveStatus; readonly onAdd: (kind: AddableKey) => void }): JSX.Element {
  const { t, session, go } = useUi();
  return (
    <Card title={t('backup.key.add')}>
      <p class={paneCss['quiet']}>{t('backup.key.addWords')}</p>
      <div class={paneCss['row']}>
        <Button icon="lock" onClick={() => props.onAdd('passphrase')}>
          {t('backup.key.passphrase')}
        </Button>
        <Button icon="receipt" onClick={() => go(backupRoute('sheet', props.drive.id))}>
          {t('backup.key.recovery')}
        </Button>
        <Button icon="file" onClick={() => props.onAdd('key-file')}>
          {t('backup.key.key-file')}
        </Button>
        <Show when={session.backup.hasPasskeys}>
          <Button icon="person" onClick={() => props.onAdd('passkey')}>
            {t('backup.key.addPasskey')}
          </Button>
        </Show>
      </div>
    </Card>
  );
}

function RemoveKeyDialog(props: {
  readonly drive: DriveStatus;
  readonly key: KeyView;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t, session, toasts } = useUi();
  const [isBusy, setBusy] = createSignal(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      await session.backup.removeKey(props.drive.id, props.key.id);
      props.onRemoved();
      props.onClose();
      toasts.notice('backup.key.removed');
    } catch (cause) {
      setBusy(false);
      toasts.fail(cause);
    }
  };
  return (
    <Dialog title={t('backup.key.remove')} onClose={props.onClose}>
      <p>
        <Switch fallback={t('backup.key.removeWords')}>
          <Match when={props.key.isInUse}>{t('backup.key.removeInUse')}</Match>
        </Switch>
      </p>
      <p class={paneCss['quiet']}>{t('backup.limit.masterKey')}</p>
      <DialogActions>
        <Button onClick={() => props.onClose()}>{t('action.cancel')}</Button>
        <Button look="danger" icon="trash" disabled={isBusy()} onClick={() => void remove()}>
          {t('backup.key.remove')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
