// TAR archives of any size, read in place: headers only; the content of an entry is a range of the file.

import { archiveLimits, type ArchiveLimits } from './limits';
import { sourceOfRanges } from './ranged-source';
import { repairPath } from './safe-name';
import type { ByteSource, ContainerProblem, FileEntry } from './source';
import { isZeroBlock, readPaxRecords, readTarHeader, tarBlockBytes, textOf, type TarHeader } from './tar-header';
import type { OpenedZip } from './zip';
import { assertLimit } from './zip-directory';

export { isTar } from './tar-header';

/** Read at once where headers are looked for: small files lie close together. */
const windowBytes = 64 << 10;
/** A pax header or a long name above this is not read. */
const extensionLimitBytes = 1 << 20;
/** How far the next header is looked for behind a broken one. */
const searchLimitBytes = 64 << 20;

interface Walk {
  readonly source: ByteSource;
  readonly limits: ArchiveLimits;
  readonly entries: FileEntry[];
  readonly problems: ContainerProblem[];
  readonly paths: Set<string>;
  /** What the headers before say of the next file. */
  next: ReadonlyMap<string, string>;
  window: { readonly offset: number; readonly bytes: Uint8Array };
}

/**
 * Opens a TAR: ustar, pax (paths, sizes), GNU (long names, sizes above 8 GiB). Links and devices are left out and reported,
 * and so are files of a name that was there before. Behind a broken header the next one is looked for. Throws CamphorError
 * `archive-limit`, or what the source throws.
 */
export async function openTar(source: ByteSource, limits: ArchiveLimits = archiveLimits): Promise<OpenedZip> {
  const window = { offset: 0, bytes: new Uint8Array(0) };
  const walk: Walk = { source, limits, entries: [], problems: [], paths: new Set(), next: new Map(), window };
  let hasEnd = false;
  for (let at = 0; at < source.sizeBytes && !hasEnd;) {
    const block = await readBlock(walk, at);
    const header = readTarHeader(block, 0);
    if (header) at = await takeItem(walk, header, at + tarBlockBytes);
    else if (block.length === tarBlockBytes && isZeroBlock(block, 0)) hasEnd = true;
    else at = await findHeader(walk, at);
  }
  if (!hasEnd) walk.problems.push({ code: 'ends-early', detail: 'the archive has no end mark' });
  return { entries: walk.entries, problems: walk.problems, directory: null };
}

async function readBlock(walk: Walk, at: number): Promise<Uint8Array> {
  const inWindow = at - walk.window.offset;
  if (inWindow < 0 || inWindow + tarBlockBytes > walk.window.bytes.length) {
    walk.window = { offset: at, bytes: await walk.source.read(at, at + windowBytes) };
  }
  const from = at - walk.window.offset;
  return walk.window.bytes.subarray(from, from + tarBlockBytes);
}

/** Takes the item whose content begins at `from`; gives the place of the next header. */
async function takeItem(walk: Walk, header: TarHeader, from: number): Promise<number> {
  const said = walk.next;
  walk.next = new Map();
  const paxSize = Number(said.get('size') ?? Number.NaN);
  const sizeBytes = Number.isSafeInteger(paxSize) && paxSize >= 0 ? paxSize : header.sizeBytes;
  const end = from + Math.ceil(sizeBytes / tarBlockBytes) * tarBlockBytes;
  if (header.type === 'x' || header.type === 'L') walk.next = new Map([...said, ...(await readExtension(walk, header, from))]);
  else if (header.type === '0') addEntry(walk, { ...header, sizeBytes, name: said.get('path') ?? header.name }, from);
  else if (header.type !== '5' && header.type !== 'g' && header.type !== 'K') {
    walk.problems.push({ code: 'not-understood', detail: `${header.name}: an item of type ${JSON.stringify(header.type)}` });
  }
  return end;
}

async function readExtension(walk: Walk, { type, name, sizeBytes }: TarHeader, from: number): Promise<ReadonlyMap<string, string>> {
  if (sizeBytes > extensionLimitBytes) {
    walk.problems.push({ code: 'limit-reached', detail: `${name}: a header of ${sizeBytes} bytes` });
    return new Map();
  }
  const bytes = await walk.source.read(from, from + sizeBytes);
  return type === 'x' ? readPaxRecords(bytes) : new Map([['path', textOf(bytes, 0, bytes.length)]]);
}

function addEntry(walk: Walk, { name, sizeBytes, modifiedAtMs }: TarHeader, from: number): void {
  const { source, entries, problems, paths } = walk;
  const { path, isUnsafe } = repairPath(name);
  if (paths.has(path)) {
    problems.push({ code: 'duplicate-id', detail: `${path}: a second file of this name` });
    return;
  }
  assertLimit('entryCount', entries.length + 1, walk.limits);
  paths.add(path);
  const entry = entries.length;
  const presentBytes = Math.min(sizeBytes, Math.max(0, source.sizeBytes - from));
  if (isUnsafe) problems.push({ code: 'entry-unsafe', detail: `${path}: the name was not safe`, entry });
  if (presentBytes < sizeBytes) problems.push({ code: 'entry-damaged', detail: `${path}: the archive ends inside it`, entry });
  const content = sourceOfRanges(presentBytes, (fromByte, toByte) => source.read(from + fromByte, from + toByte));
  entries.push({ path, sizeBytes: presentBytes, modifiedAtMs, open: () => content });
}

/** Place of the next header behind a broken one at `at`, or the file's end; either way a problem. */
async function findHeader(walk: Walk, at: number): Promise<number> {
  const { sizeBytes } = walk.source;
  const end = Math.min(sizeBytes, at + searchLimitBytes);
  for (let next = at + tarBlockBytes; next < end; next += tarBlockBytes) {
    if (!readTarHeader(await readBlock(walk, next), 0)) continue;
    walk.problems.push({ code: 'entry-damaged', detail: `no header at byte ${at}: ${next - at} bytes were passed over` });
    return next;
  }
  walk.problems.push({ code: 'entry-damaged', detail: `no header at byte ${at}, and none behind it` });
  return sizeBytes;
}
