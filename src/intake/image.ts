// An image is a message as one archive shows it. Where all archives agree, the vault's message is the image of each.

import type { Attachment, Message } from '../model/message';

/** Equal in everything but the number; two JSON values are compared by content, whatever the order of their keys. */
export function isSameImage(a: Message, b: Message): boolean {
  return (
    a.sentAtMs === b.sentAtMs &&
    a.text === b.text &&
    a.sender === b.sender &&
    a.kind === b.kind &&
    a.clock === b.clock &&
    a.zoneOffsetMin === b.zoneOffsetMin &&
    a.sourceId === b.sourceId &&
    (a.facts === b.facts || isSameJson(a.facts, b.facts)) &&
    isSameAttachments(a.attachments, b.attachments)
  );
}

function isSameAttachments(a: readonly Attachment[], b: readonly Attachment[]): boolean {
  return a === b || (a.length === b.length && a.every((attachment, index) => isSameJson(attachment, b[index])));
}

/** Deep equality of plain values; a key that is `undefined` is as good as absent. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return writeCanonical(a) === writeCanonical(b);
}

/** JSON with sorted keys: the same text for equal content. */
export function writeCanonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)))
      : inner,
  );
}

/** A text that orders images by content alone: without the number and without ids that are random in each vault. */
export function writeImageContent(image: Message): string {
  return writeCanonical({ ...image, seq: 0, sender: image.sender === null ? 0 : 1 });
}

const msPerMinute = 60_000;

/** The same message as an archive with clocks to the minute shows it. */
export function coarsen(message: Message): Message {
  return { ...message, clock: 'minute', sentAtMs: floorTo(message.sentAtMs, msPerMinute) };
}

export function floorTo(atMs: number, unitMs: number): number {
  return Math.floor(atMs / unitMs) * unitMs;
}
