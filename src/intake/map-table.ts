// Tables that nothing recognises, read by a mapping of their columns that the owner chose, now or for an earlier file.

import { sourceOfBlob } from '../bytes/blob-source';
import { entryOf } from '../importers/archive-files';
import type { Importer } from '../importers/importer';
import { completeMapping, guessMapping } from '../importers/table/guess-mapping';
import { mappedTable } from '../importers/table/mapped-table';
import { readTableHeads } from '../importers/table/table-head';
import { CamphorError } from '../model/error';
import { readMappings, type TableDraft, type TableMapping } from '../model/table-mapping';
import type { DroppedFile } from '../model/verbs';
import type { TablePreview } from '../model/view';
import type { ArchiveJob } from './archive-job';
import { hashWhileReading } from './identity';
import { type FilePlace, fileIdOf, type JobPlan, tableIdOf } from './file-place';
import { makeJob, zipOf } from './open-drop';
import { previewMapping } from './preview-table';

/** Importers for the mappings in the value of the setting. */
export function rememberedTables(setting: string): readonly Importer[] {
  return readMappings(setting).map(mappedTable);
}

export interface MapTableInput extends JobPlan {
  readonly drop: readonly DroppedFile[];
  readonly place: FilePlace;
  readonly mapping: TableMapping | null;
  readonly zone: string;
  readonly nextId: () => string;
}

/** The table and what `draft` makes of it; null: by the mapping that its job has, else guessed. Throws `unrecognised-archive`. */
export async function previewTable(plan: JobPlan, place: FilePlace, draft: TableDraft | null, zone: string): Promise<TablePreview> {
  const set = plan.sets[place.set];
  const entry = set?.entries[place.entry];
  const heads = entry === undefined ? [] : await readTableHeads(entry.open());
  const known = draft ?? mappingOf(plan, place);
  const head = heads.find(
    (each) => known !== null && each.form === known.form && each.rows === known.rows && each.hasHeader === known.hasHeader,
  );
  const [likeliest] = heads;
  if (set === undefined || likeliest === undefined) throw new CamphorError('unrecognised-archive');
  const chosen = head ?? likeliest;
  const mapping =
    head === undefined || known?.roles.time === undefined
      ? guessMapping(chosen)
      : completeMapping(head, { ...known, columns: head.columns });
  return previewMapping({ files: set, entry: place.entry, heads, head: chosen, mapping, zone });
}

/** The jobs of the plan with this file, and all with its columns, read by the mapping. Throws `unrecognised-archive`. */
export async function mapTable(input: MapTableInput): Promise<readonly ArchiveJob[]> {
  const { sets, place, mapping } = input;
  const jobs = input.jobs.filter((job) => tableIdOf(input, job) !== fileIdOf(place));
  if (mapping === null) return jobs;
  const found = await detectMapped({ ...input, jobs }, mapping);
  if (!found.some((job) => tableIdOf({ sets }, job) === fileIdOf(place))) throw new CamphorError('unrecognised-archive');
  const ids = new Set(found.map((job) => tableIdOf({ sets }, job)));
  return [...jobs.filter((job) => !ids.has(tableIdOf({ sets }, job) ?? '')), ...found];
}

/** A job for each table with the columns of the mapping, of entries that no other importer claims. */
async function detectMapped({ sets, jobs, drop, zone, nextId }: MapTableInput, mapping: TableMapping): Promise<ArchiveJob[]> {
  const importer = mappedTable(mapping);
  const found: ArchiveJob[] = [];
  for (const set of sets) {
    const own = jobs.filter((job) => job.set === set);
    const claimed = new Set(own.filter((job) => tableIdOf({ sets }, job) === null).flatMap((job) => [...job.detection.entries]));
    const zip = zipOf(set, drop);
    const hashed = own[0]?.hashed ?? hashWhileReading(set);
    for (const detection of await importer.detect(hashed.files)) {
      if (detection.entries.some((entry) => claimed.has(entry))) continue;
      const sizeBytes = zip?.size ?? entryOf(set, detection).sizeBytes;
      found.push(
        await makeJob({
          archiveId: nextId(),
          set,
          hashed,
          sizeBytes,
          zip: zip && sourceOfBlob(zip),
          importer,
          detection,
          zone,
          servedFrom: null,
        }),
      );
    }
  }
  return found;
}

function mappingOf(plan: JobPlan, place: FilePlace): TableMapping | null {
  const job = plan.jobs.find((each) => tableIdOf(plan, each) === fileIdOf(place));
  const answer = job?.questions.find(({ id }) => id === 'mapping')?.guess;
  return answer === undefined || answer === null ? null : (JSON.parse(answer) as TableMapping);
}
