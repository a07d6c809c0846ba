// Base64 (RFC 4648 §4) of short pieces.

/** Encodes by slices, since a call takes only so many arguments. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
