// Media of an archive on their way into the vault: stored once by their hash, described by their bytes, with a thumbnail.

import { readForward, sourceOfPart } from '../bytes/entry-part';
import { joinBytes } from '../bytes/join-bytes';
import { freeBytes } from '../model/free-bytes';
import { sourceOfBytes } from '../bytes/memory-source';
import type { ByteSource, FileEntry, FileSet } from '../bytes/source';
import { CamphorError } from '../model/error';
import type { ReceiptId, Sha256Hex } from '../model/ids';
import type { Attachment } from '../model/message';
import type { ProblemCode } from '../model/problem';
import type { AttachmentRecord, EntryPart, MessageRecord } from '../model/record';
import type { ImportChoice } from '../model/view';
import type { ArchiveWriter, MediaEntry } from '../vault/archive';
import type { IntakeEnvironment, MediumFacts, Thumbnail } from './environment';

export interface MediaIntake {
  /** The attachments of a record as the vault keeps them. Throws what storing throws. */
  keep(record: MessageRecord): Promise<readonly Attachment[]>;
  readonly counts: { found: number; missing: number; bytes: number };
}

export interface MediaIntakeInput {
  readonly environment: IntakeEnvironment;
  readonly writer: ArchiveWriter;
  readonly files: FileSet;
  /** Asked for before the first medium is kept. */
  readonly receipt: () => Promise<ReceiptId>;
  readonly choice: ImportChoice['media'];
  onProblem(code: ProblemCode, record: MessageRecord, detail: string): void;
}

const headBytes = 65_536;
/** Pictures above this have no thumbnail made: the whole of them would have to be in memory. */
const thumbnailSourceLimitBytes = 64 * 1024 * 1024;

/** Parts of an entry up to this size are decoded once, and held while they are stored and pictured. */
const heldPartLimitBytes = 32 * 1024 * 1024;

export function takeMedia(input: MediaIntakeInput): MediaIntake {
  const counts = { found: 0, missing: 0, bytes: 0 };
  /** Entries and parts that were taken before: a medium may be attached to several messages. */
  const known = new Map<number | string, Sha256Hex | null>();
  const openPart = createPartOpener(input.files);
  const keepOne = async (attachment: AttachmentRecord, record: MessageRecord): Promise<Attachment> => {
    const { entry, part, readBytes, ...rest } = attachment;
    if (entry === null || input.choice === 'none') {
      counts.missing++;
      return { ...rest, sha256: null, missing: entry === null ? attachment.missing : 'not-exported' };
    }
    const key = readBytes !== undefined ? null : part === undefined ? entry : `${entry}:${part.offsetBytes}`;
    let sha256 = key === null ? undefined : known.get(key);
    if (sha256 === undefined) {
      const file = await openFile(input.files, attachment, entry, openPart);
      sha256 = await keepEntry(input, file, entry, record);
      counts.bytes += file?.sizeBytes ?? 0;
      if (key !== null) known.set(key, sha256);
    }
    const isWhole = sha256 !== null && input.choice === 'all';
    if (isWhole) counts.found++;
    else counts.missing++;
    return { ...rest, sha256, missing: isWhole ? null : input.choice === 'all' ? 'unavailable' : 'not-exported' };
  };
  return {
    counts,
    async keep(record) {
      const kept: Attachment[] = [];
      for (const attachment of record.attachments) kept.push(await keepOne(attachment, record));
      return kept;
    },
  };
}

/** The file that is attached: an entry, a part of one, or what its importer reads. */
async function openFile(
  { entries }: FileSet,
  attachment: AttachmentRecord,
  index: number,
  openPart: ReturnType<typeof createPartOpener>,
): Promise<FileEntry | undefined> {
  const { part, readBytes } = attachment;
  if (readBytes === undefined) return part === undefined ? entries[index] : openPart(attachment, index, part);
  const [entry, bytes] = [entries[index], await readBytes()];
  return entry === undefined || bytes === null ? undefined : { ...entry, sizeBytes: bytes.length, open: () => sourceOfBytes(bytes) };
}

