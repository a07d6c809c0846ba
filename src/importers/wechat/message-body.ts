// What a WeChat message is, apart from who sent it, when and where it lies.

import type { Json, JsonObject } from '../../model/json';
import type { AttachmentRecord, MessageFacts, MessageKind } from '../../model/record';

/** A file that a message carries, as its body describes it; where the bytes lie is for each source to find. */
export interface WeChatMedia {
  readonly kind: AttachmentRecord['kind'];
  readonly name: string | null;
  /** Of the file's content, 32 lower-case hex digits. */
  readonly md5: string | null;
  readonly sizeBytes: number | null;
  readonly durationMs?: number;
  readonly widthPx?: number;
  readonly heightPx?: number;
}

export interface WeChatBody {
  readonly kind: MessageKind;
  readonly text: string;
  readonly media: readonly WeChatMedia[];
  readonly facts: MessageFacts | null;
}

export type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

/** Names of people by their WeChat ids, for texts that hold ids only. */
export type NameOf = (id: string) => string | null;

export const noMedia: readonly WeChatMedia[] = Object.freeze([]);

/** A body with what there is of facts; `extra` may hold nulls, which are left out. */
export function bodyOf(
  kind: MessageKind,
  text: string,
  rest: {
    readonly media?: readonly WeChatMedia[];
    readonly facts?: MutableFacts;
    readonly extra?: readonly (readonly [string, Json])[];
  } = {},
): WeChatBody {
  const facts: MutableFacts = { ...rest.facts };
  const extra = extraOf(rest.extra ?? []);
  if (extra !== null) facts.extra = { ...facts.extra, ...extra };
  return { kind, text, media: rest.media ?? noMedia, facts: Object.keys(facts).length === 0 ? null : facts };
}

/** The pairs that have a value, as an object; null where none has. */
export function extraOf(pairs: readonly (readonly [string, Json])[]): JsonObject | null {
  const kept = pairs.filter(([, value]) => value !== null && value !== '');
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

/** The lines that have something in them, each once. */
export function joinLines(...lines: readonly (string | null)[]): string {
  return [...new Set(lines.filter((line) => line !== null && line !== ''))].join('\n');
}

/** A content hash as bodies write it, in lower case; null for anything else. */
export function md5Of(text: string | null): string | null {
  return text !== null && /^[\da-f]{32}$/i.test(text) ? text.toLowerCase() : null;
}
