import { type JSX, Show, createSignal, onCleanup, onMount } from 'solid-js';
import type { Attachment } from '../../model/message';
import { Button } from '../primitives/button';
import { useUi } from '../ui';
import css from './card.module.css';
import { FileCard } from './file-card';
import { SoundPlayer } from './sound-player';
import { enlist, playNext } from './sounds';
import { isElsewhere } from './thumbnail';

/** A voice message or a piece of audio: its length at once, a player when it is asked for. */
export function AudioCard(props: { readonly attachment: Attachment; readonly onElsewhere?: () => void }): JSX.Element {
  const { t, session, format, toasts } = useUi();
  const [url, setUrl] = createSignal<string>();
  const [shape, setShape] = createSignal<readonly number[] | null>(null);
  const [refused, setRefused] = createSignal(false);
  let player: HTMLAudioElement | undefined;
  let element!: HTMLDivElement;
  const label = (): string => {
    const name = t(`media.${props.attachment.kind}`);
    return props.attachment.durationMs === undefined
      ? name
      : t('media.withLength', { name, length: format().duration(props.attachment.durationMs) });
  };
  const open = async (): Promise<void> => {
    const { sha256 } = props.attachment;
    if (sha256 === null) return;
    try {
      setUrl(await session.audioUrl(sha256));
      setShape(await session.audioShape(sha256));
    } catch (cause) {
      if (isElsewhere(cause) && props.onElsewhere !== undefined) props.onElsewhere();
      else toasts.fail(cause);
    }
  };
  // A browser that wants a click first has not refused the sound.
  const refuse = (cause: unknown): void => void (cause instanceof DOMException && cause.name === 'NotSupportedError' && setRefused(true));
  const sound = {
    get element() {
      return element;
    },
    get isVoice() {
      return props.attachment.kind === 'voice';
    },
    play: () => void (player === undefined ? open() : player.play().catch(refuse)),
    pause: () => player?.pause(),
  };
  onMount(() => onCleanup(enlist(sound)));
  return (
    <div class={css['audio']} ref={(div) => (element = div)}>
      <Show when={!refused()} fallback={<FileCard attachment={props.attachment} unshown />}>
        <Show
          when={url()}
          fallback={
            <Button icon="play" look="plain" onClick={() => void open()}>
              {label()}
            </Button>
          }
        >
          {(src) => (
            <SoundPlayer
              src={src()}
              name={label()}
              shape={shape()}
              lengthMs={props.attachment.durationMs ?? null}
              onPlayer={(audio) => (player = audio)}
              sound={sound}
              onEnd={() => sound.isVoice && playNext(sound)}
              onRefused={() => setRefused(true)}
            />
          )}
        </Show>
      </Show>
    </div>
  );
}
