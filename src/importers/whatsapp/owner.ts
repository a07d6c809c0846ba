// Whose phone wrote the export. The text marks nobody as "me", but some facts tell.

import type { Question } from '../importer';
import { splitTilde } from './names';
import type { Survey } from './survey';

export interface OwnerGuess {
  /** A name as the survey has it, or null. */
  readonly name: string | null;
  readonly certain: boolean;
}

/**
 * The owner: proven where the export says "you" of a name. Else, in a chat of two that is named after one of them, the
 * other one.
 */
export function guessOwner(survey: Survey, title: string | null): OwnerGuess {
  if (survey.owner !== null) return { name: survey.owner, certain: true };
  const others = survey.people.filter((name) => splitTilde(name).shown !== title);
  const isNamedAfterOne = title !== null && survey.people.length - others.length === 1;
  return { name: isNamedAfterOne && survey.people.length === 2 ? others[0]! : null, certain: false };
}

/** Asks which of the people is the owner; null where nobody speaks. */
export function ownerQuestion(survey: Survey, title: string | null): Question | null {
  if (survey.people.length === 0) return null;
  const guess = guessOwner(survey, title);
  const options = survey.people.map((name) => ({ value: name, label: splitTilde(name).shown }));
  return { id: 'owner', options, guess: guess.name, certain: guess.certain };
}