/** Gives parts of entries as files. Those of a ZIP's entry are read in one pass over it. */
function createPartOpener(files: FileSet): (attachment: AttachmentRecord, entry: number, part: EntryPart) => FileEntry | undefined {
  const sources = new Map<number, ByteSource>();
  return ({ sizeBytes }, index, part) => {
    const entry = files.entries[index];
    if (entry === undefined) return undefined;
    let source = sources.get(index);
    if (source === undefined) sources.set(index, (source = files.container === 'zip' ? readForward(entry.open()) : entry.open()));
    const size = sizeBytes ?? Math.floor((part.lengthBytes * 3) / 4);
    const inside = sourceOfPart(source, part, size);
    const opened = size > heldPartLimitBytes ? inside : holdOnce(inside);
    return { ...entry, sizeBytes: size, open: () => opened };
  };
}

/** The source, whole in memory from its first stream on. */
function holdOnce(source: ByteSource): ByteSource {
  let held: Promise<ByteSource> | null = null;
  const hold = () => (held ??= readWhole(source.stream()).then((bytes) => sourceOfBytes(bytes)));
  return {
    sizeBytes: source.sizeBytes,
    read: async (fromByte, toByte) => (await hold()).read(fromByte, toByte),
    async *stream(fromByte) {
      yield* (await hold()).stream(fromByte);
    },
  };
}

export type MediumInput = Pick<MediaIntakeInput, 'environment' | 'writer' | 'files'>;

/** Media up to this size are read once, and held while they are stored and pictured. */
const heldMediumLimitBytes = 4 * 1024 * 1024;

/** What a medium's bytes are, for one that stores them and then for one that pictures them. */
interface Incoming {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The whole, whose memory `free` gives back where it is ours. */
  read(): Promise<Uint8Array>;
  free(): void;
}

function openIncoming({ environment }: MediumInput, entry: FileEntry): Incoming {
  const source = entry.open();
  let own: Uint8Array<ArrayBuffer> | null = null;
  const readOwn = async (): Promise<Uint8Array> => (own ??= (await source.read(0, source.sizeBytes)) as Uint8Array<ArrayBuffer>);
  const isHeld = environment.makeThumbnail !== undefined && source.sizeBytes <= heldMediumLimitBytes;
  return {
    // The vault copies what it is given before it asks for more.
    chunks: source.givesOwn === true && isHeld ? once(readOwn) : (source.streamLent?.() ?? source.stream()),
    read: source.givesOwn === true ? readOwn : () => readWhole(entry.open().stream()),
    free: () => own && freeBytes(own),
  };
}

/** Stores an entry and its thumbnail. Throws what reading and storing throw. */
async function storeEntry(input: MediumInput, entry: FileEntry, receipt: ReceiptId, reading: Reading): Promise<MediaEntry> {
  const incoming = openIncoming(input, entry);
  try {
    const medium = describe(input, await input.writer.putMedia(watch(incoming.chunks, reading), receipt, entry.sizeBytes), reading);
    const wanted = medium.thumbnail === null && medium.sizeBytes <= thumbnailSourceLimitBytes && isPictured(medium.mime);
    const thumbnail = wanted && input.environment.makeThumbnail ? await makeThumbnail(input, await incoming.read(), medium.mime) : null;
    if (thumbnail !== null) await input.writer.putThumbnail(medium.sha256, thumbnail);
    return medium;
  } finally {
    incoming.free();
  }
}

/** Stores an entry whole, described and with a thumbnail; null where the archive does not give it. Throws what storing throws. */
export async function keepMedium(input: MediumInput, index: number, receipt: ReceiptId): Promise<MediaEntry | null> {
  const entry = input.files.entries[index];
  const reading: Reading = { head: [], headSize: 0, isBroken: false };
  try {
    return entry === undefined ? null : await storeEntry(input, entry, receipt, reading);
  } catch (error) {
    if (!reading.isBroken) throw error;
    return null;
  }
}

/** A small picture of an entry that is not stored; null where there is none to make. */
export async function makeThumbnailOf(input: MediumInput, { mime, sizeBytes }: MediaEntry, index: number): Promise<Thumbnail | null> {
  const entry = input.files.entries[index];
  if (entry === undefined || !isPictured(mime) || sizeBytes > thumbnailSourceLimitBytes) return null;
  const incoming = openIncoming(input, entry);
  const thumbnail = await makeThumbnail(input, await incoming.read(), mime);
  incoming.free();
  return thumbnail;
}

