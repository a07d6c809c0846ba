import { type JSX, Show, createSignal } from 'solid-js';
import type { RestoreProgress } from '../../model/backup-view';
import type { Attachment } from '../../model/message';
import { Button } from '../primitives/button';
import { Bar } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { useUi } from '../ui';

/** A medium that lies on a drive only: where it is, how large, and the button that brings it here. Draws once its words are here. */
export function GetMedium(props: { readonly attachment: Attachment; readonly onHere: () => void }): JSX.Element {
  const { t, format, session, toasts, hasWords, wantWords } = useUi();
  const [progress, setProgress] = createSignal<RestoreProgress | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  wantWords('backup');
  const medium = createLoaded(
    () => props.attachment.sha256 ?? undefined,
    (sha256) => session.vault.media(sha256),
    toasts.fail,
  );
  const sizeBytes = (): number | null => medium()?.sizeBytes ?? props.attachment.sizeBytes;
  const words = (): string =>
    [t('backup.media.onDrive'), ...(sizeBytes() === null ? [] : [format().bytes(sizeBytes() ?? 0)])].join(t('mark.dot'));
  const get = async (): Promise<void> => {
    const { sha256 } = props.attachment;
    if (sha256 === null) return;
    setBusy(true);
    try {
      await session.backup.fetchMedia([sha256], setProgress);
      props.onHere();
    } catch (cause) {
      toasts.fail(cause);
    } finally {
      setBusy(false);
    }
  };
  const share = (): number | null => {
    const now = progress();
    return now === null || now.totalBytes === 0 ? null : now.doneBytes / now.totalBytes;
  };
  return (
    <Show when={hasWords('backup')}>
      <span>{words()}</span>
      <Show when={isBusy()} fallback={<Button onClick={() => void get()}>{t('backup.media.get')}</Button>}>
        <Bar label={t('backup.media.running')} share={share()} />
      </Show>
    </Show>
  );
}
