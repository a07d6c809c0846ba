// First and last tick of each conversation of an archive, as far as it is imported.

import type { ImportChoice } from '../model/view';
import type { ArchiveJob, Destination } from './archive-job';
import { makeEdges, readClock } from './clock';
import type { Edges } from './observation';
import type { Survey, SurveyedConversation } from './survey';

/** From the survey; where only some dates are wanted, by one more reading. */
export async function findEdges(
  job: ArchiveJob,
  survey: Survey,
  choice: ImportChoice,
  destinations: readonly Destination[],
): Promise<Map<number, Edges>> {
  const readings = new Map(destinations.map(({ index, reading }) => [index, reading]));
  const found = new Map<number, { firstAtMs: number; lastAtMs: number }>();
  if (choice.fromMs === null && choice.toMs === null) {
    for (const [index, reading] of readings) {
      const surveyed = survey.conversations.get(index);
      if (surveyed === undefined || surveyed.messages === 0) continue;
      const clock = clockOf(surveyed);
      found.set(index, {
        firstAtMs: readClock(surveyed.firstAtMs, clock, reading),
        lastAtMs: readClock(surveyed.lastAtMs, clock, reading),
      });
    }
  } else {
    for await (const batch of job.importer.read(job.hashed.files, job.detection, { answers: choice.answers })) {
      for (const record of batch) {
        const reading = record.type === 'message' ? readings.get(record.conversation) : undefined;
        if (record.type !== 'message' || reading === undefined) continue;
        const atMs = readClock(record.sentAtMs, record.clock, reading);
        if (atMs < (choice.fromMs ?? -Infinity) || atMs >= (choice.toMs ?? Infinity)) continue;
        const edges = found.get(record.conversation) ?? { firstAtMs: atMs, lastAtMs: atMs };
        found.set(record.conversation, { firstAtMs: Math.min(edges.firstAtMs, atMs), lastAtMs: Math.max(edges.lastAtMs, atMs) });
      }
    }
  }
  const edges = new Map<number, Edges>();
  for (const [index, { firstAtMs, lastAtMs }] of found) {
    const made = makeEdges(firstAtMs, lastAtMs, survey.conversations.get(index)?.isCoarse ?? false);
    if (made !== null) edges.set(index, made);
  }
  return edges;
}

function clockOf(surveyed: SurveyedConversation): 'absolute' | 'second' {
  return surveyed.isZoneless ? 'second' : 'absolute';
}
