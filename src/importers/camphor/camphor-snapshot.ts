// Camphor's own form: the tree of a snapshot, restored by stock restic, served from a repository, or inside an exported ZIP.

import type { FileSet } from '../../bytes/source';
import { portableFormatVersion } from '../../model/portable';
import type { NeutralRecord } from '../../model/record';
import type { Detection, Importer } from '../importer';
import { batchesOf } from '../record-batches';
import { readRecords } from './records';
import { manifestAt, openSnapshot } from './snapshot';
import { entriesOf, findManifests, readTree } from './tree';

export const camphorFormat = 'camphor-snapshot';

/** Importer of snapshots, version 1. `ask` and `read` throw CamphorError `unsupported-version` for those of a newer version. */
export const camphorSnapshot: Importer = {
  format: camphorFormat,
  source: 'camphor',
  detect,
  async ask(files, detection) {
    await openSnapshot(files, manifestOf(detection));
    return [];
  },
  async *read(files, detection, { onBytes }) {
    const snapshot = await openSnapshot(files, manifestOf(detection));
    let doneBytes = 0;
    for await (const records of readRecords(snapshot)) {
      yield* batchesOf(records);
      for (const record of records) doneBytes += lengthOf(record);
      onBytes?.(doneBytes);
    }
  },
};

/** The manifest is the first entry. */
export function manifestOf(detection: Detection): number {
  return detection.entries[0] ?? -1;
}

function lengthOf(record: NeutralRecord): number {
  return 'lengthBytes' in record ? record.lengthBytes : 0;
}

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  const claimed = new Set<number>();
  for (const entry of findManifests(files)) {
    const manifest = claimed.has(entry) ? null : await manifestAt(files, entry).catch(() => null);
    if (manifest === null) continue;
    const isKnown = manifest.readableBy <= portableFormatVersion;
    const entries = isKnown ? entriesOf(readTree(files, entry)) : [entry];
    for (const each of entries) claimed.add(each);
    found.push({ format: camphorFormat, formatVersion: String(manifest.version), source: 'camphor', entries, title: null });
  }
  return found;
}
