// What the beginning of a JSON export says: which form it is, whose chat, who is "me".

import { readJsonPieces } from '../../bytes/json-elements';
import type { JsonPiece } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource } from '../../bytes/source';
import { parseExactJson } from '../exact-json';
import { isObject } from '../json-fields';
import { emptyRoot, formOf, takeRootMember, wantedPaths } from './json-forms';
import type { JsonForm, RootFacts } from './json-forms';
import { noOwner } from './ledger';
import type { ExportedMessage, Owner } from './ledger';

export interface JsonHead {
  readonly form: JsonForm;
  readonly root: RootFacts;
  readonly owner: Owner;
  /** Names of chats by id, those without an id under ''. */
  readonly chats: ReadonlyMap<string, string | null>;
  /** Names of senders by id, as far as they have one. */
  readonly people: ReadonlyMap<string, string | null>;
}

/** Reads at most `limitBytes`; null where it is no export of WeChat messages. Never throws for foreign bytes. */
export async function readJsonHead(source: ByteSource, limitBytes: number): Promise<JsonHead | null> {
  const bytes = await source.read(0, limitBytes);
  if (!mayBeJson(bytes)) return null;
  const root = emptyRoot();
  let form: JsonForm | null = null;
  const messages: ExportedMessage[] = [];
  for await (const pieces of readJsonPieces(sourceOfBytes(bytes), { paths: wantedPaths })) {
    for (const piece of pieces) {
      if (piece.kind === 'member' && piece.parent.length === 0) takeRootMember(root, String(piece.key), parseExactJson(piece.text));
      if (!isMessagePiece(piece)) continue;
      const element = parseExactJson(piece.text);
      if (!isObject(element)) continue;
      form ??= formOf(element, piece.parent.length === 0, root);
      if (form === null) return null;
      const message = form.toMessage(element, root, () => null);
      if (typeof message === 'object') messages.push(message);
    }
  }
  return form === null ? null : summarise(form, root, messages);
}

/** True for elements of the array of messages, whichever the form. */
export function isMessagePiece({ kind, parent }: JsonPiece): boolean {
  return kind === 'item' && (parent.length === 0 || parent[0] === 'messages');
}

function summarise(form: JsonForm, root: RootFacts, messages: readonly ExportedMessage[]): JsonHead {
  const chats = new Map<string, string | null>();
  const people = new Map<string, string | null>();
  let owner = noOwner;
  for (const { chat, sender } of messages) {
    chats.set(chat.id ?? '', chat.name ?? chats.get(chat.id ?? '') ?? null);
    if (sender === null || (sender.id === null && !sender.isOwn)) continue;
    if (sender.id !== null) people.set(sender.id, sender.name ?? people.get(sender.id) ?? null);
    if (sender.isOwn && owner.id === null) owner = { id: sender.id, name: sender.name };
  }
  return { form, root, owner, chats, people };
}

function mayBeJson(bytes: Uint8Array): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at++;
  return bytes[at] === 0x7b || bytes[at] === 0x5b;
}
