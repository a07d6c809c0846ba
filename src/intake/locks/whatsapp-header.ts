// The beginning of an encrypted backup of WhatsApp for Android, which names its form, and its end. (The forms as ElDavoo/wa-crypt-tools
// describes them: crypt12 begins with fixed fields, crypt14 and crypt15 with the length of a Protobuf message and that message.)

import { readProtobuf } from '../../bytes/protobuf';
import { CamphorError } from '../../model/error';

/** What of a key file stands in a backup that the key file opens: cipher version, key version, both salts. */
const keyIdBytes = 51;
const ivBytes = 16;
/** Behind the fields that matter stand flags of the phone's database, two bytes each. */
const prefixLimitBytes = 4096;
export const headerLimitBytes = prefixLimitBytes + 2;
export const tagBytes = 16;
export const md5Bytes = 16;

export interface WhatsappHeader {
  readonly form: 'crypt12' | 'crypt14' | 'crypt15';
  readonly iv: Uint8Array;
  /** Of crypt12 and crypt14: the first 51 bytes of the content of its key file. */
  readonly keyId: Uint8Array | null;
  /** Where the ciphertext begins. */
  readonly dataFrom: number;
  /** How many bytes may stand behind the ciphertext: tag, MD5, two digits of the phone number. Small backups have the tag alone. */
  readonly endings: readonly WhatsappEnding[];
}

export interface WhatsappEnding {
  readonly sizeBytes: number;
  /** From the end of the file; null where there is none. */
  readonly md5At: number | null;
}

const withDigits: WhatsappEnding = { sizeBytes: 36, md5At: 20 };
const withMd5: WhatsappEnding = { sizeBytes: 32, md5At: 16 };
const tagAlone: WhatsappEnding = { sizeBytes: 16, md5At: null };

/** The header of a file that begins so; null where there is none. Throws CamphorError `unsupported-version`. */
export function readWhatsappHeader(head: Uint8Array): WhatsappHeader | null {
  const prefix = readPrefix(head);
  return prefix === null ? readCrypt12(head) : readMessage(prefix.message, prefix.end);
}

function readPrefix(head: Uint8Array): { readonly message: Uint8Array; readonly end: number } | null {
  const [low = 0, high = 0] = head;
  const isShort = low < 0x80;
  if (!isShort && high >= 0x80) return null;
  const length = isShort ? low : (low & 0x7f) | (high << 7);
  const from = isShort ? 1 : 2;
  const end = from + length;
  return length === 0 || length > prefixLimitBytes || end > head.length ? null : { message: head.subarray(from, end), end };
}

function readMessage(bytes: Uint8Array, dataFrom: number): WhatsappHeader | null {
  const message = readProtobuf(bytes);
  if (!message.isWhole) return null;
  const iv15 = message.bytes(3, 1);
  const endings = [withMd5, tagAlone];
  if (iv15 !== null) return iv15.length === ivBytes ? { form: 'crypt15', iv: iv15, keyId: null, dataFrom, endings } : null;
  const iv = message.bytes(2, 5);
  const [version, keyVersion] = [message.bytes(2, 1), message.bytes(2, 2)];
  const [serverSalt, googleSalt] = [message.bytes(2, 3), message.bytes(2, 4)];
  if (iv?.length !== ivBytes || serverSalt?.length !== 32 || googleSalt?.length !== 16 || version?.length !== 2) return null;
  // Written as a digit here, as a number in the key file.
  const keyId = Uint8Array.of(...version, (keyVersion?.[0] ?? 0) - 0x30, ...serverSalt, ...googleSalt);
  assertVersion(keyId);
  return { form: 'crypt14', iv, keyId, dataFrom, endings };
}

function readCrypt12(head: Uint8Array): WhatsappHeader | null {
  const dataFrom = keyIdBytes + ivBytes;
  if (head.length < dataFrom || head[0] !== 0) return null;
  const keyId = head.slice(0, keyIdBytes);
  assertVersion(keyId);
  return { form: 'crypt12', iv: head.slice(keyIdBytes, dataFrom), keyId, dataFrom, endings: [withDigits] };
}

function assertVersion([high, low, keyVersion = 0]: Uint8Array): void {
  if (high === 0 && low === 1 && keyVersion >= 1 && keyVersion <= 3) return;
  throw new CamphorError('unsupported-version', { found: `${high}.${low}.${keyVersion}` });
}
