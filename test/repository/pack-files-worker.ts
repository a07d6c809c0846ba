// Pack files on a thread, where alone there are such files.
import { expose } from 'comlink';
import { packFilesFolder } from '../../src/model/pack-files';
import { openPackFiles, type PackFile, type PackFiles } from '../../src/repository/pack-files';

type Write = (this: unknown, bytes: Uint8Array, options: { readonly at: number }) => number;

const opened: PackFiles[] = [];

const verbs = {
  open: async (): Promise<number> => {
    const files = await openPackFiles();
    if (files === null) throw new Error('no files of packs here');
    return opened.push(files) - 1;
  },
  keep: (set: number, bytes: Uint8Array<ArrayBuffer>): Promise<PackFile | null> => opened[set]!.keep(bytes),
  free: async (set: number, file: number): Promise<void> => opened[set]!.free(file),
  end: (set: number): Promise<void> => opened[set]!.end(),
  names: async (): Promise<readonly string[]> => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(packFilesFolder, { create: true });
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  },
  /** As where what is written cannot be read by others until it is closed. */
  failReads: async (): Promise<void> => {
    FileSystemFileHandle.prototype.getFile = async () => new File([new Uint8Array(1_000)], 'old');
  },
  /** As where the disk is full: a write takes half of what it is given. */
  failWrites: async (): Promise<void> => {
    const { prototype } = (globalThis as unknown as { FileSystemSyncAccessHandle: { prototype: { write: Write } } })
      .FileSystemSyncAccessHandle;
    const { write } = prototype;
    prototype.write = function half(this: unknown, bytes, options) {
      return write.call(this, bytes.subarray(0, bytes.length / 2), options);
    };
  },
};

export type PackFileVerbs = typeof verbs;
expose(verbs);
