// A snapshot file: when, by whom, and of which tree. No `summary` is written, since some readers refuse a partial one.

import type { FileId, NewSnapshot, Snapshot } from './repository';
import { damagedUnless, fields, id, list, optionalText, optionalTexts } from './stored-json';
import { readStoredTime, storedTime } from './stored-text';

const username = 'camphor';
/** Paths and tags of one snapshot. */
const textLimit = 10_000;

/** The JSON of a snapshot for `sealJson`, fields in restic's order. Throws RangeError without a path. */
export function encodeSnapshot(snapshot: NewSnapshot, programVersion: string | null = null): unknown {
  if (snapshot.paths.length === 0) throw new RangeError('a snapshot has a path');
  return {
    time: storedTime(snapshot.takenAtMs),
    ...(snapshot.parent === null ? {} : { parent: snapshot.parent }),
    tree: snapshot.tree,
    paths: snapshot.paths,
    hostname: snapshot.hostname,
    username,
    ...(snapshot.tags.length === 0 ? {} : { tags: snapshot.tags }),
    ...(programVersion === null ? {} : { program_version: programVersion }),
  };
}

/** A snapshot from its file's name and JSON. Throws CamphorError `damaged` without a time or a tree. */
export function parseSnapshot(fileId: FileId, json: unknown): Snapshot {
  const file = fields(json);
  const takenAtMs = readStoredTime(file['time']);
  damagedUnless(takenAtMs !== null && list(file['paths'] ?? []).length <= textLimit && list(file['tags'] ?? []).length <= textLimit);
  const parent = file['parent'] ?? null;
  return {
    id: fileId,
    takenAtMs,
    tree: id(file['tree']),
    paths: optionalTexts(file['paths']),
    hostname: optionalText(file['hostname']),
    username: optionalText(file['username']),
    tags: optionalTexts(file['tags']),
    parent: parent === null ? null : id(parent),
    programVersion: optionalText(file['program_version']) || null,
  };
}
