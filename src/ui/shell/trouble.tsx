import { type JSX, Show, createSignal } from 'solid-js';
import { Icon } from '../icons/icon';
import { Button } from '../primitives/button';
import { useUi } from '../ui';
import { ForgetDialog } from '../settings/forget-dialog';
import css from './shell.module.css';

/** The vault cannot be shown: half of it is gone, its root is damaged, or only a newer version can read it. Says what is safe and what to do. */
export function Trouble(props: { readonly kind: 'evicted' | 'damaged' | 'newer' }): JSX.Element {
  const { t } = useUi();
  const [forgetting, setForgetting] = createSignal(false);
  return (
    <main class={css['center']}>
      <div class={css['form']}>
        <Icon name="warn" />
        <h1 class={css['headline']}>{t(`trouble.${props.kind}`)}</h1>
        <p>{t(`trouble.${props.kind}.words`)}</p>
        <Button onClick={() => location.reload()}>{t('trouble.again')}</Button>
        <Show when={props.kind !== 'newer'}>
          <Button look="danger" onClick={() => setForgetting(true)}>
            {t('forget.all')}
          </Button>
        </Show>
      </div>
      <Show when={forgetting()}>
        <ForgetDialog onClose={() => setForgetting(false)} />
      </Show>
    </main>
  );
}
