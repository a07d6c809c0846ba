import { type JSX, Show, createEffect, createSignal } from 'solid-js';
import { IconButton } from '../primitives/button';
import { useUi } from '../ui';
import css from './sound-player.module.css';
import { nextRate, playAlone, soundRate } from './sounds';

interface SoundPlayerProps {
  readonly src: string;
  /** What it is, for the name of the button. */
  readonly name: string;
  /** 48 shares of the loudest; null while there is none. */
  readonly shape: readonly number[] | null;
  /** As the archive has it; the browser's own is used where it knows better. */
  readonly lengthMs: number | null;
  readonly sound: Parameters<typeof playAlone>[0];
  readonly onPlayer: (audio: HTMLAudioElement) => void;
  readonly onEnd: () => void;
  /** The browser does not play it. */
  readonly onRefused: () => void;
}

const stepSeconds = 0.1;

/** Plays at once. A slider over the shape of the sound shows and changes the place; the speed is that of all sounds. */
export function SoundPlayer(props: SoundPlayerProps): JSX.Element {
  const { t, format } = useUi();
  const [playing, setPlaying] = createSignal(false);
  const [atSeconds, setAtSeconds] = createSignal(0);
  const [ownSeconds, setOwnSeconds] = createSignal(NaN);
  let audio!: HTMLAudioElement;
  // A stream without a length says Infinity.
  const length = (): number => (Number.isFinite(ownSeconds()) ? ownSeconds() : (props.lengthMs ?? 0) / 1000);
  const words = (): string =>
    t('media.placeWords', { at: format().duration(atSeconds() * 1000), length: format().duration(length() * 1000) });
  createEffect(() => (audio.playbackRate = soundRate()));
  const toggle = (): void => {
    if (playing()) audio.pause();
    else props.sound.play();
  };
  const end = (): void => {
    setPlaying(false);
    props.onEnd();
  };
  return (
    <div class={css['player']} role="group" aria-label={props.name}>
      <IconButton
        icon={playing() ? 'pause' : 'play'}
        label={playing() ? t('media.pause') : t('media.play', { name: props.name })}
        onClick={toggle}
      />
      <div class={css['place']}>
        <Shape shape={props.shape} share={length() === 0 ? 0 : atSeconds() / length()} />
        <input
          type="range"
          class={css['slider']}
          min="0"
          max={Math.max(stepSeconds, length())}
          step={stepSeconds}
          value={atSeconds()}
          aria-label={t('media.place')}
          aria-valuetext={words()}
          onInput={(event) => (audio.currentTime = event.currentTarget.valueAsNumber)}
        />
      </div>
      <span class={css['time']}>{format().duration((playing() || atSeconds() > 0 ? atSeconds() : length()) * 1000)}</span>
      <button type="button" class={css['rate']} aria-label={t('media.rate', { rate: soundRate() })} onClick={nextRate}>
        {t('media.times', { rate: soundRate() })}
      </button>
      <audio
        ref={(element) => {
          audio = element;
          props.onPlayer(element);
        }}
        src={props.src}
        autoplay
        onPlay={() => {
          setPlaying(true);
          playAlone(props.sound);
        }}
        onPause={() => setPlaying(false)}
        onEnded={end}
        onTimeUpdate={() => setAtSeconds(audio.currentTime)}
        onDurationChange={() => setOwnSeconds(audio.duration)}
        onError={() => props.onRefused()}
      />
    </div>
  );
}

const highPx = 24;
const stepPx = 4;

/** Bars, those that were heard darker; a plain line until the shape is known. */
function Shape(props: { readonly shape: readonly number[] | null; readonly share: number }): JSX.Element {
  const path = (): string => {
    const bars = props.shape ?? [];
    return bars
      .map((value, at) => {
        const half = Math.max(1, (value * (highPx - 4)) / 2);
        return `M${at * stepPx + stepPx / 2} ${highPx / 2 - half}v${half * 2}`;
      })
      .join('');
  };
  return (
    <Show when={props.shape} fallback={<span class={css['line']} />}>
      {(shape) => (
        <svg class={css['shape']} viewBox={`0 0 ${shape().length * stepPx} ${highPx}`} preserveAspectRatio="none" aria-hidden="true">
          <path class={css['bars']} d={path()} />
          <path class={css['heard']} d={path()} style={{ 'clip-path': `inset(0 ${100 - Math.min(1, props.share) * 100}% 0 0)` }} />
        </svg>
      )}
    </Show>
  );
}
