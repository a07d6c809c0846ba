// Whose archive it is, where it does not say: who writes in a chat of two without being the one it is with.

import type { ConversationRecord, NeutralRecord, PersonRecord } from '../../model/record';
import type { Question } from '../importer';
import { ownerAnswer } from './people';

const optionsLimit = 1000;

/** The owner of an archive by its first records: people who are marked, else asked for. */
export interface OwnerSurvey {
  take(record: NeutralRecord): void;
  guess(): { readonly answer: string | null; readonly certain: boolean };
  /** Null where nobody speaks. */
  question(): Question | null;
}

export function createOwnerSurvey(): OwnerSurvey {
  const conversations = new Map<number, ConversationRecord>();
  const people = new Map<number, PersonRecord>();
  const speakers = new Map<number, Set<number>>();

  const guess: OwnerSurvey['guess'] = () => {
    const marked = [...people.values()].find(({ isOwner }) => isOwner);
    if (marked !== undefined) return { answer: ownerAnswer(marked), certain: true };
    const votes = new Map<string, number>();
    for (const [conversation, indexes] of speakers) {
      const answer = ownerOf(
        [...indexes].flatMap((index) => people.get(index) ?? []),
        conversations.get(conversation),
      );
      if (answer !== null) votes.set(answer, (votes.get(answer) ?? 0) + 1);
    }
    const [first, second] = [...votes].sort((one, other) => other[1] - one[1]);
    return { answer: first !== undefined && first[1] > (second?.[1] ?? 0) ? first[0] : null, certain: false };
  };
  return {
    guess,
    take(record) {
      if (record.type === 'conversation') conversations.set(record.index, record);
      else if (record.type === 'person') people.set(record.index, record);
      else if (record.type === 'message' && record.sender >= 0) {
        const known = speakers.get(record.conversation);
        if (known === undefined) speakers.set(record.conversation, new Set([record.sender]));
        else known.add(record.sender);
      }
    },
    question() {
      if (people.size === 0) return null;
      const options = new Map([...people.values()].slice(0, optionsLimit).map((person) => [ownerAnswer(person), labelOf(person)]));
      const { answer, certain } = guess();
      return { id: 'owner', options: [...options].map(([value, label]) => ({ value, label })), guess: answer, certain };
    },
  };
}

/** In a chat of two that is named after one of them, the other one. */
function ownerOf(people: readonly PersonRecord[], conversation: ConversationRecord | undefined): string | null {
  const others = people.filter(({ name }) => name !== conversation?.name);
  const [other] = others;
  return conversation?.shape === 'direct' && people.length === 2 && others.length === 1 && other !== undefined ? ownerAnswer(other) : null;
}

function labelOf({ name, sourceId }: PersonRecord): string {
  if (sourceId === null) return name ?? '';
  return name === null ? sourceId : `${name} (${sourceId})`;
}