/** Stores the file, or its thumbnail where only those are wanted; null where that cannot be. `index`: the entry that it is, or is in. */
async function keepEntry(
  input: MediaIntakeInput,
  entry: FileEntry | undefined,
  index: number,
  record: MessageRecord,
): Promise<Sha256Hex | null> {
  const { files, receipt, choice } = input;
  const reading = { head: [] as Uint8Array<ArrayBuffer>[], headSize: 0, isBroken: false };
  try {
    if (entry === undefined) throw new CamphorError('archive-unreadable');
    if (choice === 'thumbnails') return await keepThumbnailOnly(input, watch(entry.open().stream(), reading), entry.sizeBytes, reading);
    const medium = await storeEntry(input, entry, await receipt(), reading);
    const problem = files.problems.find((each) => each.entry === index && each.code === 'entry-damaged');
    if (problem !== undefined) input.onProblem('media-damaged', record, problem.detail);
    return medium.sha256;
  } catch (error) {
    if (!reading.isBroken && entry !== undefined) throw error;
    input.onProblem(
      entry === undefined ? 'media-missing' : 'media-damaged',
      record,
      `${entry?.path ?? index}: ${error instanceof CamphorError ? error.code : 'unreadable'}`,
    );
    return null;
  }
}

interface Reading {
  readonly head: Uint8Array<ArrayBuffer>[];
  headSize: number;
  /** True where the archive failed, and not what takes the bytes. */
  isBroken: boolean;
}

async function* watch(chunks: AsyncIterable<Uint8Array>, reading: Reading): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  for (;;) {
    let next: IteratorResult<Uint8Array>;
    try {
      next = await iterator.next();
    } catch (error) {
      reading.isBroken = true;
      throw error;
    }
    if (next.done === true) return;
    if (reading.headSize < headBytes) {
      // A copy: who takes the chunk may hand its buffer on to another thread.
      const part = new Uint8Array(next.value.subarray(0, headBytes - reading.headSize));
      reading.head.push(part);
      reading.headSize += part.length;
    }
    yield next.value;
  }
}

const unknownMime = 'application/octet-stream';

/** What the first bytes of a medium say of it, whose memory is given back. */
function describeHead({ describeMedium }: IntakeEnvironment, { head, headSize }: Reading): MediumFacts | null {
  const whole = joinBytes(head, headSize) as Uint8Array<ArrayBuffer>;
  const facts = describeMedium?.(whole) ?? null;
  for (const bytes of [...head.splice(0), whole]) freeBytes(bytes);
  return facts;
}

function describe(input: MediumInput, medium: MediaEntry, reading: Reading): MediaEntry {
  const facts = describeHead(input.environment, reading);
  if (medium.mime !== unknownMime || facts === null || facts.mime === unknownMime) return medium;
  const described = { ...medium, ...facts };
  input.writer.setMedia(described);
  return described;
}

async function readWhole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of chunks) {
    parts.push(part);
    sizeBytes += part.length;
  }
  return joinBytes(parts, sizeBytes);
}

/** Of films no small picture is made: none need be read for it. */
const isPictured = (mime: string): boolean => mime.startsWith('image/');

async function makeThumbnail(input: MediumInput, medium: Uint8Array, mime: string): Promise<Thumbnail | null> {
  // That a picture cannot be drawn takes nothing from it: it is kept, and shown as a file.
  return (await input.environment.makeThumbnail?.(medium, mime).catch(() => null)) ?? null;
}

/** Stores a thumbnail as the medium that the message shows; that the medium itself is not here is said beside it. */
async function keepThumbnailOnly(
  input: MediaIntakeInput,
  chunks: AsyncIterable<Uint8Array>,
  sizeBytes: number,
  reading: Reading,
): Promise<Sha256Hex | null> {
  const { environment, writer, receipt } = input;
  if (environment.makeThumbnail === undefined || sizeBytes > thumbnailSourceLimitBytes) return null;
  const whole = await readWhole(chunks);
  const mime = describeHead(environment, reading)?.mime ?? unknownMime;
  const thumbnail = isPictured(mime) ? await makeThumbnail(input, whole, mime) : null;
  if (thumbnail === null) return null;
  const { bytes, widthPx, heightPx } = thumbnail;
  const medium = await writer.putMedia(
    once(async () => bytes),
    await receipt(),
    bytes.length,
  );
  writer.setMedia({ ...medium, mime: thumbnail.mime, widthPx, heightPx });
  return medium.sha256;
}

async function* once(read: () => Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await read();
}
