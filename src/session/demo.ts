// The demo: invented chats, exported as WhatsApp exports them, that come with the app as a static file.

import { CamphorError } from '../model/error';
import { demoArchiveName } from '../model/source';
import type { DroppedFile } from '../model/verbs';

/** Throws `offline` where the file cannot be had. */
export async function fetchDemo(): Promise<readonly DroppedFile[]> {
  const response = await fetch(new URL('demo.zip', document.baseURI)).catch((cause: unknown) => {
    throw new CamphorError('offline', {}, cause);
  });
  if (!response.ok) throw new CamphorError('offline', { status: response.status });
  return [{ path: demoArchiveName, file: new File([await response.blob()], demoArchiveName, { type: 'application/zip' }) }];
}
