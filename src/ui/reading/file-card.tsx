import { type JSX, Show } from 'solid-js';
import type { Attachment } from '../../model/message';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/paths';
import { IconButton } from '../primitives/button';
import { safeFileName, shownName } from '../primitives/file-name';
import { createLoaded } from '../primitives/loaded';
import { saveUrl } from '../primitives/save-file';
import type { StringKey } from '../strings/strings';
import { useUi } from '../ui';
import css from './card.module.css';
import { isElsewhere, isFilm } from './thumbnail';

export const kindIcons: Readonly<Record<Attachment['kind'], IconName>> = {
  image: 'image',
  voice: 'voice',
  audio: 'voice',
  video: 'video',
  animation: 'image',
  sticker: 'image',
  file: 'file',
  contact: 'person',
};

const unshownWords = (attachment: Attachment): StringKey => {
  if (isFilm(attachment)) return 'media.notPlayed';
  return attachment.kind === 'voice' || attachment.kind === 'audio' ? 'media.notHeard' : 'media.notShown';
};

/** A file: its name and size, and a button that saves it. `unshown`: a picture or film whose bytes are here, but not of a kind that this browser shows; then its type too. */
export function FileCard(props: {
  readonly attachment: Attachment;
  readonly unshown?: boolean;
  readonly onElsewhere?: () => void;
}): JSX.Element {
  const { t, session, format, toasts } = useUi();
  const name = (): string => (props.attachment.name === null ? t(`media.${props.attachment.kind}`) : shownName(props.attachment.name));
  // What its bytes say that it is, whatever the archive says.
  const medium = createLoaded(
    () => (props.unshown === true ? (props.attachment.sha256 ?? undefined) : undefined),
    (sha256) => session.vault.media(sha256),
    toasts.fail,
  );
  const under = (): string => {
    const mime = medium()?.mime ?? props.attachment.mime;
    const sizeBytes = medium()?.sizeBytes ?? props.attachment.sizeBytes;
    const type = props.unshown === true && mime !== null && mime !== 'application/octet-stream' ? [mime] : [];
    return [...type, ...(sizeBytes === null ? [] : [format().bytes(sizeBytes)])].join(t('mark.dot'));
  };
  const save = async (): Promise<void> => {
    const { sha256, kind } = props.attachment;
    if (sha256 === null) return;
    try {
      saveUrl(await session.mediaUrl(sha256), safeFileName(props.attachment.name ?? '', kind));
    } catch (cause) {
      if (isElsewhere(cause) && props.onElsewhere !== undefined) props.onElsewhere();
      else toasts.fail(cause);
    }
  };
  return (
    <div class={css['card']}>
      <Icon name={kindIcons[props.attachment.kind]} />
      <div>
        <bdi class={css['title']}>{name()}</bdi>
        <Show when={under()}>{(words) => <p class={css['under']}>{words()}</p>}</Show>
        <Show when={props.unshown}>
          <p class={css['under']}>{t(unshownWords(props.attachment))}</p>
        </Show>
      </div>
      <IconButton icon="save" label={t('action.saveFile')} onClick={() => void save()} />
    </div>
  );
}
