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

/** Leaves out what is null, empty or usual. `personOf` gives the portable id of a sender. */
export function encodeMessage(message: Message, personOf: (person: PersonId) => PortableId): PortableMessage {
  const { sentAtMs, clock, zoneOffsetMin, sender, sourceId, kind, text, attachments, facts } = message;
  return {
    at: writeInstant(sentAtMs),
    ...(attachments.length > 0 && { attachments: attachments.map(encodeAttachment) }),
    ...(clock !== 'absolute' && { clock }),
    ...(facts !== null && { facts }),
    ...(sender !== null && { from: personOf(sender) }),
    ...(kind !== 'text' && { kind }),
    ...(sourceId !== null && { sourceId }),
    ...(text !== '' && { text }),
    ...(zoneOffsetMin !== 0 && { zoneOffsetMin }),
  };
}
