import { type JSX, Match, Show, Suspense, Switch, lazy } from 'solid-js';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { backupRoute } from '../router';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';

const InstallAdvice = lazy(async () => ({ default: (await import('../shell/install-advice')).InstallAdvice }));

/** For a screen that will advise: advice that came later would move the buttons below it. Never rejects. */
export const loadKeepAdvice = (): Promise<unknown> => InstallAdvice.preload().catch(() => undefined);

/** After something was taken in: whether the browser agreed to keep it, a copy elsewhere where there is none, and how to have the app at hand. */
export function KeepAdvice(): JSX.Element {
  const { t, session, imports, go } = useUi();
  return (
    <Suspense>
      <Switch>
        <Match when={imports.persisted() === true}>
          <State look="ok">{t('install.kept')}</State>
        </Match>
        <Match when={imports.persisted() === false}>
          <State look="warn">{t('install.notKept')}</State>
        </Match>
      </Switch>
      <Show when={!session.backup.mayHaveDrives}>
        <div class={paneCss['row']}>
          <Button icon="shield" onClick={() => go(backupRoute('home'))}>
            {t('install.backUp')}
          </Button>
        </div>
      </Show>
      <InstallAdvice />
    </Suspense>
  );
}
