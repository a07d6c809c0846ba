// The demo: invented chats, exported as WhatsApp exports them, that come with the app as a static file.

import { CamphorError } from '../model/error';
import { demoArchiveName } from '../model/source';
import type { DroppedFile } from '../model/verbs';

/** Throws `offline` where the file cannot be had. */
export async function fetchDemo(): Promise<readonly DroppedFile[]> {
  const response = await fetchOwn('demo.zip');
  return [{ path: demoArchiveName, file: new File([await response.blob()], demoArchiveName, { type: 'application/zip' }) }];
}

/** A file that came with the app. Throws `offline` where it cannot be had. */
export async function fetchOwn(path: string): Promise<Response> {
  const response = await fetch(new URL(path, document.baseURI)).catch((cause: unknown) => {
    throw new CamphorError('offline', {}, cause);
  });
  if (!response.ok) throw new CamphorError('offline', { status: response.status });
  return response;
}
