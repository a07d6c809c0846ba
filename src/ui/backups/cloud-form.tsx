import { type JSX, Show, createSignal, onCleanup, untrack } from 'solid-js';
import type { CloudConfig, CloudKind } from '../../model/drive';
import type { CamphorError } from '../../model/error';
import { leaveForConsent, opensNoWindows } from '../../session/consent-leave';
import { consentReturnUrl, hearConsent, openConsentWindow } from '../../session/consent-window';
import { Button } from '../primitives/button';
import { Field, State } from '../primitives/controls';
import { errorOf } from '../primitives/toast-state';
import { formatRoute } from '../router';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';

/** Names of the services, which are the same in all languages. */
export const cloudNames: Readonly<Record<CloudKind, string>> = {
  dropbox: 'Dropbox',
  onedrive: 'OneDrive',
  'google-drive': 'Google Drive',
};

/** Signing in at a service: a window of its own asks for consent; what comes of it never passes through this page. */
export function CloudForm(props: {
  readonly kind: CloudKind;
  readonly plain?: boolean;
  /** Why a sign-in for which the page was left came to nothing. */
  readonly failed?: CamphorError | undefined;
  readonly onReady: (config: CloudConfig) => void;
}): JSX.Element {
  const { t, session, route } = useUi();
  const [clientId, setClientId] = createSignal(untrack(() => __CLIENT_IDS__[props.kind]));
  const [waiting, setWaiting] = createSignal<AbortController | null>(null);
  const [error, setError] = createSignal<CamphorError | null>(untrack(() => props.failed ?? null));
  const [isBlocked, setBlocked] = createSignal(opensNoWindows());
  const name = (): string => cloudNames[props.kind];
  const stop = (): void => {
    waiting()?.abort();
    setWaiting(null);
  };
  onCleanup(stop);
  /** Away from this page, and back to this screen by way of oauth.html. */
  const leave = async (): Promise<void> => {
    setError(null);
    try {
      const left = await session.backup.leaveForSignIn(props.kind, clientId().trim(), consentReturnUrl());
      await leaveForConsent(left, { kind: props.kind, route: formatRoute(route()) });
    } catch (cause) {
      setError(errorOf(cause));
    }
  };
  const signIn = async (): Promise<void> => {
    stop();
    setError(null);
    // Before anything is waited for: browsers open windows in a click only.
    const consent = openConsentWindow();
    setBlocked(consent === null);
    if (consent === null) return;
    const here = new AbortController();
    setWaiting(here);
    try {
      const { url, state } = await session.backup.beginSignIn(props.kind, clientId().trim(), consentReturnUrl());
      consent.location.replace(url);
      const signedIn = await session.backup.finishSignIn(await hearConsent(state, here.signal));
      props.onReady({ ...signedIn, folder: '' });
    } catch (cause) {
      consent.close();
      if (errorOf(cause).code !== 'cancelled') setError(errorOf(cause));
    } finally {
      if (waiting() === here) setWaiting(null);
    }
  };
  return (
    <form
      class={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void (isBlocked() ? leave() : signIn());
      }}
    >
      <p>{t(isBlocked() ? 'backup.cloud.leaves' : 'backup.cloud.words', { service: name() })}</p>
      <Show when={props.kind !== 'dropbox'}>
        <p>{t(props.kind === 'onedrive' ? 'backup.cloud.daily' : 'backup.cloud.hourly')}</p>
      </Show>
      <Field
        name="clientId"
        type="text"
        dir="ltr"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        label={t('backup.cloud.clientId')}
        hint={t('backup.cloud.clientIdHint', { service: name(), address: consentReturnUrl() })}
        value={clientId()}
        onInput={(event) => setClientId(event.currentTarget.value)}
      />
      <Show when={isBlocked()}>
        <State look="warn">{t('backup.cloud.blocked')}</State>
        <p>{t('backup.cloud.unlock')}</p>
      </Show>
      <Show when={error()}>{(now) => <State look="danger">{t(`error.${now().code}`, now().facts)}</State>}</Show>
      <Show when={waiting()}>
        <p role="status">{t('backup.cloud.waiting', { service: name() })}</p>
      </Show>
      <p class={paneCss['quiet']}>{t('backup.cloud.kept')}</p>
      <div class={paneCss['row']}>
        <Button type="submit" {...(props.plain === true ? {} : { look: 'main' as const })} disabled={clientId().trim() === ''}>
          {t(isBlocked() ? 'backup.cloud.leave' : 'backup.cloud.signIn', { service: name() })}
        </Button>
        <Show when={waiting()}>
          <Button onClick={stop}>{t('action.cancel')}</Button>
        </Show>
      </div>
    </form>
  );
}
