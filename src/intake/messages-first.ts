// A phone's backup may hold more media than a day copies: its messages are committed first, so that they can be read, and its media
// by a second import of the same archive, which adds nothing else.

import type { Receipt } from '../model/receipt';
import type { ImportChoice } from '../model/view';
import type { ArchiveJob } from './archive-job';
import { noteAttachedCells } from './attached-cells';
import { type FollowedImport, importArchive, type ImportInput } from './import-archive';
import type { Survey } from './survey';

/** Below this media are here before anyone has opened a conversation. */
export const mediaAtOnceBytes = 256 * 2 ** 20;

/**
 * The imports that the owner's choice is made of, in order. One only where media are few, or not all wanted, and where a conversation is
 * to be a new one beside one that it continues: the second time it could not be told which of the two it is.
 */
export function importsOf(
  job: Pick<ArchiveJob, 'isOfPhone'>,
  survey: Pick<Survey, 'mediaBytes'>,
  choice: ImportChoice,
  atOnceBytes: number = mediaAtOnceBytes,
): readonly ImportChoice[] {
  const isPlain = Object.values(choice.conversations).every((target) => target !== 'new') && choice.original === undefined;
  if (job.isOfPhone !== true || choice.media !== 'all' || survey.mediaBytes <= atOnceBytes || !isPlain) return [choice];
  return [{ ...choice, media: 'none' }, choice];
}

/** Runs these imports of one archive, each after what the one before it left; gives the receipt of each as it is committed. */
export async function* importInParts(
  input: Omit<ImportInput, 'choice' | 'attached' | 'follows'>,
  choices: readonly ImportChoice[],
): AsyncGenerator<Receipt, void, void> {
  const attached = noteAttachedCells();
  let follows: FollowedImport | null = null;
  for (const [at, choice] of choices.entries()) {
    const role: Pick<ImportInput, 'attached' | 'follows'> = follows !== null ? { follows } : at + 1 < choices.length ? { attached } : {};
    const receipt: Receipt = await importArchive({ ...input, ...role, choice });
    follows = { receipt, attached };
    yield receipt;
  }
}
