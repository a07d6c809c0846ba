// Voice messages that no browser plays, decoded to what all of them play.

import { amrRateHz, decodeAmr } from './amr';
import { createSilkDecoder, silkRateHz } from './silk';
import type { SilkDecoder } from './silk';
import { writeWav } from './wav';

/** Types, as sniffed, that `decodeVoice` takes. */
export const decodedVoiceTypes: ReadonlySet<string> = new Set(['audio/silk', 'audio/amr']);

/** The longest file that is decoded: half an hour at the highest rates of either. */
export const voiceLimitBytes = 8 << 20;

/** Gives the bytes of silk.wasm, which a confined worker cannot fetch. */
export type ReadSilkWasm = () => Promise<BufferSource>;

let silkDecoder: Promise<SilkDecoder> | null = null;

/** A WAV file of a voice message whose sniffed type is one of `decodedVoiceTypes`. Throws CamphorError `damaged`, and what `readWasm` throws. */
export async function decodeVoice(voice: Uint8Array, mime: string, readWasm: ReadSilkWasm): Promise<Uint8Array<ArrayBuffer>> {
  if (mime === 'audio/amr') return writeWav(await decodeAmr(voice), amrRateHz);
  silkDecoder ??= readWasm().then(createSilkDecoder);
  try {
    return writeWav((await silkDecoder)(voice), silkRateHz);
  } catch (cause) {
    // A decoder that failed inside may be in any state: the next message gets a fresh one.
    silkDecoder = null;
    throw cause;
  }
}
