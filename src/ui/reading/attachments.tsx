import { For, type JSX, Match, Show, Switch, createSignal } from 'solid-js';
import type { Attachment } from '../../model/message';
import type { MessageView } from '../../model/view';
import { Icon } from '../icons/icon';
import { shownName } from '../primitives/file-name';
import { useUi } from '../ui';
import { AudioCard } from './audio-card';
import css from './card.module.css';
import { Elsewhere } from './elsewhere';
import { FileCard, kindIcons } from './file-card';
import { createThumbnail, isFilm } from './thumbnail';

export type OpenMedia = (message: MessageView, attachment: Attachment) => void;

const visualKinds: ReadonlySet<Attachment['kind']> = new Set(['image', 'video', 'animation', 'sticker']);
/** True for what is shown as a picture, in a bubble and in the lightbox. */
export function isVisual(attachment: Attachment): boolean {
  return visualKinds.has(attachment.kind) && attachment.sha256 !== null;
}

/** All attachments of a message: pictures in a grid, the rest one below the other. */
export function Attachments(props: { readonly message: MessageView; readonly onOpen: OpenMedia }): JSX.Element {
  const visual = (): readonly Attachment[] => props.message.attachments.filter(isVisual);
  const others = (): readonly Attachment[] => props.message.attachments.filter((one) => !isVisual(one));
  return (
    <>
      <Show when={visual().length > 0}>
        <div class={css['album']} classList={{ [css['many'] ?? '']: visual().length > 1 }}>
          <For each={visual()}>
            {(attachment) => (
              <Picture attachment={attachment} square={visual().length > 1} onOpen={() => props.onOpen(props.message, attachment)} />
            )}
          </For>
        </div>
      </Show>
      <For each={others()}>{(attachment) => <Other attachment={attachment} />}</For>
    </>
  );
}

function Other(props: { readonly attachment: Attachment }): JSX.Element {
  const label = useLabel();
  const [isAway, setElsewhere] = createSignal(false);
  return (
    <Switch fallback={<FileCard attachment={props.attachment} onElsewhere={() => setElsewhere(true)} />}>
      <Match when={props.attachment.sha256 === null}>
        <Missing attachment={props.attachment} />
      </Match>
      <Match when={isAway()}>
        <Elsewhere attachment={props.attachment} label={label(props.attachment)} onHere={() => setElsewhere(false)} />
      </Match>
      <Match when={props.attachment.kind === 'voice' || props.attachment.kind === 'audio'}>
        <AudioCard attachment={props.attachment} onElsewhere={() => setElsewhere(true)} />
      </Match>
    </Switch>
  );
}

/** What an attachment is called: its kind, and its name where it has one. */
function useLabel(): (attachment: Attachment) => string {
  const { t } = useUi();
  return (attachment) =>
    attachment.name === null ? t(`media.${attachment.kind}`) : `${t(`media.${attachment.kind}`)}: ${shownName(attachment.name)}`;
}

const pictureLimitPx = 320;

/** Its place is kept before the thumbnail is there, so that nothing jumps. */
function Picture(props: { readonly attachment: Attachment; readonly square: boolean; readonly onOpen: () => void }): JSX.Element {
  const { session, format } = useUi();
  const label = useLabel();
  const thumbnail = createThumbnail(session, () => props.attachment);
  const sticker = (): boolean => props.attachment.kind === 'sticker';
  const size = (): JSX.CSSProperties => {
    const limit = sticker() ? 160 : pictureLimitPx;
    const width = props.attachment.widthPx ?? 4;
    const height = props.attachment.heightPx ?? 3;
    const ratio = Math.min(2.4, Math.max(0.6, width / height));
    return { 'inline-size': `${Math.round(ratio >= 1 ? limit : limit * ratio)}px`, 'aspect-ratio': props.square ? '1' : String(ratio) };
  };
  return (
    <Switch>
      <Match when={thumbnail.failure() === 'damaged'}>
        <Missing attachment={props.attachment} damaged />
      </Match>
      <Match when={thumbnail.failure() === 'elsewhere'}>
        <Elsewhere attachment={props.attachment} label={label(props.attachment)} onHere={thumbnail.again} />
      </Match>
      <Match when={thumbnail.failure() === 'unshown'}>
        <FileCard attachment={props.attachment} unshown />
      </Match>
      <Match when={thumbnail.failure() === null}>
        <button
          type="button"
          class={css['frame']}
          classList={{ [css['sticker'] ?? '']: sticker() }}
          style={size()}
          aria-label={label(props.attachment)}
          ref={thumbnail.watch}
          onClick={() => props.onOpen()}
        >
          <Show when={thumbnail.url()} fallback={<Icon name={kindIcons[props.attachment.kind]} />}>
            {(src) => <img src={src()} alt="" decoding="async" onError={thumbnail.refuse} />}
          </Show>
          <Show when={isFilm(props.attachment)}>
            <span class={css['play']}>
              <Icon name="play" />
            </span>
          </Show>
          <Show when={props.attachment.durationMs}>{(ms) => <span class={css['length']}>{format().duration(ms())}</span>}</Show>
        </button>
      </Match>
    </Switch>
  );
}

/** What should be here and is not, and why. */
export function Missing(props: { readonly attachment: Attachment; readonly damaged?: boolean }): JSX.Element {
  const { t } = useUi();
  const label = useLabel();
  const reason = (): string => (props.damaged === true ? t('missing.damaged') : t(`missing.${props.attachment.missing ?? 'unavailable'}`));
  return (
    <div class={css['missing']}>
      <Icon name={kindIcons[props.attachment.kind]} />
      <span>
        <bdi>{label(props.attachment)}</bdi>
        {t('mark.dot')}
        {reason()}
      </span>
    </div>
  );
}
