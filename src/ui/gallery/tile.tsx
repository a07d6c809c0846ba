import { type JSX, Show } from 'solid-js';
import type { Attachment } from '../../model/message';
import type { MessageView } from '../../model/view';
import { Icon } from '../icons/icon';
import { isVisual } from '../reading/attachments';
import markCss from '../reading/card.module.css';
import { kindIcons } from '../reading/file-card';
import { createThumbnail, isFilm } from '../reading/thumbnail';
import { useUi } from '../ui';
import css from './gallery.module.css';

/** The first picture of a message, square; how many more there are is said in its corner. */
export function Tile(props: { readonly message: MessageView; readonly onOpen: (attachment: Attachment) => void }): JSX.Element {
  const { t, session, format } = useUi();
  const pictures = (): readonly Attachment[] => props.message.attachments.filter((one) => isVisual(one) && one.kind !== 'sticker');
  return (
    <Show when={pictures()[0]}>
      {(first) => {
        const thumbnail = createThumbnail(session, first);
        const label = (): string => t('gallery.tile', { what: t(`media.${first().kind}`), date: format().date(props.message.sentAtMs) });
        return (
          <button type="button" class={css['tile']} aria-label={label()} ref={thumbnail.watch} onClick={() => props.onOpen(first())}>
            <Show when={thumbnail.failure() === null && thumbnail.url()} fallback={<Icon name={kindIcons[first().kind]} />}>
              {(src) => <img src={src()} alt="" decoding="async" onError={thumbnail.refuse} />}
            </Show>
            <Show when={isFilm(first())}>
              <span class={`${markCss['length']} ${css['film']}`}>
                <Icon name="play" />
                <Show when={first().durationMs}>{(ms) => format().duration(ms())}</Show>
              </span>
            </Show>
            <Show when={pictures().length > 1}>
              <span class={`${markCss['length']} ${css['more']}`}>{t('gallery.more', { count: pictures().length - 1 })}</span>
            </Show>
          </button>
        );
      }}
    </Show>
  );
}
