// Whether a file on a drive is the one that we wanted to create.

import type { Drive } from './drive';

/** True where the file is there with the same size and the same bytes. */
export async function sameContent(drive: Pick<Drive, 'size' | 'read'>, name: string, bytes: Uint8Array): Promise<boolean> {
  if ((await drive.size(name)) !== bytes.length) return false;
  const there = await drive.read(name);
  return there.length === bytes.length && there.every((byte, at) => byte === bytes[at]);
}
