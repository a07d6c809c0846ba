import { For, type JSX, Show, createSignal } from 'solid-js';
import type { ConversationView } from '../../model/view';
import { markConversation } from '../conversations/overlays';
import { createAwaited } from '../primitives/awaited';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { formatRoute } from '../router';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { PassphraseDialog } from './passphrase-dialog';
import { ShowHiddenDialog, untilWords } from './show-hidden-dialog';

/** How many conversations are hidden, and showing them for now: with the passphrase, where there is one. */
export function HiddenCard(): JSX.Element {
  const { t, conversations, session, toasts, status } = useUi();
  const [dialog, setDialog] = createSignal<'show' | 'set' | null>(null);
  const hidden = createAwaited(conversations, () => session.vault.hidden(), toasts.fail);
  const isOpen = (): boolean => status()?.hasPassphrase !== true;
  const show = (): void => void (isOpen() ? session.showHidden(null).catch(toasts.fail) : setDialog('show'));
  return (
    <Show when={(hidden()?.count ?? 0) > 0}>
      <Card title={t('settings.hidden')}>
        <Show when={isOpen()}>
          <State look="warn">{t('hidden.open')}</State>
        </Show>
        <Show when={!hidden()?.shown} fallback={<ShownList />}>
          <p>{t('hidden.away', { count: hidden()?.count ?? 0 })}</p>
          <div class={paneCss['row']}>
            <Button icon="eye" onClick={show}>
              {t('hidden.show')}
            </Button>
            <Show when={isOpen()}>
              <Button icon="lock" onClick={() => setDialog('set')}>
                {t('passphrase.set')}
              </Button>
            </Show>
          </div>
        </Show>
        <p class={paneCss['quiet']}>{t('hidden.limits')}</p>
      </Card>
      <Show when={dialog() === 'show'}>
        <ShowHiddenDialog onClose={() => setDialog(null)} />
      </Show>
      <Show when={dialog() === 'set'}>
        <PassphraseDialog mode="set" onClose={() => setDialog(null)} />
      </Show>
    </Show>
  );
}

function ShownList(): JSX.Element {
  const ui = useUi();
  const { t, conversations, session, toasts } = ui;
  const list = (): readonly ConversationView[] => (conversations() ?? []).filter(({ hidden }) => hidden);
  return (
    <>
      <p>{untilWords(ui)}</p>
      <ul>
        <For each={list()}>
          {(conversation) => (
            <li class={paneCss['row']}>
              <a href={formatRoute({ screen: 'conversation', id: conversation.id, seq: null })}>
                <bdi>{conversation.name}</bdi>
              </a>
              <Button
                look="plain"
                icon="eye"
                onClick={() => markConversation(session, 'hidden', conversation.id, false).catch(toasts.fail)}
              >
                {t('hidden.stop')}
              </Button>
            </li>
          )}
        </For>
      </ul>
      <div class={paneCss['row']}>
        <Button look="main" icon="hide" onClick={() => session.hideAgain().catch(toasts.fail)}>
          {t('hidden.again')}
        </Button>
      </div>
    </>
  );
}
