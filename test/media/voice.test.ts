// Pitch (the strongest frequency from 100 to 1,590 Hz in steps of 10) and length of decoded voice: the tone's are in its name; mario.amr has 4,448 frames of 20 ms (142,342 bytes less 6,
// 32 a frame: every frame is of mode 7), 88.96 s.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { decodeVoice } from '../../src/media/voice';
import { writeWav } from '../../src/media/wav';
import { hasSharedSamples, sharedSamplePath } from '../importers/samples';

const wasm = async () => readFileSync(createRequire(import.meta.url).resolve('silk-wasm/lib/silk.wasm'));
const sample = (path: string) => new Uint8Array(readFileSync(sharedSamplePath(path)));

interface Sound {
  readonly rateHz: number;
  readonly samples: Int16Array;
}

function readWav(file: Uint8Array): Sound {
  const view = new DataView(file.buffer, file.byteOffset);
  expect(String.fromCharCode(...file.subarray(0, 4), ...file.subarray(8, 16), ...file.subarray(36, 40))).toBe('RIFFWAVEfmt data');
  expect(view.getUint32(40, true)).toBe(file.length - 44);
  return { rateHz: view.getUint32(24, true), samples: new Int16Array(file.slice(44).buffer) };
}

/** Strength of one frequency (Goertzel's algorithm), as a share of all there is. */
function shareOf(hz: number, { rateHz, samples }: Sound): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / rateHz);
  let [one, two, all] = [0, 0, 0];
  for (const sample of samples) {
    [one, two] = [sample + turn * one - two, one];
    all += sample * sample;
  }
  return (one * one + two * two - turn * one * two) / ((all * samples.length) / 2);
}

describe('WAV', () => {
  it('holds the samples behind its header', () => {
    const sound = readWav(writeWav(Int16Array.of(1, -1, 32767, -32768), 8000));
    expect(sound.rateHz).toBe(8000);
    expect([...sound.samples]).toEqual([1, -1, 32767, -32768]);
  });
});

describe.runIf(hasSharedSamples)('SILK', () => {
  const tone = sample('china/synthetic/media/tone-440hz-1s.silk');

  it('of 440 Hz and 1 s is that', async () => {
    const sound = readWav(await decodeVoice(tone, 'audio/silk', wasm));
    expect(sound.rateHz).toBe(24_000);
    expect(sound.samples.length / sound.rateHz).toBeCloseTo(1, 1);
    const frequencies = Array.from({ length: 150 }, (_, index) => 100 + index * 10);
    const strongest = frequencies.toSorted((one, other) => shareOf(other, sound) - shareOf(one, sound))[0]!;
    expect(strongest).toBe(440);
    expect(shareOf(440, sound)).toBeGreaterThan(0.5);
  });

  it('of the standard flavour, without the first byte and with an end, is the same', async () => {
    const standard = Uint8Array.of(...tone.subarray(1), 0xff, 0xff);
    expect(await decodeVoice(standard, 'audio/silk', wasm)).toEqual(await decodeVoice(tone, 'audio/silk', wasm));
  });

  it('that is cut or damaged is shorter or refused, and the next is whole again', async () => {
    const whole = readWav(await decodeVoice(tone, 'audio/silk', wasm)).samples.length;
    for (let cut = 0; cut < tone.length; cut += 97) {
      const decoded = await decodeVoice(tone.subarray(0, cut), 'audio/silk', wasm).catch((error: { code?: string }) => error.code);
      if (decoded instanceof Uint8Array) expect(readWav(decoded).samples.length).toBeLessThanOrEqual(whole);
      else expect(decoded).toBe('damaged');
    }
    for (let at = 10; at < tone.length; at += 53) {
      const bent = tone.slice();
      bent[at]! ^= 0xff;
      const decoded = await decodeVoice(bent, 'audio/silk', wasm).catch((error: { code?: string }) => error.code);
      if (!(decoded instanceof Uint8Array)) expect(decoded).toBe('damaged');
    }
    expect(readWav(await decodeVoice(tone, 'audio/silk', wasm)).samples.length).toBe(whole);
  });

  it('of more packets than half an hour has is refused', async () => {
    const silly = new Uint8Array(10 + 200_000).fill(0);
    silly.set(tone.subarray(0, 10));
    await expect(decodeVoice(silly, 'audio/silk', wasm)).rejects.toMatchObject({ code: 'damaged' });
  });
});

describe.runIf(hasSharedSamples)('AMR', () => {
  it('has its length and sounds', async () => {
    const amr = sample('china/amr/mario.amr');
    const sound = readWav(await decodeVoice(amr, 'audio/amr', wasm));
    expect(sound.rateHz).toBe(8000);
    expect(sound.samples.length / sound.rateHz).toBeCloseTo(88.96, 1);
    const loud = sound.samples.reduce((sum, one) => sum + one * one, 0) / sound.samples.length;
    expect(Math.sqrt(loud)).toBeGreaterThan(500);
  });

  it('leaves the global object as it was', async () => {
    const before = Object.getOwnPropertyNames(globalThis).filter((name) => name !== 'self');
    await decodeVoice(sample('china/amr/mario.amr').subarray(0, 3206), 'audio/amr', wasm);
    expect(Object.getOwnPropertyNames(globalThis).filter((name) => name !== 'self')).toEqual(before);
  });
});

it.each(['audio/silk', 'audio/amr'])('what is no %s is refused', async (mime) => {
  for (const bytes of [[], [2], [35, 33, 65, 77, 82, 10], [0, 1, 2, 3]]) {
    await expect(decodeVoice(Uint8Array.from(bytes), mime, wasm)).rejects.toMatchObject({ code: 'damaged' });
  }
});
