// Opening sealed pictures of WeChat 4: each is checked by its first block and its padding, and read in place. Loaded when a key is given.

import { sourceOfRanges } from '../../bytes/ranged-source';
import type { ByteSource } from '../../bytes/source';
import { checkPadding, findXorByte, openFirstBlock, readSealed, readSealedHead, sealedHeadBytes } from '../../crypto/sealed-picture';
import { beginsAsPicture } from '../../importers/wechat-database/disguised-picture';
import { CamphorError } from '../../model/error';
import { plainSecret } from '../../model/secret-form';
import type { Unlocked } from './lock';

/** What opens all pictures of an account. */
interface AccountKey {
  readonly key: Uint8Array;
  /** XORed over the ends; null until a picture whose end is known told it. */
  xorByte: number | null;
}

/** Where no picture tells it. */
const usualXorByte = 0x37;
/** So much right padding is none by chance. */
const certainPadBytes = 4;

/** The 16 bytes that 16 characters or 32 hex digits mean. */
export function readPictureKey(text: string): Uint8Array {
  const plain = plainSecret('picture-key', text);
  return plain.length === 32
    ? Uint8Array.from(plain.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
    : new TextEncoder().encode(plain);
}

/**
 * Opens one picture, and by `openAlike` others of the account. Throws CamphorError `damaged` where the parts are not whole, or the
 * beginning is no picture's although the key is right; `wrong-secret`; and what reading throws.
 */
export async function openWeChatPicture(
  { path, source }: { readonly path: string; readonly source: ByteSource },
  account: AccountKey,
): Promise<Unlocked> {
  const readStored = async (from: number, to: number): Promise<Uint8Array> => source.read(from, to);
  const layout = readSealedHead(await source.read(0, sealedHeadBytes), source.sizeBytes);
  if (layout === null) throw new CamphorError('damaged');
  const beginning = openFirstBlock(layout, account.key);
  const padding = await checkPadding(layout, account.key, readStored);
  if (!beginsAsPicture(beginning))
    throw new CamphorError(padding.isRight && padding.padBytes >= certainPadBytes ? 'damaged' : 'wrong-secret');
  if (!padding.isRight) throw new CamphorError('damaged');
  account.xorByte ??= await findXorByte(layout, beginning, readStored);
  const read = (from: number, to: number): Promise<Uint8Array> =>
    readSealed(layout, { key: account.key, xorByte: account.xorByte ?? usualXorByte }, readStored, [from, to]);
  return {
    kind: 'file',
    path,
    source: sourceOfRanges(layout.sizeBytes, read),
    openAlike: (other) => openWeChatPicture(other, account),
  };
}
