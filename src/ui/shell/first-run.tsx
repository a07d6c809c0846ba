import { type JSX, Show, Suspense, createEffect, lazy } from 'solid-js';
import { Icon, Mark } from '../icons/icon';
import { createAwaited } from '../primitives/awaited';
import { Button } from '../primitives/button';
import { backupRoute } from '../router';
import { useUi } from '../ui';
import { FileChoice } from './file-choice';
import css from './shell.module.css';

const InstallAdvice = lazy(async () => ({ default: (await import('./install-advice')).InstallAdvice }));

/** What is here before anything is kept: what this is, one way in, one thing to try. Where all is hidden it draws once that is known. */
export function FirstRun(): JSX.Element {
  const { status, hasWords, wantWords } = useUi();
  const mayHide = (): boolean => status()?.state === 'open';
  createEffect(() => mayHide() && wantWords('settings'));
  return (
    <Show when={!mayHide() || hasWords('settings')} fallback={<main />}>
      <FirstScreen mayHide={mayHide()} />
    </Show>
  );
}

function FirstScreen(props: { readonly mayHide: boolean }): JSX.Element {
  const { t, imports, session, wide, go } = useUi();
  return (
    <main class={css['center']}>
      <div class={css['first']}>
        <div class={css['brand']}>
          <Mark />
          <h1 class={css['headline']}>{t('app.line')}</h1>
          <p class={css['lead']}>{t('first.sentence')}</p>
        </div>
        <section class={css['zone']} aria-label={t('import.chooseFiles')}>
          <Icon name="import" />
          <p>{t(wide() ? 'first.drop' : 'first.choose')}</p>
          <FileChoice />
          <Button look="plain" onClick={() => void imports.begin(session.demoArchive())}>
            {t('first.demo')}
          </Button>
          <Button look="plain" onClick={() => go({ screen: 'import' })}>
            {t('first.how')}
          </Button>
          <Button look="plain" icon="shield" onClick={() => go(backupRoute('restore'))}>
            {t('first.restore')}
          </Button>
        </section>
        <Show when={props.mayHide}>
          <AllHidden />
        </Show>
        <Show when={'standalone' in navigator}>
          <Suspense>
            <InstallAdvice />
          </Suspense>
        </Show>
        <p class={css['honest']}>
          <Icon name="shield" />
          <span>{t('first.honest')}</span>
        </p>
      </div>
    </main>
  );
}

/** Where all conversations are hidden, the way to them. */
function AllHidden(): JSX.Element {
  const { t, session, conversations, toasts, go } = useUi();
  const hidden = createAwaited(conversations, () => session.vault.hidden(), toasts.fail);
  return (
    <Show when={(hidden()?.count ?? 0) > 0}>
      <Button look="plain" icon="hide" onClick={() => go({ screen: 'settings' })}>
        {t('settings.hidden')}
      </Button>
    </Show>
  );
}
