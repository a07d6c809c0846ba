// Whether a file on a drive is the one that we wanted to create.

import type { Drive } from './drive';
import { contentBytes, type FileContent, readContent } from './file-content';

/** True where the file is there with the same size and the same bytes. */
export async function sameContent(drive: Pick<Drive, 'size' | 'read'>, name: string, content: FileContent): Promise<boolean> {
  if ((await drive.size(name)) !== contentBytes(content)) return false;
  const [there, bytes] = await Promise.all([drive.read(name), readContent(content)]);
  return there.length === bytes.length && there.every((byte, at) => byte === bytes[at]);
}
