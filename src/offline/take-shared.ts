// What another app shares (the manifest's `share_target`) is written down whole before the sharing is answered, since the worker
// may be ended at any time. Nothing is opened here: a page of any site can post the same form, so the owner is asked first.

import { sharedFilesLimit, sharedId, sharedInboxFolder, type SharedList, sharedListFile } from '../model/shared-inbox';

/** Below the app's folder; as in the manifest. */
export const shareAddress = 'share';

/**
 * Takes the files of a posted form, or its text where it has none, and sends the browser on to the import screen. What does not
 * fit, or is no such form, leaves nothing behind, and the screen says so.
 */
export async function takeShared(request: Request, appUrl: URL): Promise<Response> {
  const isTaken = await keepShared(request).catch(() => false);
  return Response.redirect(new URL(isTaken ? '#/import' : '#/import?share=failed', appUrl).href, 303);
}

async function keepShared(request: Request): Promise<boolean> {
  const files = filesOf(await request.formData());
  if (files.length === 0 || files.length > sharedFilesLimit) return false;
  const root = await navigator.storage.getDirectory();
  const inbox = await root.getDirectoryHandle(sharedInboxFolder, { create: true });
  const id = sharedId(Date.now(), crypto.randomUUID().slice(0, 8));
  const folder = await inbox.getDirectoryHandle(id, { create: true });
  try {
    for (const [number, file] of files.entries()) await write(folder, String(number), file);
    const list: SharedList = { files: files.map(({ name, size }) => ({ name, sizeBytes: size })) };
    await write(folder, sharedListFile, new Blob([JSON.stringify(list)]));
    return true;
  } catch (cause) {
    await inbox.removeEntry(id, { recursive: true });
    throw cause;
  }
}

/** A text that is shared without a file is one. */
function filesOf(form: FormData): readonly File[] {
  const files = [...form.values()].filter((value) => value instanceof File);
  const text = form.get('text');
  if (files.length > 0 || typeof text !== 'string' || text === '') return files;
  const title = form.get('title');
  return [new File([text], `${typeof title === 'string' && title !== '' ? title : 'Shared'}.txt`)];
}

async function write(folder: FileSystemDirectoryHandle, name: string, content: Blob): Promise<void> {
  const file = await folder.getFileHandle(name, { create: true });
  await content.stream().pipeTo(await file.createWritable());
}
