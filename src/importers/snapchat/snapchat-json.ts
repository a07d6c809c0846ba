// Snapchat's "My Data" as JSON: saved chats and the list of snaps. See README.md.

import type { ByteSource, FileSet } from '../../bytes/source';
import { readJsonPieces } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ConversationRecord, NeutralRecord } from '../../model/record';
import { candidates, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer } from '../importer';
import { isObject, parseJson, words } from '../json-fields';
import { createJsonReader } from '../json-pieces';
import type { JsonTaker } from '../json-pieces';
import { createPeople } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { findMedia } from './media';
import { otherSide, toMessage } from './message';
import type { SnapchatArchive } from './message';

const wantedPaths: readonly string[] = ['*[*]'];
const headBytes = 64 * 1024;

/** Importer of `chat_history.json` and `snap_history.json`; those of a set are one archive. */
export const snapchatJson: Importer = {
  format: 'snapchat-json',
  source: 'snapchat',
  detect,
  // Each message says whether the owner sent it; all times are instants.
  ask: async () => [],
  async *read(files, { entries }, { onBytes }) {
    const owners = new Set<string>();
    const archive: SnapchatArchive = {
      files,
      owners,
      people: createPeople((name) => name === '' || owners.has(name)),
      media: findMedia(files),
      friends: new Map(),
      conversations: new Map(),
    };
    const friends = entries.filter((entry) => isFriends(files, entry));
    const chats = entries.filter((entry) => !friends.includes(entry));
    yield* readInTurn(files, [...friends, ...chats], onBytes, (place) => {
      const taker = friends.includes(place.entry) ? friendsTaker(archive) : chatTaker(archive);
      return readJsonRecords(place, { paths: wantedPaths }, createJsonReader(place.entry, taker));
    });
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const chats: number[] = [];
  for (const [entry, file] of candidates(files, /\.json$/i)) if (await isChatHistory(file.open())) chats.push(entry);
  if (chats.length === 0) return [];
  const folder = folderOf(files.entries[chats[0] ?? -1]?.path ?? '');
  const friends = files.indexOf(`${folder}friends.json`);
  const entries = friends === -1 ? chats : [...chats, friends];
  return [{ format: 'snapchat-json', formatVersion: 'my-data', source: 'snapchat', entries, title: null }];
}

function isFriends(files: FileSet, entry: number): boolean {
  return /(?:^|\/)friends\.json$/.test(files.entries[entry]?.path ?? '');
}

/** True where the first element of the first list is a message of Snapchat's. Never throws for foreign bytes. */
async function isChatHistory(source: ByteSource): Promise<boolean> {
  const beginning = new TextDecoder().decode(await source.read(0, 1024));
  if (!/^(?:\ufeff)?\s*\{\s*"[^"\\]{1,200}"\s*:\s*\[/.test(beginning)) return false;
  for await (const pieces of readJsonPieces(sourceOfBytes(await source.read(0, headBytes)), { paths: wantedPaths })) {
    const first = pieces.find(({ kind }) => kind === 'item');
    const message = first === undefined ? undefined : parseJson(first.text);
    const hasSide = isObject(message) && (typeof message['From'] === 'string' || typeof message['To'] === 'string');
    return hasSide && typeof message['Media Type'] === 'string' && typeof message['Created'] === 'string';
  }
  return false;
}

/** Lists of friends, blocked and deleted ones alike: names by user names. */
function friendsTaker({ friends }: SnapchatArchive): JsonTaker {
  return {
    takeItem(element, { span }, out) {
      const username = words(element['Username']);
      const name = words(element['Display Name']);
      if (username !== null && name !== null) friends.set(username, name);
      out.push(structureOf('friends', span));
    },
  };
}

/** Lists of old exports that hold all conversations, told apart by `From` and `To`. */
const mixedLists = new Set(['Received Saved Chat History', 'Sent Saved Chat History', 'Received Snap History', 'Sent Snap History']);

function chatTaker(archive: SnapchatArchive): JsonTaker {
  return {
    takeItem(element, { parent, span, text }, out) {
      const list = String(parent[0] ?? '');
      const isMixed = mixedLists.has(list);
      const id = isMixed ? (otherSide(element) ?? list) : list;
      const conversation = openConversation(archive, id, words(element['Conversation Title']), out);
      const isSent = isMixed ? list.startsWith('Sent') : element['IsSender'] === true;
      const message = toMessage(element, { archive, conversation, isSent, isMixed }, span, out);
      out.push(message ?? problemOf('bad-time', text, span));
    },
  };
}

/** Number of the conversation; emitted where new, or when its title is first seen. */
function openConversation({ conversations, friends }: SnapchatArchive, id: string, title: string | null, out: NeutralRecord[]): number {
  const known = conversations.get(id);
  if (known !== undefined && (title === null || known.title !== null)) return known.index;
  const index = known?.index ?? conversations.size;
  conversations.set(id, { index, title });
  const shape = title === null ? 'direct' : 'group';
  const record: ConversationRecord = { type: 'conversation', index, sourceId: id, name: title ?? friends.get(id) ?? id, shape };
  out.push(record);
  return index;
}
