// Handing the vault key from thread to thread over a MessagePort. A CryptoKey that cannot be extracted clones, and its
// bytes never reach the code of either side.

import { CamphorError } from '../model/error';

interface KeyHolder {
  key(): CryptoKey;
}

/** Sends the key, or that the vault is locked; the port waits for its other end. */
export function serveKey(port: MessagePort, vault: KeyHolder): void {
  let key: CryptoKey | null = null;
  try {
    key = vault.key();
  } finally {
    port.postMessage({ key });
  }
}

/** The key that the other end sends. Throws CamphorError `locked` where it has none. Closes the port. */
export function receiveKey(port: MessagePort): Promise<CryptoKey> {
  return new Promise((resolve, reject) => {
    port.onmessage = ({ data }: MessageEvent<{ key?: unknown }>) => {
      port.close();
      if (data.key instanceof CryptoKey) resolve(data.key);
      else reject(new CamphorError('locked'));
    };
  });
}
