// The browser's chooser of folders, and its permission to write, which both need a click.

interface FolderChooser {
  showDirectoryPicker(options: { readonly id: string; readonly mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
}
interface Permitted {
  requestPermission(options: { readonly mode: 'readwrite' }): Promise<PermissionState>;
}

/** The folder chosen; null where the chooser was closed, or the folder is one that the browser keeps from pages. */
export async function chooseFolder(): Promise<FileSystemDirectoryHandle | null> {
  if (!('showDirectoryPicker' in globalThis)) return null;
  try {
    return await (globalThis as unknown as FolderChooser).showDirectoryPicker({ id: 'camphor-backup', mode: 'readwrite' });
  } catch (cause) {
    if (cause instanceof DOMException) return null;
    throw cause;
  }
}

/** True where the folder may be written from now on. */
export async function requestFolder(handle: FileSystemDirectoryHandle | null): Promise<boolean> {
  if (handle === null) return false;
  return (await (handle as unknown as Permitted).requestPermission({ mode: 'readwrite' })) === 'granted';
}
