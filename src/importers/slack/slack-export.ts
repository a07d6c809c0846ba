// Slack's export of a workspace, as a ZIP or folder, and slackdump's of the same form. See README.md.

import { readJsonPieces } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { FileSet } from '../../bytes/source';
import { baseName } from '../archive-files';
import { countMembers } from '../member-count';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, Question } from '../importer';
import { isObject, parseJson } from '../json-fields';
import { createJsonReader } from '../json-pieces';
import type { JsonTaker } from '../json-pieces';
import { createPeople } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { findExports, layoutOf } from './export-layout';
import type { Names } from './markup';
import { toMessage } from './message';
import type { MessageContext } from './message';
import { createWorkspace, nameOf, takeListed, toConversation } from './workspace';
import type { Workspace } from './workspace';

/** Importer of exports: a workspace is one archive, a folder one conversation. */
export const slackExport: Importer = {
  format: 'slack-export',
  source: 'slack',
  detect,
  ask,
  async *read(files, detection, { answers, onBytes }) {
    const { root, lists, folders } = layoutOf(files, detection.entries);
    const owner = answers['owner'] ?? (await ask(files, detection))[0]?.guess ?? null;
    const people = createPeople((id) => id === owner);
    const workspace = createWorkspace();
    const names = namesIn(workspace);
    const folderOfDay = new Map(folders.flatMap((folder, index) => folder.days.map((day) => [day, { folder, index }] as const)));
    let opened = -1;
    yield* readInTurn(files, [...lists, ...folderOfDay.keys()], onBytes, async function* (place) {
      const day = folderOfDay.get(place.entry);
      if (day === undefined) {
        const list = baseName(files.entries[place.entry]?.path ?? '');
        return yield* readJsonRecords(place, { paths: ['[*]'] }, createJsonReader(place.entry, listTaker(workspace, list)));
      }
      const { folder, index } = day;
      if (opened !== index) yield [toConversation(workspace, folder.name, index, owner)];
      opened = index;
      const context = { files, root, folder: folder.path, conversation: index, people, workspace, names };
      yield* readJsonRecords(place, { paths: ['[*]'] }, createJsonReader(place.entry, dayTaker(context)));
    });
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  return (await findExports(files)).map((entries) => {
    const { folders, lists } = layoutOf(files, entries);
    const isSingle = folders.length === 1;
    const formatVersion = lists.length > 0 ? 'workspace' : 'days';
    return {
      format: 'slack-export',
      formatVersion,
      source: 'slack',
      entries,
      title: isSingle ? (folders[0]?.name ?? null) : null,
      isSingle,
    };
  });
}

/** Lists beyond this size are not read for a question. */
const askBytes = 4 * 1024 * 1024;

/** Nobody is named as the owner; who is in every direct chat may be. */
async function ask(files: FileSet, { entries }: Detection): Promise<readonly Question[]> {
  const { lists } = layoutOf(files, entries);
  const workspace = createWorkspace();
  for (const entry of lists) {
    const source = files.entries[entry]?.open();
    if (source === undefined) continue;
    const list = baseName(files.entries[entry]?.path ?? '');
    for await (const pieces of readJsonPieces(sourceOfBytes(await source.read(0, askBytes)), { paths: ['[*]'] })) {
      for (const { kind, text } of pieces) {
        const element = kind === 'item' ? parseJson(text) : undefined;
        if (isObject(element)) takeListed(workspace, list, element);
      }
    }
  }
  const count = countMembers(workspace.users.keys());
  const named = (id: string) => [id, nameOf(workspace, id)] as const;
  for (const { list, members } of new Set(workspace.byFolder.values())) if (list === 'dms.json') count.take(members.map(named));
  const question = count.question();
  if (question === null) return [];
  return [{ ...question, options: question.options.map(({ value }) => ({ value, label: nameOf(workspace, value) })) }];
}

function namesIn(workspace: Workspace): Names {
  return { user: (id) => nameOf(workspace, id), channel: (id) => workspace.channelNames.get(id) ?? id };
}

function listTaker(workspace: Workspace, list: string): JsonTaker {
  const name = list.replace(/\.json$/, '');
  return {
    takeItem(element, { span, text }, out) {
      out.push(takeListed(workspace, list, element) ? structureOf(name, span) : problemOf('not-understood', text, span));
    },
    takeMember: () => null,
  };
}

function dayTaker(context: MessageContext): JsonTaker {
  return {
    takeItem(element, { span, text }, out) {
      out.push(toMessage(element, context, span, out) ?? problemOf('bad-time', text, span));
    },
    takeMember: () => null,
  };
}
