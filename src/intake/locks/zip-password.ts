// A ZIP whose entries a password opens: WinZip's AES, whose MAC is checked before an entry is used, and the old cipher, which has none.

import { ownArchiveLimits } from '../../bytes/limits';
import { sourceOfRanges } from '../../bytes/ranged-source';
import { readForward } from '../../bytes/entry-part';
import type { ByteSource } from '../../bytes/source';
import { sourceOfStream } from '../../bytes/streamed-source';
import { encryptedItems, encryptedRooms, isKnownCipher, openZip, type OpenedZip } from '../../bytes/zip';
import { type EntryCipher, fitsEntry, sourceOfEntry, type ZipRoom } from '../../bytes/zip-entry';
import { flagDescriptor, methodAes, type ZipItem } from '../../bytes/zip-header';
import { sameTag } from '../../crypto/poly1305-aes';
import { type ZipAesKeys, zipAesCheckBytes, zipAesKeys, zipAesMacBytes, zipAesSaltBytes } from '../../crypto/zip-aes';
import { createZipCrypto, zipCryptoHeadBytes } from '../../crypto/zip-crypto';
import { CamphorError } from '../../model/error';

/** The smallest entries are tried; of them the first that is whole decides, unless it is larger than this. */
const triedEntries = 8;
const triedBytes = 64 << 20;

/** True where it has encrypted entries. Throws CamphorError `unsupported-version` where none of them is of a known kind, and as `openZip`. */
export async function needsPassword(source: ByteSource): Promise<boolean> {
  const items = await encryptedItems(source, ownArchiveLimits);
  if (items.length > 0 && !items.some(isKnownCipher)) throw new CamphorError('unsupported-version');
  return items.length > 0;
}

/** Throws CamphorError `wrong-secret`, `damaged` (what was tried is), and as `openZip`. */
export async function openWithPassword(source: ByteSource, password: string): Promise<OpenedZip> {
  const cipher = cipherOf(password);
  const rooms = (await encryptedRooms(source, ownArchiveLimits, cipher)).filter(({ item }) => isKnownCipher(item));
  const bySize = [...rooms].sort((one, other) => one.item.compressedBytes - other.item.compressedBytes).slice(0, triedEntries);
  let fitting = 0;
  let surest = 0;
  for (const room of bySize) {
    if (!(await fitsEntry(room))) continue;
    if (room.item.compressedBytes > triedBytes || (await isWhole(room))) return openZip(source, ownArchiveLimits, cipher);
    fitting++;
    if (room.item.method === methodAes) surest++;
  }
  // One byte of the old cipher is right by chance often enough.
  throw new CamphorError(surest > 0 || fitting > 1 ? 'damaged' : 'wrong-secret');
}

async function isWhole(room: ZipRoom): Promise<boolean> {
  let isDamaged = false;
  const content = sourceOfEntry({ ...room, report: () => (isDamaged = true) });
  for await (const chunk of content.stream()) if (isDamaged || chunk.length === 0) break;
  return !isDamaged;
}

function cipherOf(password: string): EntryCipher {
  return {
    async fits(item, data) {
      if (item.method === methodAes) return (await aesKeysOf(password, item, data)) !== null;
      const head = createZipCrypto(password).open(await data.read(0, zipCryptoHeadBytes));
      return head.length === zipCryptoHeadBytes && checkBytes(item).includes(head.at(-1) ?? -1);
    },
    async open(item, data) {
      if (item.method === methodAes) return openAes(await aesKeysOf(password, item, data), item, data);
      if (!(await this.fits(item, data))) throw new CamphorError('wrong-secret');
      return openOld(password, data);
    },
  };
}

/** Null where the password is another. */
async function aesKeysOf(password: string, item: ZipItem, data: ByteSource): Promise<ZipAesKeys | null> {
  const strength = item.aes?.strength ?? 0;
  const saltBytes = zipAesSaltBytes(strength);
  const head = await data.read(0, saltBytes + zipAesCheckBytes);
  const keys = await zipAesKeys(password, head.subarray(0, saltBytes), strength);
  return sameTag(keys.check, head.subarray(saltBytes)) ? keys : null;
}

async function openAes(keys: ZipAesKeys | null, item: ZipItem, data: ByteSource): Promise<ByteSource> {
  if (keys === null) throw new CamphorError('wrong-secret');
  const from = zipAesSaltBytes(item.aes?.strength ?? 0) + zipAesCheckBytes;
  const to = data.sizeBytes - zipAesMacBytes;
  if (to < from) throw new CamphorError('damaged');
  const encrypted = sourceOfRanges(to - from, (first, end) => data.read(from + first, from + end));
  if (!(await keys.isMac(encrypted.stream(), await data.read(to, data.sizeBytes)))) throw new CamphorError('damaged');
  return sourceOfRanges(to - from, async (first, end) => keys.decrypt(await encrypted.read(first, end), first));
}

/** What the last byte of the head should be: of the checksum, or of the time where the checksum was not known yet. */
function checkBytes({ crc32, flags, dosTime }: ZipItem): readonly number[] {
  const ofChecksum = crc32 === null ? [] : [crc32 >>> 24];
  return flags & flagDescriptor ? [...ofChecksum, dosTime >>> 8] : ofChecksum;
}

/** From its beginning each time, but once for one who reads on. */
function openOld(password: string, data: ByteSource): ByteSource {
  async function* open(): AsyncGenerator<Uint8Array, void, void> {
    const cipher = createZipCrypto(password);
    let skip = zipCryptoHeadBytes;
    for await (const chunk of data.stream()) {
      yield cipher.open(chunk).subarray(skip);
      skip = Math.max(0, skip - chunk.length);
    }
  }
  const sizeBytes = Math.max(0, data.sizeBytes - zipCryptoHeadBytes);
  return readForward(sourceOfStream(sizeBytes, () => ({ startByte: 0, chunks: open() })));
}
