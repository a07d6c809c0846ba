// A phone's backup may hold more media than a day copies: its messages are committed first, so that they can be read, and its media
// by a second import of the same archive, which adds nothing else.

import type { ImportChoice } from '../model/view';
import type { ArchiveJob } from './archive-job';
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
