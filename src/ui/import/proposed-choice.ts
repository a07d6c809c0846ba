// What is taken where the owner changes nothing.

import type { ImportChoice, ImportPlan, PlannedArchive } from '../../model/view';

/** The choice that takes everything as it was proposed. */
export function proposedChoice(archiveId: string, answers: ImportChoice['answers'] = {}): ImportChoice {
  return { archiveId, answers, conversations: {}, fromMs: null, toMs: null, media: 'all' };
}

/**
 * One for each archive. An archive that leaves open who the owner is takes the name that is theirs in others of the drop.
 * `media`: those of a snapshot stay on the drive until they are wanted.
 */
export function proposedChoices(plan: ImportPlan, media: ImportChoice['media'] = 'all'): readonly ImportChoice[] {
  const owners = new Set(plan.archives.flatMap(ownerNames));
  return plan.archives.map((archive) => ({ ...proposedChoice(archive.archiveId, guessOwner(archive, owners)), media }));
}

function ownerNames({ questions }: PlannedArchive): readonly string[] {
  return questions
    .filter(({ kind }) => kind === 'owner')
    .flatMap(({ options, answer }) => options.filter(({ value }) => value === answer).map(({ label }) => label));
}

function guessOwner({ questions }: PlannedArchive, owners: ReadonlySet<string>): ImportChoice['answers'] {
  const open = questions.filter(({ kind, answer }) => kind === 'owner' && answer === null);
  const guesses = open.map(({ id, options }) => ({ id, found: options.filter(({ label }) => owners.has(label)) }));
  return Object.fromEntries(guesses.flatMap(({ id, found: [only, ...more] }) => (only && more.length === 0 ? [[id, only.value]] : [])));
}
