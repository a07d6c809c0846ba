// The conversations of a message manager's export as they pass by, and who speaks in them.

import type { JsonObject } from '../../../model/json';
import type { ConversationShape, NeutralRecord } from '../../../model/record';
import type { QqPeople } from '../people';
import { bareSender, readSender, systemNumber } from './sender';
import type { ManagerSender } from './sender';

export interface ManagerChats {
  /** Number of the conversation that messages belong to now; -1 before the first. */
  readonly conversation: number;
  /** Begins a conversation; each heading begins a new one, since names are not unique. */
  begin(name: string | null, group: string | null): void;
  /** True where a sender so written can speak here: in a group, whose members have numbers or addresses, a bare name cannot. */
  canSpeak(sender: string): boolean;
  speak(sender: string): Speaker;
}

export interface Speaker {
  /** Index of the person; -1 for QQ itself. */
  readonly sender: number;
  readonly isSystem: boolean;
  /** What the message's sender line says beyond the person. */
  readonly extra: JsonObject | null;
}

/** Lists of contacts that hold groups, by their fixed names. */
const groupLists = new Set(['我的群聊', '我的QQ群', '我的讨论组', '讨论组', '多人聊天']);

export function createManagerChats(people: QqPeople, emit: (record: NeutralRecord) => void): ManagerChats {
  let index = -1;
  let name: string | null = null;
  let group: string | null = null;
  /** How senders are written here; `open` until the first one speaks. */
  let form: 'open' | 'numbers' | 'names' = 'open';
  let shape: ConversationShape = 'unknown';

  const tell = (): void =>
    emit({ type: 'conversation', index, sourceId: null, name, shape, ...(group === null ? {} : { extra: { group } }) });
  const decideForm = ({ id }: ManagerSender, written: string): void => {
    // The other one of a chat may be called `name(12345)`: then the heading says so too.
    form = id === null || (written === name && shape !== 'group') ? 'names' : 'numbers';
    const shown = form === 'names' ? 'direct' : 'group';
    if (shape === shown) return;
    shape = shown;
    tell();
  };
  return {
    get conversation() {
      return index;
    },
    begin(newName, newGroup) {
      index++;
      name = newName;
      group = newGroup;
      form = 'open';
      shape = group !== null && groupLists.has(group) ? 'group' : 'unknown';
      tell();
    },
    canSpeak: (sender) => form !== 'numbers' || readSender(sender).id !== null,
    speak(written) {
      const read = readSender(written);
      if (read.id === systemNumber) return { sender: -1, isSystem: true, extra: null };
      if (form === 'open') decideForm(read, written);
      const { id, name: shown, title } = form === 'names' ? bareSender(written) : read;
      const sender = id === null ? people.byName(shown, index) : people.byId(id, shown);
      const other = people.otherName(sender, shown);
      const extra = { ...(title === null ? {} : { senderTitle: title }), ...(other === null ? {} : { senderName: other }) };
      return { sender, isSystem: false, extra: Object.keys(extra).length === 0 ? null : extra };
    },
  };
}
