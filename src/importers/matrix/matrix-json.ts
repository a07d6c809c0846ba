// What Element exports of a room of Matrix as JSON: export.json, alone or with its files. See README.md.

import type { FileSet } from '../../bytes/source';
import { readJsonPieces } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import { decodeHead } from '../../bytes/text-encoding';
import { candidates, detectBytes } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, Question } from '../importer';
import { isObject, parseJson, words } from '../json-fields';
import { createJsonReader } from '../json-pieces';
import { createPeople } from '../people';
import { readJsonRecords } from '../record-batches';
import { createTaker } from './reader';
import { readRelations } from './relations';

/** Importer of Element's export.json, one room each. */
export const matrixJson: Importer = { format: 'matrix-json', source: 'matrix', detect, ask, read };

export const wantedPaths = ['messages[*]'] as const;

interface Head {
  readonly roomName: string | null;
  /** Who exported, as a Matrix id; null where the file does not say. */
  readonly owner: string | null;
  readonly roomId: string | null;
}

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [entry, file] of candidates(files, /\.json$/i)) {
    const head = await readHead(await file.open().read(0, detectBytes));
    if (head === null) continue;
    found.push({
      format: 'matrix-json',
      formatVersion: 'element',
      source: 'matrix',
      entries: [entry],
      title: head.roomName,
      isSingle: true,
    });
  }
  return found;
}

/** What an export's beginning says; null where it is none: `room_name`, `exported_by`, then events. */
async function readHead(bytes: Uint8Array): Promise<Head | null> {
  const start = decodeHead(bytes.subarray(0, 65_536));
  if (!/^\s*\{/.test(start) || !start.includes('"room_name"') || !start.includes('"exported_by"')) return null;
  const members = new Map<string | number, string | null>();
  for await (const pieces of readJsonPieces(sourceOfBytes(bytes), { paths: wantedPaths })) {
    for (const { kind, parent, key, text } of pieces) {
      if (kind === 'member' && parent.length === 0) members.set(key, words(parseJson(text)));
      if (kind !== 'item') continue;
      const event = parseJson(text);
      if (!isObject(event) || typeof event['type'] !== 'string' || typeof event['event_id'] !== 'string') return null;
      const owner = /\((@[^()\s]{1,255})\)$/.exec(members.get('exported_by') ?? '')?.[1] ?? null;
      return { roomName: members.get('room_name') ?? null, owner, roomId: words(event['room_id']) };
    }
  }
  return null;
}

/** The export names who made it. */
async function ask(files: FileSet, { entries }: Detection): Promise<readonly Question[]> {
  const owner = (await readHead((await files.entries[entries[0] ?? -1]?.open().read(0, detectBytes)) ?? new Uint8Array(0)))?.owner ?? null;
  return owner === null ? [] : [{ id: 'owner', options: [{ value: owner, label: owner }], guess: owner, certain: true }];
}

async function* read(
  files: FileSet,
  { entries }: Detection,
  { answers, onBytes }: Parameters<Importer['read']>[2],
): ReturnType<Importer['read']> {
  yield* readInTurn(files, entries, onBytes, async function* (place) {
    const head = await readHead(await place.source.read(0, detectBytes));
    const owner = answers['owner'] ?? head?.owner ?? null;
    const people = createPeople((id) => id === owner);
    const relations = await readRelations(place.source);
    yield [{ type: 'conversation', index: 0, sourceId: head?.roomId ?? null, name: head?.roomName ?? null, shape: 'unknown' }];
    yield* readJsonRecords(
      place,
      { paths: wantedPaths },
      createJsonReader(place.entry, createTaker(files, place.entry, people, relations)),
    );
  });
}
