import { For, type JSX, Show, createSignal } from 'solid-js';
import { Button } from '../primitives/button';
import { Dialog } from '../primitives/dialog';
import { createLoaded } from '../primitives/loaded';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './settings.module.css';

/** What this is, in which version, what it cannot promise, and whose work it is made with. */
export function AboutCard(): JSX.Element {
  const { t, session } = useUi();
  const [licences, setLicences] = createSignal(false);
  const limits = ['host', 'device', 'size', 'power'] as const;
  return (
    <Card title={t('about.title')}>
      <p>{t('about.words')}</p>
      <p class={paneCss['quiet']}>{t('about.version', { version: __APP_VERSION__ })}</p>
      <h3 class={paneCss['cardTitle']}>{t('about.limits')}</h3>
      <For each={limits}>{(limit) => <p class={paneCss['quiet']}>{t(`about.limit.${limit}`)}</p>}</For>
      <Show when={session.sharesOrigin}>
        <p>{t('about.sharesOrigin')}</p>
      </Show>
      <div class={paneCss['row']}>
        <Button onClick={() => setLicences(true)}>{t('about.licences')}</Button>
      </div>
      <Show when={licences()}>
        <LicencesDialog onClose={() => setLicences(false)} />
      </Show>
    </Card>
  );
}

/** The licences of what the app is made with, as its build gathered them. They are in English, whatever the language. */
function LicencesDialog(props: { readonly onClose: () => void }): JSX.Element {
  const { t, session, toasts } = useUi();
  const text = createLoaded(
    () => true,
    () => session.readLicences(),
    toasts.fail,
  );
  return (
    <Dialog title={t('about.licences')} readOnly onClose={() => props.onClose()}>
      <pre class={css['licences']} lang="en" dir="ltr">
        {text()}
      </pre>
    </Dialog>
  );
}
