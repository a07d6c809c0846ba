import { type JSX, Show, createSignal } from 'solid-js';
import type { RestoreProgress } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Bar, State } from '../primitives/controls';
import { errorOf } from '../primitives/toast-state';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';

/** Media that lie on a drive only: all of them now, or each when it is opened. Draws once its words are here. */
export function FetchMediaCard(): JSX.Element {
  const { hasWords, wantWords } = useUi();
  wantWords('backup');
  return (
    <Show when={hasWords('backup')}>
      <FetchMedia />
    </Show>
  );
}

function FetchMedia(): JSX.Element {
  const { t, format, session, toasts } = useUi();
  const [progress, setProgress] = createSignal<RestoreProgress | null>(null);
  const [phase, setPhase] = createSignal<'idle' | 'running' | 'done'>('idle');
  const fetchAll = async (): Promise<void> => {
    setPhase('running');
    try {
      setProgress(await session.backup.fetchMedia(null, setProgress));
      setPhase('done');
    } catch (cause) {
      setPhase('idle');
      if (errorOf(cause).code !== 'cancelled') toasts.fail(cause);
    }
  };
  const share = (): number | null => {
    const now = progress();
    return now === null || now.totalBytes === 0 ? null : now.doneBytes / now.totalBytes;
  };
  const sums = ({ media, totalMedia, doneBytes, totalBytes }: RestoreProgress): string =>
    t('backup.media.progress', { media, total: totalMedia, done: format().bytes(doneBytes), size: format().bytes(totalBytes) });
  return (
    <Card title={t('backup.media.title')}>
      <p>{t('backup.media.words')}</p>
      <Show when={phase() === 'running'}>
        <Bar label={t('backup.media.running')} share={share()} />
      </Show>
      <Show when={progress()}>{(now) => <p role="status">{sums(now())}</p>}</Show>
      <Show when={phase() === 'done'}>
        <State look="ok">{t('backup.media.done')}</State>
      </Show>
      <div class={paneCss['row']}>
        <Show
          when={phase() === 'running'}
          fallback={
            <Button icon="save" onClick={() => void fetchAll()}>
              {t('backup.media.all')}
            </Button>
          }
        >
          <Button icon="pause" onClick={() => void session.backup.pause().catch(toasts.fail)}>
            {t('backup.stop')}
          </Button>
        </Show>
      </div>
    </Card>
  );
}
