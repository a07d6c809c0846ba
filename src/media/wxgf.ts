// Pictures of WeChat's own kind: a head with the size, then parts of HEVC, each an Annex B stream behind its length. Facts: a public
// sample, decoded; parts as sjzar/chatlog and ppwwyyxx/wechat-dump find them. Moving pictures (many small parts) are not understood.

import type { Dimensions } from './dimensions';

/** More bytes, or more parts, are not looked through. */
export const wxgfLimitBytes = 32 << 20;
const partsLimit = 10_000;
const lengthBytes = 4;
/** A start code and the head of a video parameter set. */
const partStart = [0x00, 0x00, 0x00, 0x01, 0x40, 0x01];
const sequenceParameters = [0x00, 0x00, 0x01, 0x42, 0x01];
/** Of a sequence parameter set, from its first byte to the level (ITU-T H.265, 7.3.2.2 and 7.3.3). */
const profileBytes = 13;
const longestPrologueBytes = 4096;

export interface WxgfStill {
  /** The largest part: the picture itself, where others are its transparency. */
  readonly stream: Uint8Array;
  /** As WebCodecs names it, from the stream's own parameters. */
  readonly codec: string;
}

/** The still of a file; null where it holds none, says its parameters nowhere, or is too large. */
export function findWxgfStill(file: Uint8Array): WxgfStill | null {
  if (file.length > wxgfLimitBytes) return null;
  let largest = new Uint8Array(0);
  let parts = 0;
  for (let at = findBytes(file, partStart, 0); at >= 0 && parts < partsLimit; parts += 1) {
    const sizeBytes = at < lengthBytes ? 0 : new DataView(file.buffer, file.byteOffset + at - lengthBytes).getUint32(0);
    const isWhole = sizeBytes > partStart.length && at + sizeBytes <= file.length;
    if (isWhole && sizeBytes > largest.length) largest = file.slice(at, at + sizeBytes);
    at = findBytes(file, partStart, isWhole ? at + sizeBytes : at + 1);
  }
  const codec = nameCodec(largest);
  return codec === null ? null : { stream: largest, codec };
}

/** `hev1.<profile>.<compatibility>.<tier and level>.<constraints>` (ISO/IEC 14496-15, annex E). */
function nameCodec(stream: Uint8Array): string | null {
  const at = findBytes(stream.subarray(0, longestPrologueBytes), sequenceParameters, 0);
  if (at < 0) return null;
  const bytes = withoutEmulation(stream.subarray(at + sequenceParameters.length), profileBytes);
  if (bytes.length < profileBytes) return null;
  const view = new DataView(bytes.buffer);
  const profile = view.getUint8(1);
  const compatibility = reverseBits(view.getUint32(2)).toString(16).toUpperCase();
  const constraints = [...bytes.subarray(6, 12)];
  while (constraints.at(-1) === 0) constraints.pop();
  const space = ['', 'A', 'B', 'C'][profile >> 6] ?? '';
  const level = `${(profile & 0x20) === 0 ? 'L' : 'H'}${view.getUint8(12)}`;
  return ['hev1', `${space}${profile & 0x1f}`, compatibility, level, ...constraints.map((byte) => byte.toString(16).toUpperCase())].join(
    '.',
  );
}

/** The first `count` bytes, without those that keep start codes apart (7.4.1.1: 03 behind two zeros). */
function withoutEmulation(bytes: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  const plain: number[] = [];
  let zeros = 0;
  for (const byte of bytes) {
    if (plain.length === count) break;
    if (zeros >= 2 && byte === 3) zeros = 0;
    else {
      plain.push(byte);
      zeros = byte === 0 ? zeros + 1 : 0;
    }
  }
  return Uint8Array.from(plain);
}

function reverseBits(word: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 32; bit += 1) reversed = (reversed << 1) | ((word >>> bit) & 1);
  return reversed >>> 0;
}

function findBytes(bytes: Uint8Array, wanted: readonly number[], from: number): number {
  for (let at = from; at + wanted.length <= bytes.length; at += 1) if (wanted.every((byte, place) => bytes[at + place] === byte)) return at;
  return -1;
}

/** The picture, where this engine decodes HEVC; null where it does not, or the stream is damaged. The caller closes it. */
export async function decodeWxgf(picture: Blob, { widthPx, heightPx }: Dimensions): Promise<VideoFrame | null> {
  if (typeof VideoDecoder !== 'function' || picture.size > wxgfLimitBytes) return null;
  const still = findWxgfStill(new Uint8Array(await picture.arrayBuffer()));
  if (still === null) return null;
  const config: VideoDecoderConfig = { codec: still.codec, codedWidth: widthPx, codedHeight: heightPx };
  const { supported } = await VideoDecoder.isConfigSupported(config).catch(() => ({ supported: false }));
  return supported === true ? decodeFirst(config, still.stream) : null;
}

/** A picture is decoded in less; a decoder that never answers is let go. */
const decodeLimitMs = 10_000;

async function decodeFirst(config: VideoDecoderConfig, stream: Uint8Array): Promise<VideoFrame | null> {
  let first: VideoFrame | null = null;
  const output = (frame: VideoFrame): void => {
    if (first === null) first = frame;
    else frame.close();
  };
  const decoder = new VideoDecoder({ output, error: () => undefined });
  try {
    decoder.configure(config);
    decoder.decode(new EncodedVideoChunk({ type: 'key', timestamp: 0, data: stream }));
    await Promise.race([decoder.flush(), new Promise((resolve) => setTimeout(resolve, decodeLimitMs))]);
  } catch {
    // What was decoded before counts; a damaged stream gives nothing.
  }
  if (decoder.state !== 'closed') decoder.close();
  return first;
}
