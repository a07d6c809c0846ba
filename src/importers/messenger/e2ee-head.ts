// What the beginning of an end-to-end encrypted chat's file says.

import { readJsonPieces } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource } from '../../bytes/source';
import type { Json } from '../../model/json';
import { isObject, parseJson, words } from '../json-fields';
import { repairMojibake } from './mojibake';
import { wantedPaths } from './thread-head';

export interface E2eeHead {
  readonly participants: readonly string[];
  /** Null where it stands behind what was read. */
  readonly threadName: string | null;
}

const headBytes = 64 * 1024;

/** Reads the first 64 KiB; null where they are not of such a file. Never throws for foreign bytes. */
export async function readE2eeHead(source: ByteSource): Promise<E2eeHead | null> {
  const beginning = new TextDecoder().decode(await source.read(0, 256));
  if (!/^(?:\ufeff)?\s*\{\s*"(?:participants|threadName|messages)"\s*:/.test(beginning)) return null;
  const names = new Set<string>();
  let threadName: string | null = null;
  let isMessage = false;
  for await (const pieces of readJsonPieces(sourceOfBytes(await source.read(0, headBytes)), { paths: wantedPaths })) {
    for (const { kind, parent, key, text } of pieces) {
      const value = kind === 'item' || kind === 'member' ? parseJson(text) : undefined;
      if (kind === 'member' && parent.length === 0 && key === 'threadName') threadName = words(value);
      if (kind === 'member' && parent.length === 0 && key === 'participants') namesOf(value).forEach((name) => names.add(name));
      if (kind === 'item' && isObject(value) && typeof value['senderName'] === 'string' && typeof value['timestamp'] === 'number')
        isMessage = true;
    }
  }
  const isThread = names.size > 0 && (threadName !== null || isMessage);
  return isThread ? { participants: [...names], threadName: threadName === null ? null : repairMojibake(threadName) } : null;
}

/** Participants are names, not objects as in the other download. */
export function namesOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value)
    ? value
        .filter((name: Json) => typeof name === 'string' && name !== '')
        .map(String)
        .map(repairMojibake)
    : [];
}

/** The name of a thread without the number that the export gives it: `Bob_40` is Bob. */
export function withoutNumber(threadName: string): string {
  return threadName.replace(/_\d{1,9}$/, '');
}
