import { type JSX, Show, Suspense, lazy } from 'solid-js';
import { progressShare } from '../import/import-state';
import { Bar } from '../primitives/controls';
import { Button } from '../primitives/button';
import { useUi } from '../ui';
import css from './shell.module.css';

const HiddenStrip = lazy(async () => ({ default: (await import('./hidden-strip')).HiddenStrip }));
const VersionStrips = lazy(async () => ({ default: (await import('./version-strips')).VersionStrips }));

/**
 * The slim bars under everything: an import that goes on, a lock that is near, a vault that can only be read, hidden
 * conversations that are shown, a new version.
 */
export function Foot(): JSX.Element {
  const ui = useUi();
  const { t, imports } = ui;
  const busy = (): boolean =>
    ui.route().screen !== 'import' && ['planning', 'planned', 'running', 'done', 'failed'].includes(imports.phase());
  return (
    <div class={css['foot']}>
      <Show when={busy()}>
        <div class={css['strip']} role="status">
          <span>{t(`import.pill.${imports.phase()}`)}</span>
          <Show when={imports.phase() === 'running' || imports.phase() === 'planning'}>
            <Bar label={t(`import.pill.${imports.phase()}`)} share={progressShare(imports.progress())} />
          </Show>
          <Button onClick={() => ui.go({ screen: 'import' })}>{t('action.show')}</Button>
        </div>
      </Show>
      <Show when={ui.route().screen !== 'backup' && ui.background()}>
        {(job) => (
          <div class={css['strip']} role="status">
            <span>{job().words}</span>
            <Bar label={job().words} share={job().share} />
            <Button onClick={() => ui.go(job().route)}>{t('action.show')}</Button>
          </div>
        )}
      </Show>
      <Show when={ui.lockNear()}>
        {(seconds) => (
          <div class={css['strip']} role="alert">
            {t('lock.near', { count: seconds() })}
          </div>
        )}
      </Show>
      <Show when={ui.status()?.state === 'newer'}>
        <div class={css['strip']} role="status">
          {t('error.newer-vault')}
        </div>
      </Show>
      <Suspense>
        <Show when={ui.conversations()?.some(({ hidden }) => hidden)}>
          <HiddenStrip />
        </Show>
        <Show when={ui.updateReady() || ui.preferences().seenVersion !== __APP_VERSION__}>
          <VersionStrips />
        </Show>
      </Suspense>
    </div>
  );
}
