import { For, type JSX, Match, Show, Switch, createSignal, onCleanup } from 'solid-js';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { useUi } from '../ui';
import { Card } from './pane';
import paneCss from './pane.module.css';

/** Safari on iPhones and iPads alone says whether a page is an app of the home screen; there is no offer to be had there. */
const isOnIosPage = (): boolean => 'standalone' in navigator && navigator.standalone === false;

/** How to have the app on this device; nothing where it is installed already, or where the browser has no way. */
export function InstallAdvice(): JSX.Element {
  const { t, session, toasts, hasWords, wantWords } = useUi();
  wantWords('install');
  const [offered, setOffered] = createSignal(session.installable);
  const [installed, setInstalled] = createSignal(false);
  onCleanup(session.onEvent(({ kind }) => kind === 'install-ready' && setOffered(true)));
  const install = async (): Promise<void> => {
    try {
      setInstalled((await session.install()) === 'accepted');
      // An offer can be made use of once.
      setOffered(false);
    } catch (cause) {
      toasts.fail(cause);
    }
  };
  return (
    <Show when={hasWords('install')}>
      <Switch>
        <Match when={installed()}>
          <State look="ok">{t('install.done')}</State>
        </Match>
        <Match when={offered()}>
          <Card title={t('install.title')}>
            <p>{t('install.why')}</p>
            <div class={paneCss['row']}>
              <Button onClick={() => void install()}>{t('install.now')}</Button>
            </div>
          </Card>
        </Match>
        <Match when={isOnIosPage()}>
          <IosGuide />
        </Match>
      </Switch>
    </Show>
  );
}

function IosGuide(): JSX.Element {
  const { t } = useUi();
  return (
    <Card title={t('install.ios.title')}>
      <p>{t('install.ios.why')}</p>
      <ol class={paneCss['numbered']}>
        <For each={['share', 'add', 'open'] as const}>{(step) => <li>{t(`install.ios.${step}`)}</li>}</For>
      </ol>
    </Card>
  );
}
