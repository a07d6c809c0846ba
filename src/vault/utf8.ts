// Text and JSON as bytes, strictly.

import { CamphorError } from '../model/error';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Throws CamphorError `damaged` for bytes that are no UTF-8. */
export function utf8Text(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new CamphorError('damaged', {}, cause);
  }
}

export function jsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return encoder.encode(JSON.stringify(value));
}

/** Throws CamphorError `damaged` for bytes that are no JSON in UTF-8. */
export function jsonValue(bytes: Uint8Array): unknown {
  const text = utf8Text(bytes);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new CamphorError('damaged', {}, cause);
  }
}
