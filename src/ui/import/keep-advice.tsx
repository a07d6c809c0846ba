import { type JSX, Match, Suspense, Switch, lazy } from 'solid-js';
import { State } from '../primitives/controls';
import { useUi } from '../ui';

const InstallAdvice = lazy(async () => ({ default: (await import('../shell/install-advice')).InstallAdvice }));

/** After something was taken in: whether the browser agreed to keep it, and how to have the app at hand. */
export function KeepAdvice(): JSX.Element {
  const { t, imports, hasWords, wantWords } = useUi();
  wantWords('install');
  return (
    <Suspense>
      <Switch>
        <Match when={hasWords('install') && imports.persisted() === true}>
          <State look="ok">{t('install.kept')}</State>
        </Match>
        <Match when={hasWords('install') && imports.persisted() === false}>
          <State look="warn">{t('install.notKept')}</State>
        </Match>
      </Switch>
      <InstallAdvice />
    </Suspense>
  );
}
