// What a file on a drive is made of.

/** Large files are Blobs: they pass to another thread, and out of the browser, without one more copy of theirs. */
export type FileContent = Uint8Array<ArrayBuffer> | Blob;

export const contentBytes = (content: FileContent): number => (content instanceof Blob ? content.size : content.length);

export async function readContent(content: FileContent): Promise<Uint8Array<ArrayBuffer>> {
  return content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;
}
