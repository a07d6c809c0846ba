// What the beginning and the end of a thread's file say, read before its records.

import { readJsonPieces } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource } from '../../bytes/source';
import { isObject, objectsOf, parseJson, words } from '../json-fields';
import { repairMojibake } from './mojibake';
import { threadIdOf } from './thread-path';

/** Elements of this array are pieces of their own. */
export const wantedPaths: readonly string[] = ['messages[*]'];

const beginningBytes = 256;
const headBytes = 64 * 1024;
const tailBytes = 16 * 1024;
/** Names of its members: the messages come after the participants, in old files before them. */
const beginning =
  /^(?:\ufeff)?\s*\{\s*"(?:participants|messages)"\s*:\s*\[\s*(?:\{\s*"(?:name|sender_name|sender_id_INTERNAL|timestamp_ms)"|\])/;

/** Names of the participants, else of the first senders; null where it is no thread's file. Never throws for foreign bytes. */
export async function readThreadHead(source: ByteSource): Promise<readonly string[] | null> {
  if (!beginning.test(new TextDecoder().decode(await source.read(0, beginningBytes)))) return null;
  const names = new Set<string>();
  const senders = new Set<string>();
  let isThread = false;
  for await (const pieces of readJsonPieces(sourceOfBytes(await source.read(0, headBytes)), { paths: wantedPaths })) {
    for (const { kind, key, text } of pieces) {
      if (kind === 'member' && key === 'participants')
        addNames(
          names,
          objectsOf(parseJson(text)).map(({ name }) => words(name)),
        );
      if (kind === 'member' && (key === 'thread_path' || key === 'is_still_participant')) isThread = true;
      if (kind !== 'item') continue;
      const message = parseJson(text);
      if (!isObject(message) || typeof message['timestamp_ms'] !== 'number' || message['sender_name'] === undefined) continue;
      isThread = true;
      addNames(senders, [words(message['sender_name'])]);
    }
  }
  if (!isThread) return null;
  return [...(names.size > 0 ? names : senders)];
}

/** The thread's id by `thread_path`, which stands behind the messages; null where there is none. */
export async function readThreadId(source: ByteSource): Promise<string | null> {
  const { sizeBytes } = source;
  const tail = new TextDecoder().decode(await source.read(Math.max(0, sizeBytes - tailBytes), sizeBytes));
  const path = parseJson(/"thread_path"\s*:\s*("(?:[^"\\]|\\.){1,1000}")/.exec(tail)?.[1] ?? '');
  return typeof path === 'string' ? threadIdOf(repairMojibake(path)) : null;
}

function addNames(names: Set<string>, found: readonly (string | null)[]): void {
  for (const name of found) if (name !== null) names.add(repairMojibake(name));
}
