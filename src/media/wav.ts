// Sound that every browser plays: 16-bit samples of one channel behind a header of 44 bytes (RIFF WAVE, format 1).

const headerBytes = 44;

/** A WAV file of these samples at `rateHz`. */
export function writeWav(samples: Int16Array, rateHz: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(headerBytes + samples.length * 2);
  const view = new DataView(file.buffer);
  const letters = (at: number, text: string): void => {
    for (let index = 0; index < text.length; index++) file[at + index] = text.charCodeAt(index);
  };
  letters(0, 'RIFF');
  view.setUint32(4, file.length - 8, true);
  letters(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rateHz, true);
  view.setUint32(28, rateHz * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  letters(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  for (let index = 0; index < samples.length; index++) view.setInt16(headerBytes + index * 2, samples[index] ?? 0, true);
  return file;
}
