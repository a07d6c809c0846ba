// Puts what an in-memory reader holds into a real vault.

import { signatureOf } from '../../src/search/signature';
import type { ArchiveReader } from '../../src/vault/archive';
import { makeVault } from '../vault/make-vault';

/** A reader over a sealed vault (on fake IndexedDB) with the same conversations, people and messages. */
export async function copyToVault(memory: ArchiveReader): Promise<ArchiveReader> {
  const { vault } = await makeVault();
  const writer = await vault.openWriter({ signatureOf });
  for (const person of (await memory.people()).values()) writer.setPerson(person);
  for (const entry of await memory.conversations()) {
    const segments = [];
    for (const { id } of entry.segments) segments.push(await writer.putSegment(await memory.readMessages(id)));
    writer.setConversation({ ...entry, segments });
  }
  (await writer.commit()).release();
  return vault.openReader();
}
