// A ZIP of 20 GB that exists only where it has content, read as an import reads it: found, surveyed, read, and the media that
// its messages name taken whole.
import { countReads } from '../../src/bytes/counted-source';
import { openFileSet } from '../../src/bytes/file-set';
import { importers } from '../../src/importers/registry';
import { sourceOfSegments, type Segment } from '../hostile/sparse-source';
import { buildZip, directoryOf, endRecords, joinAll, utf8, type ZipPart } from '../hostile/zip-builder';

const takenBytes = 200_000_000;
const otherBytes = 4_900_000_000;

function mediaPart(name: string, sizeBytes: number): ZipPart {
  return { name, isZip64: true, central: { sizeBytes, compressedBytes: sizeBytes } };
}

/** Bytes that were read, and those that had to be: the directory, the text and the media that its messages name. */
export async function readLargeZip(): Promise<{ readBytes: number; neededBytes: number }> {
  const chat = utf8(
    `${'12/03/2023, 12:00 - Ann: hello\n'.repeat(50_000)}13/03/2023, 12:00 - Ann: VID-20230313-WA0000.mp4 (file attached)\n`,
  );
  const others = [1, 2, 3, 4].map((number) => mediaPart(`VID-20230313-WA000${number}.mp4`, otherBytes));
  const parts: ZipPart[] = [
    { name: 'WhatsApp Chat with Ann.txt', content: chat, isDeflated: true },
    mediaPart('VID-20230313-WA0000.mp4', takenBytes),
    ...others,
  ];
  const segments: Segment[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const part of parts) {
    const bytes = buildZip([part], { hasDirectory: false });
    offsets.push(at);
    segments.push({ offsetBytes: at, bytes });
    at += bytes.length + (part.isZip64 === true ? (part.central?.sizeBytes ?? 0) : 0);
  }
  const directory = directoryOf(parts, offsets);
  const end = endRecords(parts.length, directory.length, at, true);
  segments.push({ offsetBytes: at, bytes: joinAll(directory, end) });
  const { source, count } = countReads(sourceOfSegments(at + directory.length + end.length, segments));
  await readAsAnImport(source);
  return { readBytes: count.bytes, neededBytes: directory.length + end.length + (segments[0]?.bytes.length ?? 0) + takenBytes };
}

async function readAsAnImport(source: ReturnType<typeof countReads>['source']): Promise<void> {
  const { sets } = await openFileSet('drop', 'files', [{ path: 'WhatsApp Chat with Ann.zip', source, modifiedAtMs: null }]);
  for (const set of sets) {
    for (const importer of importers) {
      for (const detection of await importer.detect(set)) {
        const taken = new Set<number>();
        for (let reading = 0; reading < 2; reading += 1) {
          for await (const batch of importer.read(set, detection, { answers: {} })) {
            for (const record of batch)
              if (record.type === 'message') for (const { entry } of record.attachments) if (entry !== null) taken.add(entry);
          }
        }
        if (taken.size !== 1) throw new Error(`${taken.size} media taken`);
        for (const entry of taken)
          for await (const chunk of set.entries[entry]!.open().stream()) if (chunk.length === 0) throw new Error('empty chunk');
      }
    }
  }
}
