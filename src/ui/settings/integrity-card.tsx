import { For, type JSX, Show, createSignal } from 'solid-js';
import type { Progress } from '../../model/progress';
import type { IntegrityReport } from '../../model/view';
import { progressShare } from '../import/import-state';
import { Button } from '../primitives/button';
import { Bar, State } from '../primitives/controls';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './settings.module.css';

/** Reads everything that is kept and says whether it is whole. */
export function IntegrityCard(): JSX.Element {
  const { t, format, session, toasts } = useUi();
  const [progress, setProgress] = createSignal<Progress | null>(null);
  const [running, setRunning] = createSignal(false);
  const [report, setReport] = createSignal<IntegrityReport | null>(null);
  const verify = async (): Promise<void> => {
    setRunning(true);
    setReport(null);
    try {
      setReport(await session.vault.verify(setProgress));
    } catch (cause) {
      toasts.fail(cause);
    } finally {
      setRunning(false);
    }
  };
  return (
    <Card title={t('integrity.title')}>
      <p>{t('integrity.words')}</p>
      <Show when={running()}>
        <Bar label={t('integrity.running')} share={progressShare(progress())} />
      </Show>
      <Show when={report()}>
        {(found) => (
          <div role="status">
            <Show
              when={found().damaged.length > 0}
              fallback={
                <State look="ok">
                  {t('integrity.whole', { count: found().objectsChecked, size: format().bytes(found().bytesChecked) })}
                </State>
              }
            >
              <State look="danger">{t('integrity.damaged', { count: found().damaged.length })}</State>
              <ul class={css['damaged']}>
                <For each={found().damaged.slice(0, 100)}>
                  {(one) => (
                    <li>
                      {t(`integrity.what.${one.what}`)}
                      {t('mark.dot')}
                      {t(`integrity.reason.${one.reason}`)}
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          </div>
        )}
      </Show>
      <div class={paneCss['row']}>
        <Button icon="shield" disabled={running()} onClick={() => void verify()}>
          {t(running() ? 'integrity.running' : 'integrity.now')}
        </Button>
      </div>
    </Card>
  );
}
