// Discord's own data package ("Request all of my data"): the owner's messages, a folder a channel. See README.md.

import type { FileSet } from '../../bytes/source';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer } from '../importer';
import { createJsonReader } from '../json-pieces';
import { readCsvRecords, readJsonRecords } from '../record-batches';
import { channelTaker, indexTaker, listTaker, rowReader, userTaker } from './package-account';
import type { PackageAccount } from './package-account';
import { findPackage, isJsonList, layoutOf } from './package-layout';

/** Importer of the data package, whole or only its lists of messages. */
export const discordPackage: Importer = {
  format: 'discord-package',
  source: 'discord',
  detect,
  // All messages are the owner's, and all times are instants.
  ask: async () => [],
  async *read(files, detection, { onBytes }) {
    const layout = layoutOf(files, detection.entries);
    const account: PackageAccount = { owner: null, names: new Map(), conversations: new Map(), senders: new Map() };
    const folderOf = new Map(
      layout.folders.flatMap((folder) => [folder.channel, folder.messages].map((entry) => [entry, folder] as const)),
    );
    const order = [layout.user, layout.index, ...layout.folders.flatMap(({ channel, messages }) => [channel, messages])];
    const present = order.filter((entry) => entry !== -1);
    yield* readInTurn(files, present, onBytes, async function* (place) {
      const { entry, source } = place;
      const folder = folderOf.get(entry);
      const wholeTaker = entry === layout.user ? userTaker(account) : entry === layout.index ? indexTaker(account) : null;
      if (wholeTaker !== null) yield* readJsonRecords(place, { paths: [] }, createJsonReader(entry, wholeTaker));
      else if (folder?.channel === entry) {
        yield* readJsonRecords(place, { paths: [] }, createJsonReader(entry, channelTaker(account, folder)));
      } else if (folder !== undefined && (await isJsonList(source))) {
        yield* readJsonRecords(place, { paths: ['[*]'] }, createJsonReader(entry, listTaker(account, folder)));
      } else if (folder !== undefined) yield* readCsvRecords(place, { delimiter: ',' }, rowReader(account, folder));
    });
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const entries = await findPackage(files);
  const [first] = entries;
  if (first === undefined) return [];
  const { folders } = layoutOf(files, entries);
  const formatVersion = (await isJsonList(files.entries[first]!.open())) ? 'package-json' : 'package-csv';
  return [{ format: 'discord-package', formatVersion, source: 'discord', entries, title: null, isSingle: folders.length === 1 }];
}
