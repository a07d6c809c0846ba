// One message of Discord's own data package to a neutral message. All of them are by the account's owner.

import type { JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageRecord, Span } from '../../model/record';
import { baseName } from '../archive-files';
import { fileKindOf, messageKindOf } from '../file-kind';
import { parseInstant } from '../instant';
import { idOf, membersBeyond, words } from '../json-fields';
import { snowflakeTime } from './snowflake';

const neutralKeys = new Set(['ID', 'Timestamp', 'Contents', 'Attachments']);
const msPerSecond = 1000;

/** The message; null where it has no time. Files are addresses only, which expire. */
export function toPackageMessage(fields: JsonObject, conversation: number, sender: number, span: Span): MessageRecord | null {
  const id = idOf(fields['ID']);
  const sentAtMs = timeOf(words(fields['Timestamp']), id);
  if (sentAtMs === null) return null;
  const urls = (words(fields['Attachments']) ?? '').split(/\s+/).filter((url) => url !== '');
  const attachments = urls.length === 0 ? noAttachments : urls.map(toAttachment);
  const rest = membersBeyond(fields, neutralKeys);
  const extra = urls.length === 0 ? rest : { ...rest, attachments: urls };
  const [first] = attachments;
  return {
    type: 'message',
    conversation,
    sender,
    sourceId: id,
    sentAtMs,
    clock: 'absolute',
    kind: first === undefined ? 'text' : messageKindOf(first.kind),
    text: words(fields['Contents']) ?? '',
    attachments,
    facts: extra === null ? null : { extra },
    ...span,
  };
}

/** The clock is UTC and often of seconds only; then the id, where it is of the same second, tells the millisecond. */
function timeOf(timestamp: string | null, id: string | null): number | null {
  const clockMs = timestamp === null ? null : parseInstant(timestamp, 'utc');
  const idMs = id === null ? null : snowflakeTime(id);
  if (clockMs === null || idMs === null) return clockMs ?? idMs;
  return clockMs === Math.floor(idMs / msPerSecond) * msPerSecond ? idMs : clockMs;
}

function toAttachment(url: string): AttachmentRecord {
  const name = baseName(/^[^?#]*/.exec(url)?.[0] ?? url);
  return { kind: fileKindOf(name), name, entry: null, missing: 'not-in-archive', mime: null, sizeBytes: null };
}
