// Which segments are to be joined: neighbours far smaller than a segment may be, as many small imports leave them. The catalogue
// alone tells it; no segment is opened.

import { type SegmentEntry, segmentMessageLimit } from './archive';

/** Smaller ones are small: two of them always make one. */
const smallLimit = segmentMessageLimit / 2;

/** What a run of small neighbours must save to be worth writing, so that one more message does not have thousands written again. */
const leastSaved = 3;

/** Neighbours, two or more, that become one segment. */
export type SegmentGroup = readonly [SegmentEntry, SegmentEntry, ...SegmentEntry[]];

/** In order of time; messages keep their order where their groups are joined. */
export function* smallGroups(segments: readonly SegmentEntry[]): Generator<SegmentGroup> {
  for (const run of smallRuns(segments)) {
    const packed = packRun(run);
    if (run.length - packed.length < leastSaved) continue;
    for (const group of packed) if (isGroup(group)) yield group;
  }
}

const isGroup = (group: readonly SegmentEntry[]): group is SegmentGroup => group.length > 1;

function* smallRuns(segments: readonly SegmentEntry[]): Generator<readonly SegmentEntry[]> {
  let run: SegmentEntry[] = [];
  for (const segment of segments) {
    if (segment.messageCount < smallLimit) {
      run.push(segment);
      continue;
    }
    yield run;
    run = [];
  }
  yield run;
}

/** Whole segments only, so that a joined one is read from few, and none of the joined but the last is small again. */
function packRun(run: readonly SegmentEntry[]): SegmentEntry[][] {
  const groups: SegmentEntry[][] = [];
  let messages = Infinity;
  for (const segment of run) {
    messages += segment.messageCount;
    if (messages > segmentMessageLimit) {
      groups.push([]);
      messages = segment.messageCount;
    }
    groups.at(-1)?.push(segment);
  }
  return groups;
}
