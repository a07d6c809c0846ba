import { type JSX, Show, createSignal } from 'solid-js';
import { Button } from '../primitives/button';
import { Select, State } from '../primitives/controls';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { PassphraseDialog } from './passphrase-dialog';

const idleChoicesMin = [1, 5, 15, 30, 60, 0] as const;

/** The passphrase, when the screen locks by itself, and the lock by hand. */
export function PassphraseCard(): JSX.Element {
  const { t, status, preferences, session } = useUi();
  const [open, setOpen] = createSignal<'set' | 'change' | 'remove' | null>(null);
  const has = (): boolean => status()?.hasPassphrase === true;
  return (
    <Card title={t('passphrase.title')}>
      <Show when={has()} fallback={<State look="warn">{t('passphrase.none')}</State>}>
        <State look="ok">{t('passphrase.isSet')}</State>
      </Show>
      <Show when={status()?.resealing}>
        <p>{t('passphrase.resealing')}</p>
      </Show>
      <p class={paneCss['quiet']}>{t('passphrase.noReset')}</p>
      <div class={paneCss['row']}>
        <Show
          when={has()}
          fallback={
            <Button look="main" icon="lock" onClick={() => setOpen('set')}>
              {t('passphrase.set')}
            </Button>
          }
        >
          <Button icon="lock" onClick={() => session.lock()}>
            {t('command.lock')}
          </Button>
          <Button onClick={() => setOpen('change')}>{t('passphrase.change')}</Button>
          <Button onClick={() => setOpen('remove')}>{t('passphrase.remove')}</Button>
        </Show>
      </div>
      <Show when={has()}>
        <Select
          label={t('lock.idle')}
          options={idleChoicesMin.map((minutes) => ({
            value: String(minutes),
            label: minutes === 0 ? t('lock.never') : t('lock.minutes', { count: minutes }),
          }))}
          value={String(preferences().idleLockMin)}
          onChoose={(minutes) => session.setPreferences({ idleLockMin: Number(minutes) })}
        />
      </Show>
      <Show when={open()}>{(mode) => <PassphraseDialog mode={mode()} onClose={() => setOpen(null)} />}</Show>
    </Card>
  );
}
