// One encrypted backup of WhatsApp, opened in place: its tag is checked over the whole file, then what it holds is inflated where it is read.

import { InflateError } from '../../bytes/inflate';
import { indexInflate } from '../../bytes/inflate-index';
import { sourceOfInflated } from '../../bytes/inflated-source';
import { ownArchiveLimits } from '../../bytes/limits';
import { sourceOfRanges } from '../../bytes/ranged-source';
import type { ByteSource } from '../../bytes/source';
import { type GcmMessage, gcmMessage } from '../../crypto/gcm-stream';
import { md5OfStream } from '../../crypto/md5';
import { sameTag } from '../../crypto/poly1305-aes';
import { CamphorError } from '../../model/error';
import type { Secret } from '../../model/secret-form';
import { headerLimitBytes, md5Bytes, readWhatsappHeader, tagBytes, type WhatsappEnding, type WhatsappHeader } from './whatsapp-header';
import { whatsappKey } from './whatsapp-key';

/** Told how many bytes of work are done, of twice the file's size. */
type ReportBytes = (doneBytes: number) => void;

const zlibHeadBytes = 2;
/** Databases always end with their MD5; of other files some have the tag alone. */
const namedDatabase = /(^|\/)(msgstore|wa)\b[^/]*$/;

/** The header of a backup. Throws CamphorError `damaged`, `unsupported-version`, and what reading throws. */
export async function whatsappHeaderOf(source: ByteSource): Promise<WhatsappHeader> {
  const header = readWhatsappHeader(await source.read(0, headerLimitBytes));
  const leastEnding = Math.min(...(header?.endings.map(({ sizeBytes }) => sizeBytes) ?? []));
  if (header === null || source.sizeBytes <= header.dataFrom + leastEnding) throw new CamphorError('damaged');
  return header;
}

/**
 * What the backup holds: mostly a SQLite database, or a ZIP. Throws CamphorError `secret-malformed`, `wrong-secret`, `damaged`,
 * `unsupported-version`, `archive-limit`, and what reading throws. A file without MD5 whose beginning makes no sense is taken to be
 * whole, and the key to be another's.
 */
export async function openWhatsappBackup(path: string, source: ByteSource, secret: Secret, report: ReportBytes): Promise<ByteSource> {
  const header = await whatsappHeaderOf(source);
  const message = await gcmMessage(await whatsappKey(header, secret), header.iv);
  const head = await message.decrypt(await source.read(header.dataFrom, header.dataFrom + zlibHeadBytes), 0);
  const kind = contentOf(head);
  const ending = kind === null ? null : await findEnding(message, header, source, report);
  if (kind === null || ending === null) {
    if (await isIntact(header, source)) throw new CamphorError('wrong-secret');
    const isUnknowable = kind === null && header.keyId === null && !namedDatabase.test(path);
    throw new CamphorError(isUnknowable ? 'wrong-secret' : 'damaged');
  }
  const opened = decryptedSource(message, header, source, ending);
  return kind === 'zip' ? opened : inflateZlib(opened, (doneBytes) => report(source.sizeBytes + doneBytes));
}

/** `78`, a window of 32 KiB, and a check of both bytes without a dictionary (RFC 1950, 2.2); or a ZIP. */
function contentOf([first = 0, second = 0]: Uint8Array): 'zlib' | 'zip' | null {
  if (first === 0x50 && second === 0x4b) return 'zip';
  return first === 0x78 && ((first << 8) | second) % 31 === 0 && (second & 0x20) === 0 ? 'zlib' : null;
}

/** What stands behind the ciphertext, found by the tag; null where none fits. */
async function findEnding(
  message: GcmMessage,
  header: WhatsappHeader,
  source: ByteSource,
  report: ReportBytes,
): Promise<WhatsappEnding | null> {
  for (const ending of header.endings) {
    const to = source.sizeBytes - ending.sizeBytes;
    if (to <= header.dataFrom) continue;
    const tag = await message.tagOf(streamUntil(source, header.dataFrom, to, report));
    if (sameTag(tag, await source.read(to, to + tagBytes))) return ending;
  }
  return null;
}

async function isIntact({ endings }: WhatsappHeader, source: ByteSource): Promise<boolean> {
  const md5At = endings[0]?.md5At ?? null;
  if (md5At === null) return false;
  const to = source.sizeBytes - md5At;
  return sameTag(await md5OfStream(streamUntil(source, 0, to)), await source.read(to, to + md5Bytes));
}

async function* streamUntil(
  source: ByteSource,
  from: number,
  to: number,
  report: ReportBytes = () => {},
): AsyncGenerator<Uint8Array, void, void> {
  let at = from;
  for await (const chunk of source.stream(from)) {
    if (at >= to) return;
    yield chunk.subarray(0, to - at);
    at += chunk.length;
    report(at);
  }
}

function decryptedSource(message: GcmMessage, { dataFrom }: WhatsappHeader, source: ByteSource, ending: WhatsappEnding): ByteSource {
  const { readSync } = source;
  return sourceOfRanges(
    source.sizeBytes - ending.sizeBytes - dataFrom,
    async (from, to) => message.decrypt(await source.read(dataFrom + from, dataFrom + to), from),
    readSync && ((from, to) => message.decryptSync(readSync(dataFrom + from, dataFrom + to), from)),
  );
}

async function inflateZlib(zlib: ByteSource, report: ReportBytes): Promise<ByteSource> {
  const { readSync } = zlib;
  const deflated = sourceOfRanges(
    Math.max(0, zlib.sizeBytes - zlibHeadBytes),
    (from, to) => zlib.read(from + zlibHeadBytes, to + zlibHeadBytes),
    readSync && ((from, to) => readSync(from + zlibHeadBytes, to + zlibHeadBytes)),
  );
  try {
    return sourceOfInflated(deflated, await indexInflate(deflated, ownArchiveLimits, report));
  } catch (error) {
    throw error instanceof InflateError ? new CamphorError('damaged', {}, error) : error;
  }
}
