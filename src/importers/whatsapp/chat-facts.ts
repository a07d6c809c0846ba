// What becomes known of people and of the chat while its messages are read.

import type { ConversationRecord, ConversationShape, NeutralRecord } from '../../model/record';
import { plainName, splitTilde } from './names';
import { groupPhrases } from './phrases';

/** Names are foreign text, and a slice of a line keeps the whole chunk that the line was cut from in memory. */
function detach(text: string): string {
  return [...text].join('');
}

export interface People {
  /** Number of the sender with this name as the text has it; a new person's record goes to `records` first. */
  numberOf(name: string, records: NeutralRecord[]): number;
  readonly names: readonly string[];
}

/** People of one conversation, known by name. `owner` is a name as `plainName` gives it, or null. */
export function createPeople(owner: string | null): People {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  return {
    names,
    numberOf(written, records) {
      const known = numbers.get(written);
      if (known !== undefined) return known;
      const name = detach(plainName(written));
      let index = numbers.get(name);
      if (index === undefined) {
        index = names.length;
        names.push(name);
        numbers.set(name, index);
        const { shown, isContact } = splitTilde(name);
        records.push({
          type: 'person',
          index,
          sourceId: null,
          name: shown,
          conversation: 0,
          isOwner: name === owner,
          ...(isContact ? {} : { extra: { notInContacts: true } }),
        });
      }
      numbers.set(detach(written), index);
      return index;
    },
  };
}

export interface ShapeEvidence {
  /** Takes a system line in, and the name that it stands under on an iPhone. */
  addSystemLine(text: string, attributedTo: string | null): void;
  shape(names: readonly string[]): ConversationShape;
}

const attributedLimit = 3;

/** Works out whether a chat named `title` is a group: by what system lines say, or by more than two who appear. */
export function createShapeEvidence(title: string | null): ShapeEvidence {
  const attributed = new Set<string>();
  let isGroup = false;
  return {
    addSystemLine(text, attributedTo) {
      if (attributedTo !== null && attributed.size < attributedLimit) attributed.add(detach(attributedTo));
      isGroup ||= groupPhrases.some((phrase) => text.includes(phrase));
    },
    shape(names) {
      if (isGroup || new Set([...names.slice(0, attributedLimit), ...attributed]).size > 2) return 'group';
      const isNamedAfterOne = title !== null && names.some((name) => splitTilde(name).shown === title);
      if (isNamedAfterOne || (names.length === 2 && title === null)) return 'direct';
      return 'unknown';
    },
  };
}

export function conversationRecord(name: string | null, shape: ConversationShape): ConversationRecord {
  return { type: 'conversation', index: 0, sourceId: null, name, shape };
}
