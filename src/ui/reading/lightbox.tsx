import { type Accessor, type JSX, Match, Show, Suspense, Switch, createEffect, createSignal, lazy, on, onMount, untrack } from 'solid-js';
import type { Sha256Hex } from '../../model/ids';
import type { Attachment } from '../../model/message';
import type { MessageView } from '../../model/view';
import type { StringKey } from '../strings/strings';
import { IconButton } from '../primitives/button';
import { createLoaded } from '../primitives/loaded';
import { safeFileName } from '../primitives/file-name';
import { saveUrl } from '../primitives/save-file';
import { errorOf } from '../primitives/toast-state';
import { type Ui, useUi } from '../ui';
import { FileCard } from './file-card';
import { isDamage, isElsewhere, isFilm } from './thumbnail';
import css from './timeline.module.css';

const GetMedium = lazy(async () => ({ default: (await import('../backups/get-medium')).GetMedium }));

export interface LightboxItem {
  readonly message: MessageView;
  readonly attachment: Attachment;
}

interface Shown {
  readonly url: string | null;
  /** Why it is not the whole medium. */
  readonly note: StringKey | null;
  /** It lies on a drive, from which it can be brought. */
  readonly isAway: boolean;
}

/** The medium, else its small picture and why. */
function createShown(
  { session, toasts }: Pick<Ui, 'session' | 'toasts'>,
  sha256: Accessor<Sha256Hex | undefined>,
): { readonly media: Accessor<Shown | undefined>; readonly readAgain: () => void } {
  const [turn, setTurn] = createSignal(0);
  const read = async (wanted: Sha256Hex): Promise<Shown> => {
    try {
      return { url: await session.mediaUrl(wanted), note: null, isAway: false };
    } catch (cause) {
      if (!isDamage(cause)) toasts.fail(cause);
      const note: StringKey = errorOf(cause).code === 'not-found' ? 'lightbox.thumbnailOnly' : 'missing.damaged';
      const url = await session.thumbnailUrl(wanted).catch(() => null);
      return { url, note: isDamage(cause) ? note : null, isAway: isElsewhere(cause) };
    }
  };
  const source = () => {
    const wanted = sha256();
    return wanted === undefined ? undefined : { wanted, turn: turn() };
  };
  return { media: createLoaded(source, ({ wanted }) => read(wanted), toasts.fail), readAgain: () => setTurn((times) => times + 1) };
}

const zooms = [1, 1.5, 2, 3, 4] as const;

