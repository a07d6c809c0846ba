import { For, type JSX, Show, createSignal } from 'solid-js';
import type { ReceiptId } from '../../model/ids';
import { indexOverlays, receiptSubject } from '../../model/overlay-index';
import type { ReceiptOriginal } from '../../model/receipt';
import { Button } from '../primitives/button';
import { Checkbox } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { shownName } from '../primitives/file-name';
import { createLoaded } from '../primitives/loaded';
import { saveUrl } from '../primitives/save-file';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';

const filesShown = 50;

/** The kept original of an import: its files, saving them again, letting it travel, removing it. Draws once its words are here. */
export function OriginalCard(props: { readonly receipt: ReceiptId; readonly originals: readonly ReceiptOriginal[] }): JSX.Element {
  const { t, format, session, toasts, edition, hasWords, wantWords } = useUi();
  wantWords('gathering');
  const [dropping, setDropping] = createSignal(false);
  const [travels, setTravels] = createSignal<boolean | null>(null);
  const kept = createLoaded(
    edition,
    async () => indexOverlays(await session.vault.overlays('original')).has('original', receiptSubject(props.receipt)),
    toasts.fail,
  );
  const size = (): string => format().bytes(props.originals.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const letTravel = (on: boolean): void => {
    setTravels(on);
    session.vault.setOverlay('original', receiptSubject(props.receipt), { backup: on ? 'yes' : null }).catch(toasts.fail);
  };
  return (
    <Show when={hasWords('gathering')}>
      <Card title={t('original.title')}>
        <p>{t('original.words', { size: size() })}</p>
        <ul>
          <For each={props.originals.slice(0, filesShown)}>{(file) => <OriginalFile file={file} />}</For>
        </ul>
        <Show when={props.originals.length > filesShown}>
          <p class={paneCss['quiet']}>{t('original.more', { count: props.originals.length - filesShown })}</p>
        </Show>
        <Checkbox on={travels() ?? kept() ?? false} onToggle={letTravel} label={t('original.backUp')} />
        <div class={paneCss['row']}>
          <Button look="danger" icon="trash" onClick={() => setDropping(true)}>
            {t('original.drop')}
          </Button>
        </div>
        <Show when={dropping()}>
          <DropDialog receipt={props.receipt} size={size()} onClose={() => setDropping(false)} />
        </Show>
      </Card>
    </Show>
  );
}

function OriginalFile(props: { readonly file: ReceiptOriginal }): JSX.Element {
  const { t, format, session, toasts } = useUi();
  const name = (): string => shownName(props.file.path.split('/').at(-1) ?? '');
  const isHere = createLoaded(
    () => props.file.sha256,
    async (sha256) => (await session.vault.media(sha256))?.isHere ?? false,
    toasts.fail,
  );
  const save = async (): Promise<void> => {
    try {
      saveUrl(await session.mediaUrl(props.file.sha256), name());
    } catch (cause) {
      toasts.fail(cause);
    }
  };
  return (
    <li class={paneCss['row']}>
      <span>
        <bdi>{shownName(props.file.path)}</bdi>
        {t('mark.dot')}
        {format().bytes(props.file.sizeBytes)}
      </span>
      <Show when={isHere() !== false} fallback={<span class={paneCss['quiet']}>{t('original.elsewhere')}</span>}>
        <Button look="plain" icon="save" aria-label={`${t('action.saveFile')} ${name()}`} onClick={() => void save()}>
          {t('action.saveFile')}
        </Button>
      </Show>
    </li>
  );
}

function DropDialog(props: { readonly receipt: ReceiptId; readonly size: string; readonly onClose: () => void }): JSX.Element {
  const { t, session, toasts } = useUi();
  const [busy, setBusy] = createSignal(false);
  const drop = async (): Promise<void> => {
    setBusy(true);
    try {
      await session.dropOriginal(props.receipt);
      props.onClose();
      toasts.notice('original.dropped');
    } catch (cause) {
      setBusy(false);
      toasts.fail(cause);
    }
  };
  return (
    <Dialog title={t('original.drop')} onClose={() => busy() || props.onClose()}>
      <p>{t('original.dropWords', { size: props.size })}</p>
      <DialogActions>
        <Button disabled={busy()} onClick={() => props.onClose()}>
          {t('action.cancel')}
        </Button>
        <Button look="danger" icon="trash" disabled={busy()} onClick={() => void drop()}>
          {t('original.drop')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
