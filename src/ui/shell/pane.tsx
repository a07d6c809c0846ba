import { type JSX, Show } from 'solid-js';
import { IconButton } from '../primitives/button';
import { useUi } from '../ui';
import css from './pane.module.css';

/** The bar on top of a pane: the way back, where we are, and the few things to do here. */
export function PaneHead(props: {
  readonly title: string;
  readonly under?: string | undefined;
  readonly back?: boolean;
  readonly onClose?: () => void;
  readonly level?: 1 | 2;
  readonly children?: JSX.Element;
}): JSX.Element {
  const { t, go } = useUi();
  const goBack = (): void => (history.length > 1 ? history.back() : go({ screen: 'home' }, true));
  return (
    <header class={css['head']}>
      <Show when={props.back}>
        <IconButton icon="back" label={t('action.back')} onClick={goBack} />
      </Show>
      <div class={css['titles']}>
        <Show
          when={props.level !== 2}
          fallback={
            <h2 class={css['title']} dir="auto">
              {props.title}
            </h2>
          }
        >
          <h1 class={css['title']} dir="auto">
            {props.title}
          </h1>
        </Show>
        <Show when={props.under}>
          <p class={css['under']}>{props.under}</p>
        </Show>
      </div>
      {props.children}
      <Show when={props.onClose}>{(close) => <IconButton icon="close" label={t('action.close')} onClick={() => close()()} />}</Show>
    </header>
  );
}

/** A screen of one column: settings, receipts, import. */
export function Page(props: { readonly title: string; readonly children: JSX.Element; readonly actions?: JSX.Element }): JSX.Element {
  const { wide } = useUi();
  return (
    <main class={css['pane']}>
      <PaneHead title={props.title} back={!wide()}>
        {props.actions}
      </PaneHead>
      <div class={css['body']}>
        <div class={css['page']}>{props.children}</div>
      </div>
    </main>
  );
}

export function Card(props: { readonly title?: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <section class={css['card']}>
      <Show when={props.title}>
        <h2 class={css['cardTitle']} dir="auto">
          {props.title}
        </h2>
      </Show>
      {props.children}
    </section>
  );
}
