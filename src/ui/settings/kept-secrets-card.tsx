import { For, type JSX, Show, createSignal } from 'solid-js';
import { createAwaited } from '../primitives/awaited';
import { Button } from '../primitives/button';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';

/** Secrets of archives that were kept by a tick: of what kind and since when, never what they are, and forgetting each. */
export function KeptSecretsCard(): JSX.Element {
  const { t, format, session, toasts, edition } = useUi();
  const [forgotten, setForgotten] = createSignal(0);
  const kept = createAwaited(
    () => `${edition()} ${forgotten()}`,
    () => session.vault.keptSecrets(),
    toasts.fail,
  );
  const forget = async (id: string): Promise<void> => {
    await session.vault.forgetSecret(id);
    setForgotten((count) => count + 1);
  };
  return (
    <Show when={(kept()?.length ?? 0) > 0}>
      <Card title={t('kept.title')}>
        <p class={paneCss['quiet']}>{t('kept.words')}</p>
        <ul>
          <For each={kept()}>
            {({ id, kind, keptAtMs }) => (
              <li class={paneCss['row']}>
                <span>{t('kept.since', { kind: t(`kept.kind.${kind}`), time: format().instant(keptAtMs) })}</span>
                <Button look="plain" icon="trash" onClick={() => void forget(id).catch(toasts.fail)}>
                  {t('kept.forget')}
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Card>
    </Show>
  );
}
