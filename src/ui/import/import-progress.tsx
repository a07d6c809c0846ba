import { type JSX, Show, createSignal, onCleanup } from 'solid-js';
import { Bar, Checkbox } from '../primitives/controls';
import { Button } from '../primitives/button';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './import.module.css';
import { progressShare } from './import-state';

/** Keeps the place of a line that is not there yet: one that came later would move the button below it. */
const noWords = '\u00a0';

/** Time left is a guess; it is shown once there is something to guess from. */
const guessAfterMs = 5000;

/** How far the import is, in stages, bytes and counts; it goes on while the owner reads elsewhere. */
export function ImportProgress(): JSX.Element {
  const { t, format, imports, status } = useUi();
  const [nowMs, setNowMs] = createSignal(Date.now());
  const tick = setInterval(() => setNowMs(Date.now()), 1000);
  onCleanup(() => clearInterval(tick));
  const share = (): number | null => progressShare(imports.progress());
  const remainingMs = (): number | null => {
    const elapsedMs = nowMs() - imports.beganAtMs();
    const done = share();
    return done === null || done < 0.01 || elapsedMs < guessAfterMs ? null : (elapsedMs / done) * (1 - done);
  };
  const left = (): string => {
    const ms = remainingMs();
    return ms === null ? noWords : t('import.left', { time: format().remaining(ms) });
  };
  const stage = (): string => t(`stage.${imports.progress()?.stage ?? 'opening'}`);
  const counts = (): string => {
    const now = imports.progress();
    if (now === null) return '';
    const media = now.media > 0 ? [t('count.media', { count: now.media })] : [];
    return [t('count.messages', { count: now.messages }), ...media].join(t('mark.dot'));
  };
  return (
    <Card>
      <div class={css['progress']}>
        <div role="status">
          <h2 class={paneCss['lead']}>{stage()}</h2>
        </div>
        <Bar label={stage()} share={share()} />
        <p class={paneCss['quiet']}>
          {[share() === null ? '' : format().percent(share() ?? 0), counts()].filter((part) => part !== '').join(t('mark.dot')) || noWords}
        </p>
        <Show when={imports.phase() === 'running'}>
          <p class={paneCss['quiet']}>{left()}</p>
        </Show>
        <p>{t(imports.phase() === 'planning' ? 'import.nothingKept' : 'import.readOn')}</p>
        <Show when={imports.phase() === 'running' && status()?.hasPassphrase}>
          <Checkbox label={t('import.finishWhileLocked')} on={imports.finishWhileLocked()} onToggle={imports.setFinishWhileLocked} />
        </Show>
        <div class={paneCss['row']}>
          <Button icon="close" onClick={() => imports.dismiss()}>
            {t('action.cancel')}
          </Button>
        </div>
      </div>
    </Card>
  );
}
