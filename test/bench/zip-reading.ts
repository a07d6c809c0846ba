// A ZIP of 20 GB that exists only where it has content, read as an import reads it: found, surveyed, read, and the media that
// its messages name taken whole.
import { countReads } from '../../src/bytes/counted-source';
import { openFileSet } from '../../src/bytes/file-set';
import type { FileEntry, FileSet } from '../../src/bytes/source';
import type { Detection } from '../../src/importers/importer';
import { whatsappText } from '../../src/importers/whatsapp/importer';
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
  const set = sets.find(({ container }) => container === 'zip');
  if (set === undefined) throw new Error('the ZIP was not opened');
  const [detection] = await whatsappText.detect(set);
  if (detection === undefined) throw new Error('no chat was found');
  await listMedia(set, detection);
  const taken = await listMedia(set, detection);
  if (taken.size !== 1) throw new Error(`${taken.size} media taken`);
  for (const entry of taken) await readWhole(set.entries[entry]);
}

/** Reads all records once; the entries that messages attach. */
async function listMedia(set: FileSet, detection: Detection): Promise<Set<number>> {
  const taken = new Set<number>();
  for await (const batch of whatsappText.read(set, detection, { answers: {} })) {
    const attachments = batch.flatMap((record) => (record.type === 'message' ? record.attachments : []));
    for (const { entry } of attachments) if (entry !== null) taken.add(entry);
  }
  return taken;
}

async function readWhole(entry: FileEntry | undefined): Promise<void> {
  let sizeBytes = 0;
  for await (const chunk of entry?.open().stream() ?? []) sizeBytes += chunk.length;
  if (sizeBytes !== takenBytes) throw new Error(`${sizeBytes} of ${takenBytes} bytes`);
}
