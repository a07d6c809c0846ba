// The files of one app as entries of an archive, by domain and path. Nothing is read of them but the ends of those whose size is not
// what the list says.

import type { OpenedZip } from '../../bytes/zip';
import { repairPath } from '../../bytes/safe-name';
import type { ByteSource, ContainerProblem, FileEntry } from '../../bytes/source';
import { type ClassKeys, unwrapFileKey } from '../../crypto/backup-keybag';
import { blockBytes } from '../../crypto/cbc-ranges';
import { CamphorError } from '../../model/error';
import type { LockedSource } from '../locks/lock';
import { type ListedFile, placeOfFile } from './backup-listing';
import { packKeys, type PackedKeys } from './packed-keys';
import { sealedSizeOf, sizeOfSealed, sourceOfSealed } from './sealed-file';

const keyBytes = 32;

export interface AppFilesInput {
  readonly file: LockedSource;
  readonly folder: string;
  /** Null where the backup is not encrypted. */
  readonly keys: ClassKeys | null;
  /** Wrapped keys of files. */
  readonly packed: PackedKeys;
  readonly files: readonly ListedFile[];
}

/** Throws what reading the ends of files throws. */
export async function openAppFiles(input: AppFilesInput): Promise<Omit<OpenedZip, 'directory'>> {
  const entries: FileEntry[] = [];
  const problems: ContainerProblem[] = [];
  const paths = new Set<string>();
  const opened: OpenedFiles = { ...input, unwrapped: packKeys(keyBytes), problems, damaged: new Set() };
  for (const listed of input.files) {
    const { path, isUnsafe } = repairPath(listed.path);
    if (paths.has(path)) {
      problems.push({ code: 'duplicate-id', detail: `${path}: a second file of this name` });
      continue;
    }
    const entry = await entryOf(opened, listed, path, entries.length);
    if (entry === null) {
      problems.push({ code: 'entry-damaged', detail: `${path}: its key does not open` });
      continue;
    }
    if (isUnsafe) problems.push({ code: 'entry-unsafe', detail: `${path}: the name was not safe`, entry: entries.length });
    paths.add(path);
    entries.push(entry);
  }
  return { entries, problems };
}

/** What all entries share: of 200,000 none holds more than its own few facts. */
interface OpenedFiles extends AppFilesInput {
  readonly unwrapped: PackedKeys;
  readonly problems: ContainerProblem[];
  /** Numbers of entries whose end is damaged, each said once. */
  readonly damaged: Set<number>;
}

class BackupEntry implements FileEntry {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number | null;
  readonly #opened: OpenedFiles;
  readonly #fileId: string;
  /** Of its key among the unwrapped ones; -1 where it is not encrypted. */
  readonly #key: number;
  readonly #index: number;

  constructor(
    opened: OpenedFiles,
    { fileId, modifiedAtMs }: ListedFile,
    own: Pick<FileEntry, 'path' | 'sizeBytes'>,
    key: number,
    index: number,
  ) {
    this.path = own.path;
    this.sizeBytes = own.sizeBytes;
    this.modifiedAtMs = modifiedAtMs;
    this.#opened = opened;
    this.#fileId = fileId;
    this.#key = key;
    this.#index = index;
  }

  open(): ByteSource {
    const sealed = openStored(this.#opened, this.#fileId);
    if (this.#key === -1) return sealed;
    const onDamage = (): void => reportEnd(this.#opened, this.path, this.#index);
    return sourceOfSealed({ sealed, key: this.#opened.unwrapped.at(this.#key), sizeBytes: this.sizeBytes, onDamage });
  }
}

function reportEnd({ damaged, problems }: OpenedFiles, path: string, index: number): void {
  if (!damaged.has(index)) problems.push({ code: 'entry-damaged', detail: `${path}: its end is not what was written`, entry: index });
  damaged.add(index);
}

/** Null where the file is encrypted and its key does not open. */
async function entryOf(opened: OpenedFiles, listed: ListedFile, path: string, index: number): Promise<FileEntry | null> {
  const { file, folder, keys, packed, unwrapped } = opened;
  const storedBytes = file.sizeOf(placeOfFile(file, folder, listed.fileId) ?? '') ?? 0;
  if (keys === null || listed.key === -1) return new BackupEntry(opened, listed, { path, sizeBytes: storedBytes }, -1, index);
  const key = unwrapFileKey(keys, packed.at(listed.key));
  if (key === null) return null;
  const known = sizeAsListed(listed, storedBytes);
  const sizeBytes = known ?? (await sizeOfSealed(openStored(opened, listed.fileId), key));
  if (sizeBytes === null) reportEnd(opened, path, index);
  const wholeBytes = storedBytes - (storedBytes % blockBytes);
  return new BackupEntry(opened, listed, { path, sizeBytes: sizeBytes ?? wholeBytes }, unwrapped.add(key), index);
}

/** The list's size where the stored one agrees, which costs no reading; of databases it is often not the present one. */
function sizeAsListed({ sizeBytes }: ListedFile, storedBytes: number): number | null {
  if (storedBytes === 0) return 0;
  return sizeBytes !== null && sealedSizeOf(sizeBytes) === storedBytes ? sizeBytes : null;
}

function openStored({ file, folder }: OpenedFiles, fileId: string): ByteSource {
  const source = file.beside(placeOfFile(file, folder, fileId) ?? '');
  if (source === null) throw new CamphorError('archive-unreadable');
  return source;
}
