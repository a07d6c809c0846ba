// Which messages go into an evidence pack: those that were chosen, and what was said right before and behind each of them.

import { CamphorError } from '../../model/error';
import { type EvidenceExport, mostEvidenceMessages } from '../../model/export';
import type { ArchiveReader, ConversationEntry } from '../../vault/archive';

export interface ChosenPart {
  /** Numbers of all that are written, in order of time. */
  readonly written: readonly number[];
  /** Of these, those that were chosen. */
  readonly chosen: ReadonlySet<number>;
}

type Choice = Pick<EvidenceExport, 'found' | 'fromMs' | 'toMs' | 'contextMessages'>;

function createTest({ found, fromMs, toMs }: Choice, entry: ConversationEntry): (seq: number, sentAtMs: number) => boolean {
  const seqs = found?.get(entry.id);
  const wanted = seqs === undefined ? null : new Set(seqs);
  return (seq, sentAtMs) => (wanted === null || wanted.has(seq)) && sentAtMs >= (fromMs ?? -Infinity) && sentAtMs < (toMs ?? Infinity);
}

/** Opens times only. `room`: how many more the pack may hold; throws CamphorError `too-many-messages` where there are more. */
export async function chooseWithContext(
  reader: ArchiveReader,
  entry: ConversationEntry,
  choice: Choice,
  room: number,
): Promise<ChosenPart> {
  const isChosen = createTest(choice, entry);
  const written: number[] = [];
  const chosen = new Set<number>();
  let before: number[] = [];
  let stillBehind = 0;
  for (const segment of entry.segments) {
    const { times } = await reader.readColumns(segment.id, ['times']);
    for (const [at, seq] of (times?.seq ?? new Uint32Array()).entries()) {
      if (isChosen(seq, times?.sentAtMs[at] ?? Number.NaN)) {
        written.push(...before, seq);
        chosen.add(seq);
        before = [];
        stillBehind = choice.contextMessages;
      } else if (stillBehind > 0) {
        written.push(seq);
        stillBehind--;
      } else {
        before.push(seq);
        if (before.length > choice.contextMessages) before.shift();
      }
    }
    if (written.length > room) throw new CamphorError('too-many-messages', { most: mostEvidenceMessages });
  }
  return { written, chosen };
}
