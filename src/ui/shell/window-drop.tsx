import { type JSX, Show, createSignal, onCleanup } from 'solid-js';
import { carriesFiles, readDrop } from '../../session/drop';
import { Icon } from '../icons/icon';
import { useUi } from '../ui';
import css from './shell.module.css';

/** Takes files dropped anywhere in the window. */
export function WindowDrop(): JSX.Element {
  const { t, imports } = useUi();
  const [over, setOver] = createSignal(false);
  const listeners = {
    dragover(event: DragEvent) {
      if (event.dataTransfer === null || !carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    },
    dragleave(event: DragEvent) {
      if (event.relatedTarget === null) setOver(false);
    },
    drop(event: DragEvent) {
      setOver(false);
      if (event.dataTransfer === null || !carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      void imports.begin(readDrop(event.dataTransfer));
    },
  };
  for (const [name, listener] of Object.entries(listeners)) {
    window.addEventListener(name, listener as EventListener);
    onCleanup(() => window.removeEventListener(name, listener as EventListener));
  }
  return (
    <Show when={over()}>
      <div class={css['drop']}>
        <Icon name="import" />
        {t('import.dropHere')}
      </div>
    </Show>
  );
}
