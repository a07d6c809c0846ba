// The demo: invented chats, exported as WhatsApp exports them, that come with the app as a static file.

import { CamphorError } from '../model/error';
import type { DroppedFile } from '../model/verbs';

export const demoPath = 'demo/WhatsApp Chat with Camphor demo.zip';

/** Throws `offline` where the file cannot be had. */
export async function fetchDemo(): Promise<readonly DroppedFile[]> {
  const name = demoPath.slice(demoPath.lastIndexOf('/') + 1);
  const response = await fetch(new URL(encodeURI(demoPath), document.baseURI)).catch((cause: unknown) => {
    throw new CamphorError('offline', {}, cause);
  });
  if (!response.ok) throw new CamphorError('offline', { status: response.status });
  return [{ path: name, file: new File([await response.blob()], name, { type: 'application/zip' }) }];
}
