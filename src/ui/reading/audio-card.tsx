import { type JSX, Show, createSignal } from 'solid-js';
import type { Attachment } from '../../model/message';
import { Button } from '../primitives/button';
import { useUi } from '../ui';
import css from './card.module.css';
import { isElsewhere } from './thumbnail';

const rates = [1, 1.5, 2] as const;

/** A voice message or a piece of audio: its length at once, the browser's own player when it is asked for. */
export function AudioCard(props: { readonly attachment: Attachment; readonly onElsewhere?: () => void }): JSX.Element {
  const { t, session, format, toasts } = useUi();
  const [url, setUrl] = createSignal<string>();
  const [rate, setRate] = createSignal<(typeof rates)[number]>(1);
  let player: HTMLAudioElement | undefined;
  const label = (): string => {
    const name = t(`media.${props.attachment.kind}`);
    return props.attachment.durationMs === undefined
      ? name
      : t('media.withLength', { name, length: format().duration(props.attachment.durationMs) });
  };
  const play = async (): Promise<void> => {
    if (props.attachment.sha256 === null) return;
    try {
      setUrl(await session.audioUrl(props.attachment.sha256));
    } catch (cause) {
      if (isElsewhere(cause) && props.onElsewhere !== undefined) props.onElsewhere();
      else toasts.fail(cause);
    }
  };
  const nextRate = (): void => {
    setRate(rates[(rates.indexOf(rate()) + 1) % rates.length] ?? 1);
    if (player !== undefined) player.playbackRate = rate();
  };
  return (
    <div class={css['audio']}>
      <Show
        when={url()}
        fallback={
          <Button icon="play" look="plain" onClick={() => void play()}>
            {label()}
          </Button>
        }
      >
        {(src) => (
          <>
            <audio ref={(element) => (player = element)} src={src()} controls autoplay aria-label={label()} />
            <button type="button" class={css['rate']} aria-label={t('media.rate', { rate: rate() })} onClick={nextRate}>
              {t('media.times', { rate: rate() })}
            </button>
          </>
        )}
      </Show>
    </div>
  );
}
