import { For, type JSX, Show } from 'solid-js';
import { Icon } from '../icons/icon';
import listCss from '../primitives/details-list.module.css';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { type GuideId, guides } from './guide-list';
import css from './guides.module.css';

/** Stands where a guide has no way through menus, or leaves nothing out. */
const none = '–';

/** How to get an archive out of each app, one open at a time. */
export function GuidesCard(): JSX.Element {
  const { t, hasWords, wantWords } = useUi();
  wantWords('guides');
  return (
    <Show when={hasWords('guides')}>
      <Card title={t('first.how')}>
        <p class={paneCss['quiet']}>{t('guides.words')}</p>
        <div class={listCss['list']}>
          <For each={guides}>{(id) => <Guide id={id} />}</For>
        </div>
      </Card>
    </Show>
  );
}

function Guide(props: { readonly id: GuideId }): JSX.Element {
  const { t } = useUi();
  /** What is tapped one after the other; none where no menu leads there. */
  const path = (): readonly string[] =>
    t(`guide.${props.id}.path`)
      .split(' › ')
      .filter((step) => step !== none);
  const limit = (): string => t(`guide.${props.id}.limit`);
  return (
    <details name="guide">
      <summary>{t(`guide.${props.id}`)}</summary>
      <Show when={path().length > 0}>
        <ol class={css['path']}>
          <For each={path()}>
            {(step, at) => (
              <li>
                <Show when={at() > 0}>
                  <Icon name="forward" />
                </Show>
                <span class={css['step']}>{step}</span>
              </li>
            )}
          </For>
        </ol>
      </Show>
      <p>{t(`guide.${props.id}.words`)}</p>
      <Show when={limit() !== none}>
        <p class={paneCss['quiet']}>{limit()}</p>
      </Show>
    </details>
  );
}
