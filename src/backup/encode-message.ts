// A message as a line of its month.

import type { Attachment, Message } from '../model/message';
import type { PersonId } from '../model/ids';
import type { PortableAttachment, PortableId, PortableMessage } from '../model/portable';
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

/** Leaves out what is null, empty or usual; fields come in the order of their names. `personOf` gives the portable id of a sender. */
export function encodeMessage(message: Message, personOf: (person: PersonId) => PortableId): PortableMessage {
  const { sentAtMs, clock, zoneOffsetMin, sender, sourceId, kind, text, attachments, facts } = message;
  const encoded: MutableMessage = { at: writeInstant(sentAtMs) };
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
