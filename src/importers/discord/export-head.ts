// What the beginning of a file of DiscordChatExporter's JSON says: guild, channel, first messages.

import { readJsonPieces } from '../../bytes/json-elements';
import type { JsonPiece } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import { parseExactJson } from '../exact-json';
import { idOf, objectOf, words } from '../json-fields';
import { readChannel } from './channel';
import type { Channel } from './channel';
import { authorName } from './message';
import type { Writers } from './owner';

export interface ExportHead extends Writers {
  readonly channel: Channel;
  /** Id of the first message; null where there is none. */
  readonly firstId: string | null;
}

/** Elements of this array are pieces of their own. */
export const wantedPaths: readonly string[] = ['messages[*]'];
/** Guild, channel and dates come first and are short. */
const headBytes = 64 * 1024;

/** Reads the first 64 KiB; null where they are not the beginning of such an export. Never throws for foreign bytes. */
export async function readExportHead(source: ByteSource): Promise<ExportHead | null> {
  const bytes = await source.read(0, headBytes);
  if (!/^(?:\ufeff)?\s*\{\s*"guild"\s*:/.test(new TextDecoder().decode(bytes.subarray(0, 256)))) return null;
  const state: HeadState = { guild: null, channel: null, firstId: null, authors: new Map(), namesakes: new Set() };
  for await (const pieces of readJsonPieces(sourceOfBytes(bytes), { paths: wantedPaths })) {
    for (const piece of pieces) takePiece(piece, state);
  }
  const { guild, channel, firstId, authors, namesakes } = state;
  const known = readChannel(guild, channel);
  return known === null ? null : { channel: known, shape: known.shape, firstId, authors, namesakes };
}

interface HeadState {
  guild: JsonObject | null;
  channel: JsonObject | null;
  firstId: string | null;
  readonly authors: Map<string, string>;
  readonly namesakes: Set<string>;
}

function takePiece({ kind, parent, key, text }: JsonPiece, state: HeadState): void {
  const isWanted = kind === 'item' || (kind === 'member' && parent.length === 0 && (key === 'guild' || key === 'channel'));
  const value = isWanted ? objectOf(parseExactJson(text)) : null;
  if (value === null) return;
  if (kind === 'item') takeMessage(value, state);
  else if (key === 'guild') state.guild = value;
  else state.channel = value;
}

function takeMessage(message: JsonObject, state: HeadState): void {
  state.firstId ??= idOf(message['id']);
  const author = objectOf(message['author']);
  const id = idOf(author?.['id']);
  if (author === null || id === null) return;
  if (!state.authors.has(id)) state.authors.set(id, authorName(author) ?? id);
  const title = words(state.channel?.['name']);
  if (title !== null && (author['name'] === title || author['nickname'] === title)) state.namesakes.add(id);
}
