import { For, type JSX, Match, Show, Switch } from 'solid-js';
import type { GalleryShelf } from '../../model/gallery';
import type { Attachment } from '../../model/message';
import type { MessageView } from '../../model/view';
import { IconButton } from '../primitives/button';
import { AudioCard } from '../reading/audio-card';
import { FileCard } from '../reading/file-card';
import { MessageText } from '../reading/message-text';
import { useUi } from '../ui';
import css from './gallery.module.css';

const kindsOf: Readonly<Partial<Record<GalleryShelf, ReadonlySet<Attachment['kind']>>>> = {
  files: new Set(['file', 'audio']),
  voice: new Set(['voice']),
};

/** A file, a voice message or a link, with who sent it and when, and the way to it in the conversation. */
export function ItemLine(props: {
  readonly shelf: GalleryShelf;
  readonly message: MessageView;
  readonly onShow: (message: MessageView) => void;
}): JSX.Element {
  const { t, format } = useUi();
  const attachments = (): readonly Attachment[] =>
    props.message.attachments.filter(({ kind, sha256 }) => sha256 !== null && kindsOf[props.shelf]?.has(kind) === true);
  return (
    <article class={css['item']}>
      <div class={css['what']}>
        <Show when={props.shelf === 'links'}>
          <MessageText text={props.message.text} entities={props.message.facts?.entities} />
        </Show>
        <For each={attachments()}>
          {(attachment) => (
            <Switch fallback={<FileCard attachment={attachment} />}>
              <Match when={attachment.kind === 'voice' || attachment.kind === 'audio'}>
                <AudioCard attachment={attachment} />
              </Match>
            </Switch>
          )}
        </For>
        <p class={css['under']}>
          <Show when={props.message.senderView}>
            {(sender) => (
              <>
                <bdi>{sender().name}</bdi>
                {t('mark.dot')}
              </>
            )}
          </Show>
          <time>{format().date(props.message.sentAtMs)}</time>
        </p>
      </div>
      <IconButton icon="chat" label={t('gallery.show')} onClick={() => props.onShow(props.message)} />
    </article>
  );
}
