// Hangouts.json of Takeout, to 2022, of hundreds of megabytes where somebody talked much. See README.md.

import { readJsonPieces } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource, FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { candidates, entryOf, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import { parseExactJson } from '../exact-json';
import type { Detection, Importer, Question } from '../importer';
import { idOf, objectOf } from '../json-fields';
import { createJsonReader } from '../json-pieces';
import type { JsonTaker } from '../json-pieces';
import { createPeople } from '../people';
import type { People } from '../people';
import { problemOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { readChat } from './hangouts-chat';
import type { HangoutsChat } from './hangouts-chat';
import { toMessage } from './hangouts-event';

/** Events of the newer form, and of the older one. */
const eventPaths: readonly string[] = ['conversations[*].events[*]', 'conversation_state[*].conversation_state.event[*]'];
const headBytes = 256 * 1024;

/** Importer of `Hangouts.json`: an account is one archive. */
export const hangouts: Importer = {
  format: 'google-chat-hangouts',
  source: 'google-chat',
  detect,
  ask,
  async *read(files, detection, { answers, onBytes }) {
    const head = await readHead(entryOf(files, detection).open());
    const owner = ownerOf(head) ?? answers['owner'] ?? (await ask(files, detection))[0]?.guess ?? null;
    const folder = folderOf(entryOf(files, detection).path);
    const owners = new Set(owner === null ? [] : [owner]);
    const archive = { files, folder, people: createPeople((id) => owners.has(id)), owners };
    yield* readInTurn(files, detection.entries, onBytes, (place) =>
      readJsonRecords(place, { paths: eventPaths }, createJsonReader(place.entry, createTaker(archive))),
    );
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [entry, file] of candidates(files, /hangouts[^/]{0,40}\.json$/i)) {
    const { chats, isHangouts, form } = await readHead(file.open());
    if (!isHangouts) continue;
    const owner = ownerOf({ chats });
    const title = chats.flatMap(({ members }) => members).find(({ id }) => id === owner)?.name ?? null;
    found.push({ format: 'google-chat-hangouts', formatVersion: form, source: 'google-chat', entries: [entry], title });
  }
  return found;
}

interface Head {
  readonly chats: readonly HangoutsChat[];
  /** True where an event of Hangouts is in it. */
  readonly isHangouts: boolean;
  readonly form: 'conversations' | 'conversation_state';
}

/** What the first bytes hold. Never throws for foreign bytes. */
async function readHead(source: ByteSource): Promise<Head> {
  const beginning = new TextDecoder().decode(await source.read(0, 1024));
  const root =
    /^(?:\ufeff)?\s*\{(?:\s*"continuation_end_timestamp"\s*:\s*"?\d{1,20}"?\s*,)?\s*"(conversations|conversation_state)"\s*:\s*\[/.exec(
      beginning,
    );
  const form = root?.[1] === 'conversation_state' ? 'conversation_state' : 'conversations';
  const chats: HangoutsChat[] = [];
  let isHangouts = false;
  if (root === null) return { chats, isHangouts, form };
  for await (const pieces of readJsonPieces(sourceOfBytes(await source.read(0, headBytes)), { paths: eventPaths })) {
    for (const { kind, key, text } of pieces) {
      const value = kind === 'item' || (kind === 'member' && key === 'conversation') ? objectOf(parseExactJson(text)) : null;
      if (value === null) continue;
      if (kind === 'member') chats.push(readChat(value));
      else
        isHangouts ||=
          typeof value['event_type'] === 'string' && value['sender_id'] !== undefined && /^\d{13,17}$/.test(idOf(value['timestamp']) ?? '');
    }
  }
  return { chats, isHangouts, form };
}

function ownerOf({ chats }: Pick<Head, 'chats'>): string | null {
  return chats.find(({ owner }) => owner !== null)?.owner ?? null;
}

const optionLimit = 200;

/** Asked only where no conversation says who read it; who is in every one of the first conversations may be the owner. */
async function ask(files: FileSet, detection: Detection): Promise<readonly Question[]> {
  const { chats } = await readHead(entryOf(files, detection).open());
  if (ownerOf({ chats }) !== null) return [];
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { members } of chats) {
    for (const { id, name } of members) if (name !== null) names.set(id, name);
    for (const id of new Set(members.map((member) => member.id))) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([, one], [, other]) => other - one).slice(0, optionLimit);
  const everywhere = sorted.filter(([, count]) => count === chats.length);
  const guess = chats.length > 1 && everywhere.length === 1 ? (everywhere[0]?.[0] ?? null) : null;
  return [{ id: 'owner', options: sorted.map(([id]) => ({ value: id, label: names.get(id) ?? id })), guess, certain: false }];
}

interface Archive {
  readonly files: FileSet;
  readonly folder: string;
  readonly people: People;
  readonly owners: Set<string>;
}

/** Conversations are numbered by their place in the list; they are emitted again should they come behind their events. */
function createTaker({ files, folder, people, owners }: Archive): JsonTaker {
  const numbers = new Map<number, number>();
  const open = (place: number, chat: HangoutsChat | null, out: Parameters<JsonTaker['takeItem']>[2]): number => {
    const known = numbers.get(place);
    if (known !== undefined && chat === null) return known;
    const index = known ?? numbers.size;
    numbers.set(place, index);
    if (chat?.owner !== null && chat !== null) owners.add(chat.owner);
    for (const { id, name } of chat?.members ?? []) people.withId(id, name, out);
    const { id = null, shape = 'unknown' } = chat ?? {};
    const others = (chat?.members ?? []).filter((member) => !owners.has(member.id)).map((member) => member.name ?? member.id);
    const name = chat?.name ?? (others.length === 0 ? null : others.join(', '));
    out.push({ type: 'conversation', index, sourceId: id, name, shape });
    return index;
  };
  const placeOf = (parent: readonly (string | number)[]) => (typeof parent[1] === 'number' ? parent[1] : -1);
  return {
    takeItem(element: JsonObject, { parent, span, text }, out) {
      const conversation = open(placeOf(parent), null, out);
      out.push(toMessage(element, { files, folder, people, conversation }, span, out) ?? problemOf('bad-time', text, span));
    },
    takeMember(value: Json, { parent, key }, out) {
      const chat = key === 'conversation' && parent.length > 1 ? objectOf(value) : null;
      if (chat === null) return 'other';
      open(placeOf(parent), readChat(chat), out);
      return 'conversation';
    },
  };
}
