// The blobs of a tree that was laid out, each with the file that it belongs to, as the tree is built again.

import { CamphorError } from '../model/error';
import type { TreeNode } from '../repository/repository';
import type { ArchiveReader, MediaEntry } from '../vault/archive';
import type { BlobSink } from './blob-sink';
import { buildSnapshot, type BuildInput } from './build-snapshot';
import { pieceBytes, wholeLimitBytes } from './file-blobs';
import type { LaidOutFile, Layout } from './tree-files';

export interface Piece {
  readonly file: LaidOutFile;
  readonly bytes: Uint8Array;
}

/** A repository that has nothing and keeps only trees. Blobs are called by their number, trees too. */
export function numberingSink(saved: (plain: Uint8Array) => Promise<void>): {
  readonly sink: BlobSink;
  readonly trees: (readonly TreeNode[])[];
} {
  const trees: (readonly TreeNode[])[] = [];
  let blobs = 0;
  const sink: BlobSink = {
    has: () => false,
    async saveData(plain) {
      await saved(plain);
      return { id: String(blobs++), isNew: true };
    },
    saveTree: async (nodes) => String(trees.push(nodes) - 1),
    newBytes: 0,
  };
  return { sink, trees };
}

type Files = Pick<Layout, 'text' | 'media'>;

/** Builds the tree once more and hands each blob over as the next piece of its file. Throws what reading the vault throws. */
export async function buildAgain(writer: WritableStreamDefaultWriter<Piece>, files: Files, input: BuildInput): Promise<void> {
  const blobs = followBlobs(files);
  const { sink } = numberingSink(async (bytes) => writer.write({ file: blobs.nextFile(), bytes }));
  try {
    await buildSnapshot({ ...input, reader: watchMedia(input.reader, blobs), sink, readsMedia: true });
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
}

interface FollowedBlobs {
  /** The blobs that come now are those of the medium. */
  enterMedium(entry: MediaEntry): void;
  /** None comes of the medium that was entered last. */
  leaveMedium(): void;
  nextFile(): LaidOutFile;
}

/** Texts come as when they were laid out; between them media, of which some may be left out. */
function followBlobs({ text, media }: Files): FollowedBlobs {
  let textBlobs = 0;
  let at = 0;
  let medium: LaidOutFile | undefined;
  let mediumBlobs = 0;
  const nextText = (): LaidOutFile | undefined => {
    while ((text[at + 1]?.firstBlob ?? Infinity) <= textBlobs) at++;
    textBlobs++;
    return text[at];
  };
  return {
    enterMedium({ sha256, sizeBytes }) {
      medium = media.get(sha256);
      mediumBlobs = sizeBytes > wholeLimitBytes ? Math.ceil(sizeBytes / pieceBytes) : 1;
    },
    leaveMedium: () => void (mediumBlobs = 0),
    nextFile() {
      const file = mediumBlobs > 0 ? medium : nextText();
      if (mediumBlobs > 0) mediumBlobs--;
      if (file === undefined) throw new CamphorError('changed-meanwhile');
      return file;
    },
  };
}

/**
 * The same reader, which tells which medium is read. One that is longer than a blob is read through before any of it is given,
 * since a damaged one is to be left out whole.
 */
function watchMedia(reader: ArchiveReader, blobs: FollowedBlobs): ArchiveReader {
  const openMedia: ArchiveReader['openMedia'] = (entry) => {
    const source = reader.openMedia(entry);
    blobs.enterMedium(entry);
    const read = async (fromByte: number, toByte: number): Promise<Uint8Array> => {
      const bytes = await source.read(fromByte, toByte);
      if (bytes.length !== Math.min(toByte, entry.sizeBytes) - fromByte) throw new CamphorError('damaged');
      return bytes;
    };
    const readThrough = async (): Promise<void> => {
      for (let at = 0; at < entry.sizeBytes; at += pieceBytes) await read(at, at + pieceBytes);
    };
    return {
      ...source,
      async read(fromByte, toByte) {
        try {
          if (fromByte === 0 && entry.sizeBytes > wholeLimitBytes) await readThrough();
          return await read(fromByte, toByte);
        } catch (error) {
          blobs.leaveMedium();
          throw error;
        }
      },
    };
  };
  return { ...reader, openMedia };
}
