// Voice messages for the screen, decoded where the browser does not play them; loaded when the first one is played.

import { isInlineType } from '../src/media/inline-types';
import { decodedVoiceTypes, decodeVoice, voiceLimitBytes } from '../src/media/voice';
import { CamphorError } from '../src/model/error';
import type { Sha256Hex } from '../src/model/ids';
import type { LazyWasm } from '../src/model/verbs';
import { readMedia } from '../src/timeline/media';
import type { ArchiveReader } from '../src/vault/archive';

/**
 * The medium as a Blob that an audio element plays, where we can; else as it is, which no browser plays and which can be saved.
 * Throws CamphorError `not-found`, `tampered`.
 */
export async function readVoice(
  reader: ArchiveReader,
  sha256: Sha256Hex,
  readWasm: (name: LazyWasm) => Promise<ArrayBuffer>,
): Promise<Blob> {
  const blob = await readMedia(reader, sha256, { has: isInlineType });
  const mime = (await reader.media(sha256))?.mime ?? '';
  if (!decodedVoiceTypes.has(mime) || blob.size > voiceLimitBytes) return blob;
  const voice = new Uint8Array(await blob.arrayBuffer());
  try {
    return new Blob([await decodeVoice(voice, mime, () => readWasm('silk'))], { type: 'audio/wav' });
  } catch (error) {
    // The bytes are those of the archive: whatever is wrong with them was so before.
    if (error instanceof CamphorError && error.code === 'damaged') return blob;
    throw error;
  }
}
