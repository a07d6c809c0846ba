// Whose export of qq-chat-exporter it is: it says so since version 5, else it is asked.

import { words } from '../../json-fields';
import type { Question } from '../../importer';
import { ownerById } from '../people';
import { accountOf } from './export-head';
import type { ExportHead } from './export-head';

/** Senders are looked for in this much of a file. */
export const ownerBytes = 1 << 20;
const optionsLimit = 1000;

export function askOwner({ chat, senders }: ExportHead): readonly Question[] {
  const self = accountOf(chat['selfUin'], chat['selfUid']);
  if (self !== null) {
    const value = ownerById(self);
    return [{ id: 'owner', options: [{ value, label: words(chat['selfName']) ?? self }], guess: value, certain: true }];
  }
  const labels = new Map<string, string>();
  for (const sender of senders) {
    const id = accountOf(sender['uin'], sender['uid']);
    if (id !== null && labels.size < optionsLimit) labels.set(ownerById(id), words(sender['name']) ?? id);
  }
  if (labels.size === 0) return [];
  return [{ id: 'owner', options: [...labels].map(([value, label]) => ({ value, label })), guess: null, certain: false }];
}
