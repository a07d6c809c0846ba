// Addresses of media on the screen, whose bytes come from workers/vault.

import { proxy } from 'comlink';
import { CamphorError } from '../model/error';
import type { Sha256Hex } from '../model/ids';
import { createBlobUrls } from './blob-urls';
import type { Session } from './session';
import type { VaultWorker } from './vault-worker';
import { readLazyWasm } from './wasm-bytes';

export interface MediaUrls {
  readonly urls: Pick<Session, 'mediaUrl' | 'audioUrl' | 'audioShape' | 'thumbnailUrl'>;
  /** Revokes all. */
  clear(): void;
}

const mebibyte = 1024 * 1024;

export function createMediaUrls(vaultWorker: Pick<VaultWorker, 'get'>): MediaUrls {
  const media = createBlobUrls<Sha256Hex>(48, 256 * mebibyte);
  const sounds = createBlobUrls<Sha256Hex>(24, 128 * mebibyte);
  const thumbnails = createBlobUrls<Sha256Hex>(600, 64 * mebibyte);
  const present = async (url: Promise<string | null>): Promise<string> => {
    const found = await url;
    if (found === null) throw new CamphorError('not-found', { what: 'media' });
    return found;
  };
  const readSound = async (sha256: Sha256Hex): Promise<Blob | null> =>
    (await vaultWorker.get()).call((verbs) => verbs.readVoice(sha256, proxy(readLazyWasm)));
  return {
    urls: {
      mediaUrl: (sha256) => present(media.get(sha256, async () => (await vaultWorker.get()).call((verbs) => verbs.readMedia(sha256)))),
      audioUrl: (sha256) => present(sounds.get(sha256, () => readSound(sha256))),
      audioShape: async (sha256) => {
        const [{ soundShape }, sound] = await Promise.all([import('./sound-shape'), readSound(sha256)]);
        return sound === null ? null : soundShape(sound);
      },
      thumbnailUrl: (sha256) => thumbnails.get(sha256, async () => (await vaultWorker.get()).call((verbs) => verbs.readThumbnail(sha256))),
    },
    clear: () => {
      for (const each of [media, sounds, thumbnails]) each.clear();
    },
  };
}
