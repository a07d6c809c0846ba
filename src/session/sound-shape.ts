// How loud a sound is along its length, for drawing. The browser decodes it, so it is drawn only where it could be played.

/** Values of a shape. */
const shapeLength = 48;
/** Above this a sound takes long to decode, and no one waits for its shape. */
const limitBytes = 8 * 1024 * 1024;
/** Enough to tell loud from quiet, and a sixth of the memory of what is played. */
const sampleRate = 8000;

/** 48 values from 0 to 1, the loudest 1; null where the browser cannot decode it, or it is too long. */
export async function soundShape(blob: Blob): Promise<readonly number[] | null> {
  if (blob.size === 0 || blob.size > limitBytes || typeof OfflineAudioContext === 'undefined') return null;
  try {
    const decoded = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(await blob.arrayBuffer());
    return shapeOf(decoded.getChannelData(0));
  } catch {
    return null;
  }
}

/** Of samples between -1 and 1: the mean square of each stretch, as a share of the greatest. */
export function shapeOf(samples: Float32Array): readonly number[] {
  const loudness = Array.from({ length: shapeLength }, (_, at) => {
    const from = Math.floor((at * samples.length) / shapeLength);
    const to = Math.floor(((at + 1) * samples.length) / shapeLength);
    let sum = 0;
    for (let place = from; place < to; place++) sum += (samples[place] ?? 0) ** 2;
    return Math.sqrt(sum / Math.max(1, to - from));
  });
  const most = Math.max(...loudness);
  return loudness.map((value) => (most > 0 ? value / most : 0));
}
