// A message as a line of its month.

import type { Attachment, Message } from '../model/message';
import type { PersonId } from '../model/ids';
import type { PortableAttachment, PortableId, PortableMessage } from '../model/portable';
import { writeJson, writeText } from './canonical-json';
import { writeInstant } from './utc-dates';

function encodeAttachment({ kind, name, mime, sizeBytes, widthPx, heightPx, durationMs, missing, sha256 }: Attachment): PortableAttachment {
  return {
    kind,
    ...(name !== null && { name }),
    ...(mime !== null && { mime }),
    ...(sizeBytes !== null && { sizeBytes }),
    ...(widthPx !== undefined && { widthPx }),
    ...(heightPx !== undefined && { heightPx }),
    ...(durationMs !== undefined && { durationMs }),
    ...(missing !== null && { missing }),
    ...(sha256 !== null && { sha256 }),
  };
}

type MutableMessage = { -readonly [Name in keyof PortableMessage]: PortableMessage[Name] };

/**
 * Leaves out what is null, empty or usual; fields come in the order of their names. `personOf` gives the portable id of a
 * sender, `writeAt` a time as `writeInstant` does.
 */
export function encodeMessage(
  message: Message,
  personOf: (person: PersonId) => PortableId,
  writeAt: (atMs: number) => string = writeInstant,
): PortableMessage {
  const { sentAtMs, clock, zoneOffsetMin, sender, sourceId, kind, text, attachments, facts } = message;
  const encoded: MutableMessage = { at: writeAt(sentAtMs) };
  if (attachments.length > 0) encoded.attachments = attachments.map(encodeAttachment);
  if (clock !== 'absolute') encoded.clock = clock;
  if (facts !== null) encoded.facts = facts;
  if (sender !== null) encoded.from = personOf(sender);
  if (kind !== 'text') encoded.kind = kind;
  if (sourceId !== null) encoded.sourceId = sourceId;
  if (text !== '') encoded.text = text;
  if (zoneOffsetMin !== 0) encoded.zoneOffsetMin = zoneOffsetMin;
  return encoded;
}

/**
 * The line, without its line feed. Plain ones, which are nearly all, are put together here: an object made for each and written by
 * the engine took twice as long, and months as text were a tenth of a backup.
 */
export function writeMessage(
  message: Message,
  personOf: (person: PersonId) => PortableId,
  writeAt: (atMs: number) => string = writeInstant,
): string {
  const { sentAtMs, clock, zoneOffsetMin, sender, sourceId, kind, text, attachments, facts } = message;
  if (facts !== null || attachments.length > 0) return writeJson(encodeMessage(message, personOf, writeAt));
  let line = `{"at":"${writeAt(sentAtMs)}"`;
  if (clock !== 'absolute') line += `,"clock":"${clock}"`;
  if (sender !== null) line += `,"from":${writeText(personOf(sender))}`;
  if (kind !== 'text') line += `,"kind":"${kind}"`;
  if (sourceId !== null) line += `,"sourceId":${writeText(sourceId)}`;
  if (text !== '') line += `,"text":${writeText(text)}`;
  if (zoneOffsetMin !== 0) line += `,"zoneOffsetMin":${zoneOffsetMin}`;
  return `${line}}`;
}
