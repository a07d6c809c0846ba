// Vaults in memory that archives are imported into, and what is backed up of them.

import type { Importer } from '../../src/importers/importer';
import type { Overlay } from '../../src/model/overlay';
import type { PushEnvironment, PushResult } from '../../src/backup/push';
import { pushBackup } from '../../src/backup/push';
import type { Repository, TreeNode } from '../../src/repository/repository';
import type { ArchiveReader, MediaEntry } from '../../src/vault/archive';
import { type IntakeHarness, makeHarness } from '../intake/intake-harness';
import { makeMemoryArchive } from '../intake/memory-archive';
import { type MemoryRepository, makeMemoryRepository } from './memory-repository';

export interface Opened {
  columns: number;
  messages: number;
  media: number;
}

export interface BackupHarness {
  readonly intake: IntakeHarness;
  readonly repository: MemoryRepository & Repository;
  readonly environment: PushEnvironment & { repository: Repository };
  readonly entries: Map<string, string>;
  readonly overlays: Overlay[];
  /** Segments, and single media, asked for since the last look. */
  readonly opened: Opened;
  push(evenIfSmaller?: boolean): Promise<PushResult>;
  /** Every file of the newest snapshot, by path. */
  files(): Promise<Map<string, string>>;
  rawFiles(): Promise<Record<string, Uint8Array>>;
  readonly tree: string;
}

/** A vault in memory keeps media without chunks; towards a backup they are here. */
function withChunks(reader: ArchiveReader, opened: Opened): ArchiveReader {
  const here = (entry: MediaEntry): MediaEntry => ({ ...entry, chunks: ['chunk' as MediaEntry['chunks'][number]] });
  return {
    ...reader,
    media: async (sha256) => {
      opened.media++;
      const entry = await reader.media(sha256);
      return entry === null ? null : here(entry);
    },
    async *mediaEntries() {
      for await (const entry of reader.mediaEntries()) yield here(entry);
    },
    readColumns: (segment, columns) => {
      if (columns.includes('rest')) opened.messages++;
      else opened.columns++;
      return reader.readColumns(segment, columns);
    },
  };
}

export function makeBackupHarness(importers?: readonly Importer[]): BackupHarness {
  const intake = makeHarness(makeMemoryArchive(), {}, importers);
  const repository = makeMemoryRepository();
  const entries = new Map<string, string>();
  const overlays: Overlay[] = [];
  const opened: Opened = { columns: 0, messages: 0, media: 0 };
  let nowMs = Date.UTC(2026, 0, 1);
  const environment = {
    vault: {
      openReader: async () => withChunks(await intake.vault.openReader(), opened),
      notes: {
        overlays: async () => overlays,
        entries: async (prefix: string) => [...entries].filter(([key]) => key.startsWith(prefix)),
        async setEntries(edits: ReadonlyMap<string, string | null>) {
          for (const [key, value] of edits) {
            if (value === null) entries.delete(key);
            else entries.set(key, value);
          }
        },
      },
    },
    repository,
    hostname: 'camphor-test',
    nowMs: () => (nowMs += 1000),
    yieldToEvents: async () => {},
  };
  const newestTree = (): string => repository.taken[repository.taken.length - 1]?.tree ?? '';
  return {
    intake,
    repository,
    environment,
    entries,
    overlays,
    opened,
    push: (evenIfSmaller = false) => pushBackup(environment, { evenIfSmaller }, () => {}),
    files: async () => new Map([...(await readFiles(repository, newestTree()))].map(([path, bytes]) => [path, bytes.toString('utf8')])),
    rawFiles: async () => Object.fromEntries(await readFiles(repository, newestTree())),
    get tree() {
      return newestTree();
    },
  };
}

async function readFiles(repository: Repository, tree: string, below = ''): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const node of await repository.readTree(tree)) {
    const path = `${below}${node.name}`;
    if (node.subtree === null) files.set(path, await readFile(repository, node));
    else for (const [each, content] of await readFiles(repository, node.subtree, `${path}/`)) files.set(each, content);
  }
  return files;
}

async function readFile(repository: Repository, node: TreeNode): Promise<Buffer> {
  return Buffer.concat(await Promise.all(node.content.map((blob) => repository.readBlob('data', blob))));
}
