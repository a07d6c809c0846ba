// The small picture of an attachment, fetched when its place comes near the screen.

import { type Accessor, createSignal } from 'solid-js';
import type { Attachment } from '../../model/message';
import type { Session } from '../../session/session';
import { whenSeen } from './seen';

export interface Thumbnail {
  readonly url: Accessor<string | undefined>;
  /** True where its bytes are damaged or gone. */
  readonly failed: Accessor<boolean>;
  readonly fail: () => void;
  /** Begins to wait for the element to be seen. */
  readonly watch: (element: Element) => void;
}

export function createThumbnail(session: Session, attachment: Accessor<Attachment>): Thumbnail {
  const [url, setUrl] = createSignal<string>();
  const [failed, setFailed] = createSignal(false);
  const load = async (): Promise<void> => {
    const { sha256, kind } = attachment();
    if (sha256 === null) return;
    try {
      const found = (await session.thumbnailUrl(sha256)) ?? (kind === 'video' ? null : await session.mediaUrl(sha256));
      if (found !== null) setUrl(found);
    } catch {
      setFailed(true);
    }
  };
  return { url, failed, fail: () => setFailed(true), watch: (element) => whenSeen(element, () => void load()) };
}