/** Pictures and films one at a time, over everything. Arrows go on, plus and minus zoom, Escape closes. */
export function Lightbox(props: {
  readonly items: readonly LightboxItem[];
  readonly start: number;
  /** True where the items are all that the conversation has. */
  readonly isWhole: boolean;
  readonly onShow: (message: MessageView) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const ui = useUi();
  const { t, format, toasts } = ui;
  const [at, setAt] = createSignal(untrack(() => props.start));
  const [zoom, setZoom] = createSignal(0);
  const item = (): LightboxItem | undefined => props.items[at()];
  const { media, readAgain } = createShown(ui, () => item()?.attachment.sha256 ?? undefined);
  const [refused, setRefused] = createSignal<string>();
  /** The bytes are here and whole, but not of a kind that this browser shows. */
  const isUnshown = (): boolean => media()?.note === null && refused() !== undefined && refused() === media()?.url;
  const isFilmShown = (): boolean => {
    const shown = item();
    return shown !== undefined && isFilm(shown.attachment) && media()?.note === null;
  };
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  createEffect(on(at, () => setZoom(0), { defer: true }));
  const go = (by: number): void => void setAt(Math.min(props.items.length - 1, Math.max(0, at() + by)));
  const zoomBy = (by: number): void => void setZoom(Math.min(zooms.length - 1, Math.max(0, zoom() + by)));
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => go(isRtl() ? -1 : 1),
    ArrowLeft: () => go(isRtl() ? 1 : -1),
    '+': () => zoomBy(1),
    '=': () => zoomBy(1),
    '-': () => zoomBy(-1),
  };
  const caption = (): string => {
    const shown = item();
    if (shown === undefined) return '';
    if (shown.message.text !== '') return shown.message.text.slice(0, 2000);
    return t('lightbox.noCaption', { kind: t(`media.${shown.attachment.kind}`), date: format().date(shown.message.sentAtMs) });
  };
  const size = (): JSX.CSSProperties => ({
    'inline-size': `${(zooms[zoom()] ?? 1) * 100}%`,
    'block-size': `${(zooms[zoom()] ?? 1) * 100}%`,
  });
  const show = (): void => {
    const shown = item();
    if (shown !== undefined) props.onShow(shown.message);
  };
  const save = (): void => {
    const { url = null, note = null } = media() ?? {};
    // The small picture is not the file.
    if (url !== null && note === null) saveUrl(url, safeFileName(item()?.attachment.name ?? '', item()?.attachment.kind ?? 'file'));
    else if (note !== null) toasts.notice(note);
  };
  return (
    <dialog
      ref={(element) => (dialog = element)}
      class={css['lightbox']}
      aria-label={t('lightbox.label')}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onKeyDown={(event) => {
        const act = keys[event.key];
        if (act === undefined || event.target instanceof HTMLVideoElement) return;
        event.preventDefault();
        act();
      }}
    >
      <div class={css['bar']}>
        <p>{t(props.isWhole ? 'lightbox.position' : 'lightbox.positionInPart', { number: at() + 1, total: props.items.length })}</p>
        <IconButton icon="zoomOut" label={t('lightbox.zoomOut')} disabled={zoom() === 0} onClick={() => zoomBy(-1)} />
        <IconButton icon="zoomIn" label={t('lightbox.zoomIn')} disabled={zoom() === zooms.length - 1} onClick={() => zoomBy(1)} />
        <IconButton icon="save" label={t('action.saveFile')} onClick={save} />
        <IconButton icon="chat" label={t('lightbox.show')} onClick={show} />
        <IconButton icon="close" label={t('action.close')} onClick={() => props.onClose()} />
      </div>
      <div class={css['stage']}>
        <div class={css['picture']}>
          <Switch>
            <Match when={isUnshown() && item()}>
              {(shown) => (
                <div class={css['unshown']}>
                  <FileCard attachment={shown().attachment} unshown />
                </div>
              )}
            </Match>
            <Match when={media()?.url}>
              {(url) => (
                <Show when={isFilmShown()} fallback={<img src={url()} alt={caption()} style={size()} onError={() => setRefused(url())} />}>
                  <video src={url()} controls autoplay style={size()} aria-label={caption()} onError={() => setRefused(url())} />
                </Show>
              )}
            </Match>
          </Switch>
        </div>
        <IconButton class={css['former'] ?? ''} icon="back" label={t('lightbox.former')} disabled={at() === 0} onClick={() => go(-1)} />
        <IconButton
          class={css['next'] ?? ''}
          icon="forward"
          label={t('lightbox.next')}
          disabled={at() === props.items.length - 1}
          onClick={() => go(1)}
        />
      </div>
      <div class={css['caption']} tabindex="0" role="note">
        <bdi>{caption()}</bdi>
        <Show when={media()?.note}>{(note) => <p role="status">{t(note())}</p>}</Show>
        <Show when={media()?.isAway && item()}>{(shown) => <Away attachment={shown().attachment} onHere={readAgain} />}</Show>
      </div>
    </dialog>
  );
}

/** The way to bring a medium here of which only the small picture is. */
function Away(props: { readonly attachment: Attachment; readonly onHere: () => void }): JSX.Element {
  return (
    <p class={css['away']}>
      <Suspense>
        <GetMedium attachment={props.attachment} onHere={props.onHere} />
      </Suspense>
    </p>
  );
}

function isRtl(): boolean {
  return getComputedStyle(document.documentElement).direction === 'rtl';
}
