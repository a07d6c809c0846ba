// Invented people, for tests and for axe.

import type { EveryoneView, OneOfEveryone } from '../../../src/model/everyone';
import type { ConversationId, PersonId } from '../../../src/model/ids';
import type { SourceApp } from '../../../src/model/source';

function one(
  id: string,
  name: string,
  sources: readonly SourceApp[],
  conversations: readonly string[],
  more: Partial<OneOfEveryone> = {},
): OneOfEveryone {
  return {
    id: id as PersonId,
    name,
    names: [name],
    isOwner: false,
    hue: id.length % 8,
    members: sources.map((source, at) => ({ id: (at === 0 ? id : `${id}${at}`) as PersonId, name, source, number: null })),
    conversations: conversations as readonly ConversationId[],
    ...more,
  };
}

export const inventedEveryone: EveryoneView = {
  people: [
    one('me', 'Jon', ['whatsapp'], ['mum', 'reunion'], { isOwner: true }),
    one('ida', 'Ida', ['whatsapp', 'signal'], ['mum', 'reunion'], { names: ['Ida', '艾达', 'I. B.'] }),
    one('kim', 'Kim', ['whatsapp'], ['reunion']),
    one('kim2', 'Kim', ['telegram'], ['mum']),
  ],
  alike: [{ by: 'name', people: ['kim' as PersonId, 'kim2' as PersonId] }],
};
