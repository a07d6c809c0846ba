import { type JSX, Show, createMemo, createSignal } from 'solid-js';
import { type GalleryShelf, galleryShelves, type GalleryView } from '../../model/gallery';
import type { Attachment } from '../../model/message';
import type { ConversationView, MessageView } from '../../model/view';
import type { IconName } from '../icons/paths';
import { Chips, Empty, State } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { isVisual } from '../reading/attachments';
import { Lightbox, type LightboxItem } from '../reading/lightbox';
import { PaneHead } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { screenZone, useUi } from '../ui';
import { createGalleryItems } from './gallery-items';
import { GalleryList } from './gallery-list';
import css from './gallery.module.css';

/** Everything in a conversation that is more than words, by month. Draws once its words are here. */
export function GalleryScreen(): JSX.Element {
  const ui = useUi();
  ui.wantWords('gallery');
  // Of the lightbox, and of texts.
  ui.wantWords('reading');
  const conversation = (): ConversationView | undefined => {
    const route = ui.route();
    return route.screen === 'gallery' ? ui.conversations()?.find(({ id }) => id === route.id) : undefined;
  };
  return (
    <Show when={ui.hasWords('gallery') && conversation()} fallback={<main />} keyed>
      {(shown) => <Gallery conversation={shown} />}
    </Show>
  );
}

const shelfIcons: Readonly<Record<GalleryShelf, IconName>> = { media: 'image', files: 'file', voice: 'voice', links: 'link' };

interface Shown {
  readonly items: readonly LightboxItem[];
  readonly start: number;
}

function Gallery(props: { readonly conversation: ConversationView }): JSX.Element {
  const ui = useUi();
  const { t, session, toasts, edition } = ui;
  const [shelf, setShelf] = createSignal<GalleryShelf>('media');
  const [lightbox, setLightbox] = createSignal<Shown | null>(null);
  const asked = createMemo(() => ({ id: props.conversation.id, shelf: shelf(), edition: edition() }));
  const loaded = createLoaded(
    () => asked(),
    async (wanted) => ({ wanted, view: await session.vault.gallery(wanted.id, wanted.shelf, screenZone()) }),
    toasts.fail,
  );
  const view = (): GalleryView | undefined => (loaded()?.wanted === asked() ? loaded()?.view : undefined);
  const items = createMemo(() => {
    const wanted = asked();
    return createGalleryItems((from, to) => session.vault.galleryItems(wanted.id, wanted.shelf, from, to), toasts.fail);
  });
  const open = (index: number, message: MessageView, attachment: Attachment): void => {
    const shown = items()
      .around(index)
      .flatMap((one) => one.attachments.filter(isVisual).map((each) => ({ message: one, attachment: each })));
    const start = shown.findIndex((item) => item.message.seq === message.seq && item.attachment === attachment);
    if (start >= 0) setLightbox({ items: shown, start });
  };
  const show = ({ seq }: MessageView): void => ui.go({ screen: 'conversation', id: props.conversation.id, seq });
  return (
    <main class={paneCss['pane']}>
      <PaneHead title={t('gallery.open')} under={props.conversation.name} back />
      <div class={css['shelves']}>
        <Chips
          label={t('gallery.shelves')}
          options={galleryShelves.map((value) => ({ value, label: t(`gallery.${value}`) }))}
          value={shelf()}
          onChoose={setShelf}
        />
      </div>
      <Show when={view()} fallback={<p class={css['looking']}>{t('gallery.looking')}</p>}>
        {(found) => (
          <>
            <Show when={found().unreadMessages > 0}>
              <State look="warn">{t('missing.damaged')}</State>
            </Show>
            <Show
              when={found().count > 0}
              fallback={<Empty icon={shelfIcons[shelf()]} title={t('gallery.empty')} words={t('gallery.emptyWords')} />}
            >
              <GalleryList shelf={shelf()} view={found()} items={items()} onOpen={open} onShow={show} />
            </Show>
          </>
        )}
      </Show>
      <Show when={lightbox()}>
        {(shown) => (
          <Lightbox items={shown().items} start={shown().start} isWhole={false} onShow={show} onClose={() => setLightbox(null)} />
        )}
      </Show>
    </main>
  );
}
