// The small picture of an attachment, fetched when its place comes near the screen.

import { type Accessor, createSignal } from 'solid-js';
import type { ErrorCode } from '../../model/error';
import type { Attachment } from '../../model/message';
import type { Session } from '../../session/session';
import { errorOf } from '../primitives/toast-state';
import { whenSeen } from './seen';

/** `damaged`: its bytes are altered or gone. `elsewhere`: they lie on a drive. `unshown`: they are here, but this browser cannot show them. */
export type PictureFailure = 'damaged' | 'elsewhere' | 'unshown';

export interface Thumbnail {
  readonly url: Accessor<string | undefined>;
  readonly failure: Accessor<PictureFailure | null>;
  /** The browser could not show what is at `url`. */
  readonly refuse: () => void;
  /** Reads it once more: it was brought here meanwhile. */
  readonly again: () => void;
  /** Begins to wait for the element to be seen. */
  readonly watch: (element: Element) => void;
}

const damageCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['damaged', 'tampered', 'not-found']);

/** True where the bytes of a medium are altered or gone; other failures, such as a lock, say nothing about them. */
export function isDamage(cause: unknown): boolean {
  return damageCodes.has(errorOf(cause).code);
}

/** True where the bytes are whole on a drive, as far as is known, and not here. */
export function isElsewhere(cause: unknown): boolean {
  const { code, facts } = errorOf(cause);
  return code === 'not-found' && facts['what'] === 'medium-elsewhere';
}

/** True for what plays, as animations and stickers of some apps do too. */
export function isFilm({ kind, mime }: Attachment): boolean {
  return kind === 'video' || (mime?.startsWith('video/') ?? false);
}

export function createThumbnail(session: Session, attachment: Accessor<Attachment>): Thumbnail {
  const [url, setUrl] = createSignal<string>();
  const [failure, setFailure] = createSignal<PictureFailure | null>(null);
  const load = async (): Promise<void> => {
    const { sha256 } = attachment();
    if (sha256 === null) return;
    try {
      const found = (await session.thumbnailUrl(sha256)) ?? (isFilm(attachment()) ? null : await session.mediaUrl(sha256));
      if (found !== null) setUrl(found);
    } catch (cause) {
      if (isElsewhere(cause)) setFailure('elsewhere');
      else if (isDamage(cause)) setFailure('damaged');
    }
  };
  // A film is not a picture: without a small one it has its place and opens all the same.
  const refuse = (): void => {
    if (isFilm(attachment())) setUrl(undefined);
    else setFailure('unshown');
  };
  const again = (): void => {
    setFailure(null);
    void load();
  };
  return { url, failure, refuse, again, watch: (element) => whenSeen(element, () => void load()) };
}
