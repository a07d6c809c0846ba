import { For, type JSX, Show, createSignal } from 'solid-js';
import { type Shared, discardShared, listShared, openShared } from '../../session/shared-inbox';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { shownName } from '../primitives/file-name';
import { createLoaded } from '../primitives/loaded';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';

const namesShown = 5;

/** What is being imported of what was shared; it goes when the import is done. */
let taken: string | null = null;

export async function discardTaken(): Promise<void> {
  const id = taken;
  taken = null;
  if (id !== null) await discardShared(id);
}

/** What other apps shared with this one, each with the question what to do: any page can share, so nothing is read unasked. */
export function SharedCards(): JSX.Element {
  const { t, toasts, go } = useUi();
  const [edition, setEdition] = createSignal(0);
  const waiting = createLoaded(edition, () => listShared(), toasts.fail);
  const failed = location.hash.includes('?share=failed');
  taken = null;
  if (failed) go({ screen: 'import' }, true);
  return (
    <>
      <Show when={failed}>
        <State look="danger">{t('shared.failed')}</State>
      </Show>
      <For each={waiting()}>{(shared) => <SharedCard shared={shared} onGone={() => setEdition((count) => count + 1)} />}</For>
    </>
  );
}

function SharedCard(props: { readonly shared: Shared; readonly onGone: () => void }): JSX.Element {
  const { t, format, imports, toasts } = useUi();
  const sizeBytes = (): number => props.shared.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const more = (): number => props.shared.files.length - namesShown;
  const discard = (): void => void discardShared(props.shared.id).then(props.onGone, toasts.fail);
  const look = (): void => {
    taken = props.shared.id;
    void imports.begin(openShared(props.shared));
  };
  return (
    <Card title={t('shared.title', { count: props.shared.files.length })}>
      <ul>
        <For each={props.shared.files.slice(0, namesShown)}>
          {({ name }) => (
            <li>
              <bdi>{shownName(name)}</bdi>
            </li>
          )}
        </For>
      </ul>
      <Show when={more() > 0}>
        <p class={paneCss['quiet']}>{t('shared.more', { count: more() })}</p>
      </Show>
      <p class={paneCss['quiet']}>
        {t('shared.words', { size: format().bytes(sizeBytes()), time: format().listTime(props.shared.arrivedAtMs, Date.now()) })}
      </p>
      <div class={paneCss['row']}>
        <Button look="main" onClick={look}>
          {t('shared.look')}
        </Button>
        <Button onClick={discard}>{t('shared.discard')}</Button>
      </div>
    </Card>
  );
}
