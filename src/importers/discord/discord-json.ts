// What DiscordChatExporter writes as JSON: one channel a file, or a part of one. See README.md.

import type { FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { candidates, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, Question } from '../importer';
import { createJsonReader } from '../json-pieces';
import type { JsonTaker } from '../json-pieces';
import { createPeople } from '../people';
import type { People } from '../people';
import { problemOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { titleOf, toConversation } from './channel';
import type { Channel } from './channel';
import { keyOfChannel, numberChannels, orderParts, type ChannelPart } from './channel-parts';
import { readExportHead, wantedPaths } from './export-head';
import type { ExportHead } from './export-head';
import { toMessage } from './message';
import { askOwner } from './owner';

/** Importer of DiscordChatExporter's `.json` files; all of a set are one archive, the parts of a channel one conversation. */
export const discordJson: Importer = { format: 'discord-json', source: 'discord', detect, ask, read };

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const parts: (ChannelPart & { readonly head: ExportHead })[] = [];
  for (const [entry, file] of candidates(files, /\.json$/i)) {
    const head = await readExportHead(file.open());
    if (head !== null) parts.push({ entry, head, key: head.channel.id, firstId: head.firstId });
  }
  if (parts.length === 0) return [];
  const found = orderParts(parts);
  const channels = new Map(found.map(({ head: { channel } }) => [channel.id, channel]));
  return [
    {
      format: 'discord-json',
      formatVersion: 'chat-exporter',
      source: 'discord',
      entries: found.map(({ entry }) => entry),
      title: titleOfAll([...channels.values()]),
      isSingle: channels.size === 1,
    },
  ];
}

function titleOfAll(channels: readonly Channel[]): string | null {
  const [first] = channels;
  if (first === undefined) return null;
  if (channels.length === 1) return titleOf(first);
  return channels.every(({ guildName }) => guildName === first.guildName) ? first.guildName : null;
}

function ask(files: FileSet, { entries }: Detection): Promise<readonly Question[]> {
  return askOwner(entries, async (entry) => {
    const file = files.entries[entry];
    return file === undefined ? null : readExportHead(file.open());
  });
}

async function* read(
  files: FileSet,
  detection: Detection,
  { answers, onBytes }: Parameters<Importer['read']>[2],
): ReturnType<Importer['read']> {
  const owner = answers['owner'] ?? (await ask(files, detection))[0]?.guess ?? null;
  const people = createPeople((id) => id === owner);
  const channels = numberChannels();
  yield* readInTurn(files, detection.entries, onBytes, async function* (place) {
    const channel = (await readExportHead(place.source))?.channel ?? null;
    const { index, isNew } = channels.open(keyOfChannel(channel?.id, place.entry));
    if (isNew) yield [toConversation(channel, index)];
    const taker = createTaker(files, place.entry, channel, index, people);
    yield* readJsonRecords(place, { paths: wantedPaths }, createJsonReader(place.entry, taker));
  });
}

const knownMembers = new Set<string | number>(['guild', 'channel', 'dateRange', 'exportedAt', 'messageCount']);

function createTaker(files: FileSet, entry: number, channel: Channel | null, conversation: number, people: People): JsonTaker {
  const folder = folderOf(files.entries[entry]?.path ?? '');
  const context = { files, folder, conversation, channelId: channel?.id ?? null, people };
  return {
    takeItem(element, { span, text }, out: NeutralRecord[]) {
      out.push(toMessage(element, context, span, out) ?? problemOf('bad-time', text, span));
    },
    takeMember: (_value, { key }) => (knownMembers.has(key) ? String(key) : 'other'),
  };
}
