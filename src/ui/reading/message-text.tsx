import { For, type JSX, Show, createMemo, createSignal } from 'solid-js';
import type { TextEntity } from '../../model/record';
import { useUi } from '../ui';
import css from './bubble.module.css';
import { hostNote } from './links';
import { type TextRun, clipText, isEmojiOnly, styleText } from './styled-text';

/** The text of a message as text nodes; long ones are cut until asked for. `children` stand in its last line where there is room. */
export function MessageText(props: {
  readonly text: string;
  readonly entities?: readonly TextEntity[] | undefined;
  readonly children?: JSX.Element;
}): JSX.Element {
  const { t } = useUi();
  const [whole, setWhole] = createSignal(false);
  const clipped = createMemo(() => (whole() ? null : clipText(props.text)));
  const runs = createMemo(() => styleText(clipped() ?? props.text, props.entities));
  return (
    <>
      <p class={css['text']} classList={{ [css['emoji'] ?? '']: isEmojiOnly(props.text) }} dir="auto">
        <For each={runs()}>{(run) => <Run run={run} />}</For>
        {props.children}
      </p>
      <Show when={clipped() !== null}>
        <button type="button" class={css['inline']} onClick={() => setWhole(true)}>
          {t('message.showAll', { count: props.text.length })}
        </button>
      </Show>
    </>
  );
}

function Run(props: { readonly run: TextRun }): JSX.Element {
  const { t } = useUi();
  const [shown, setShown] = createSignal(false);
  const looks = (): string => props.run.looks.map((look) => css[look] ?? '').join(' ');
  const hides = (): boolean => props.run.looks.includes('spoiler') && !shown();
  return (
    <Show
      when={!hides()}
      fallback={
        <button
          type="button"
          class={css['veil']}
          aria-label={t('message.spoiler')}
          title={t('message.spoiler')}
          onClick={() => setShown(true)}
        >
          {props.run.text}
        </button>
      }
    >
      <Show
        when={props.run.href}
        fallback={
          <Show when={props.run.looks.length > 0} fallback={props.run.text}>
            <span class={looks()}>{props.run.text}</span>
          </Show>
        }
      >
        {(href) => <Link href={href()} text={props.run.text} class={looks()} />}
      </Show>
    </Show>
  );
}

/** A link that says where it leads when its text does not. */
export function Link(props: { readonly href: string; readonly text: string; readonly class?: string }): JSX.Element {
  const note = (): string | null => hostNote(props.href, props.text);
  return (
    <>
      <a class={props.class} href={props.href} target="_blank" rel="noopener noreferrer">
        {props.text}
      </a>
      <Show when={note()}>{(host) => <bdi class={css['host']}>{host()}</bdi>}</Show>
    </>
  );
}
