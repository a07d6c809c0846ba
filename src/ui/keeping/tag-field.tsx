import { For, type JSX, Show, createSignal, createUniqueId, onMount } from 'solid-js';
import { cleanTag, foldTag, tagsLimit } from '../../model/marks';
import { Icon } from '../icons/icon';
import { useUi } from '../ui';
import css from './keeping.module.css';

const separators = /[,，、;；\n]+/u;
const suggested = 8;

/** `tags` with those that were typed, each once, as many as a message may have. */
export function addTags(tags: readonly string[], typed: string): readonly string[] {
  const all = new Map(tags.map((name) => [foldTag(name), name]));
  for (const part of typed.split(separators)) {
    const name = cleanTag(part);
    if (name !== null && !all.has(foldTag(name))) all.set(foldTag(name), name);
  }
  return [...all.values()].slice(0, tagsLimit);
}

/** Tags as chips that can be taken away, and a line to type more; those in use elsewhere are offered. */
export function TagField(props: {
  /** Has the focus when the dialog opens. */
  readonly isFirst: boolean;
  readonly tags: readonly string[];
  readonly onTags: (tags: readonly string[]) => void;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
}): JSX.Element {
  const { t, session, toasts } = useUi();
  const [known, setKnown] = createSignal<readonly string[]>([]);
  const id = createUniqueId();
  let input!: HTMLInputElement;
  onMount(() => {
    session.vault
      .kept(null)
      .then(({ tags }) => setKnown(tags.map(([name]) => name)))
      .catch(toasts.fail);
  });
  const offered = (): readonly string[] => {
    const has = new Set(props.tags.map(foldTag));
    return known()
      .filter((name) => !has.has(foldTag(name)) && foldTag(name).includes(foldTag(props.typed)))
      .slice(0, suggested);
  };
  const take = (typed: string): void => {
    props.onTags(addTags(props.tags, typed));
    props.onTyped('');
    // What was pasted with its commas never was in `typed`, so nothing else would take it away.
    input.value = '';
  };
  const drop = (name: string): void => {
    props.onTags(props.tags.filter((one) => one !== name));
    input.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const last = props.tags.at(-1);
    if (event.key === 'Enter' && props.typed.trim() !== '') {
      event.preventDefault();
      take(props.typed);
    } else if (event.key === 'Backspace' && props.typed === '' && last !== undefined) drop(last);
  };
  return (
    <div class={css['field']}>
      <label class={css['label']} for={id}>
        {t('keep.tags')}
      </label>
      <Show when={props.tags.length > 0}>
        <ul class={css['tags']} aria-label={t('keep.tags')}>
          <For each={props.tags}>
            {(name) => (
              <li>
                <button type="button" class={css['chip']} aria-label={t('keep.dropTag', { name })} onClick={() => drop(name)}>
                  <bdi>{`#${name}`}</bdi>
                  <Icon name="close" />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <input
        ref={(element) => (input = element)}
        autofocus={props.isFirst}
        id={id}
        class={css['input']}
        dir="auto"
        autocomplete="off"
        maxLength={200}
        value={props.typed}
        onInput={(event) =>
          separators.test(event.currentTarget.value) ? take(event.currentTarget.value) : props.onTyped(event.currentTarget.value)
        }
        onKeyDown={onKeyDown}
      />
      <Show when={offered().length > 0}>
        <ul class={css['tags']} aria-label={t('keep.knownTags')}>
          <For each={offered()}>
            {(name) => (
              <li>
                <button
                  type="button"
                  class={css['chip']}
                  aria-label={t('keep.addTag', { name })}
                  onClick={() => (take(name), input.focus())}
                >
                  <Icon name="plus" />
                  <bdi>{name}</bdi>
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
