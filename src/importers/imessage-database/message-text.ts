// The text of a message, its marks, and the texts that it had before.

import { readAttributedString } from '../../bytes/attributed-string';
import type { AttributedText } from '../../bytes/attributed-string';
import { readBinaryPlist } from '../../bytes/binary-plist';
import type { PlistValue } from '../../bytes/binary-plist';
import type { Row } from '../../bytes/sqlite/row';
import type { OlderText, TextEntity } from '../../model/record';
import { appleSecondsMs } from './apple-time';

/** Stands in the text where an attachment is. */
const slot = '\ufffc';

export interface MessageText {
  readonly text: string;
  readonly entities: readonly TextEntity[];
}

/** Since 2022 only `attributedBody` holds it; before, both do. */
export function readText(row: Row): MessageText {
  const body = row.blob('attributedBody');
  const attributed = body === null ? null : readAttributedString(body);
  const text = row.words('text') ?? attributed?.text ?? '';
  const entities = attributed?.text === text && !text.includes(slot) ? readEntities(attributed) : [];
  return { text: withoutSlots(text), entities };
}

function withoutSlots(text: string): string {
  return text.includes(slot) ? text.replaceAll(slot, '').trim() : text;
}

const entityTypes = new Map<string, TextEntity['type']>([
  ['__kIMMentionConfirmedMention', 'mention'],
  ['__kIMLinkAttributeName', 'link'],
  ['__kIMTextBoldAttributeName', 'bold'],
  ['__kIMTextItalicAttributeName', 'italic'],
  ['__kIMTextUnderlineAttributeName', 'underline'],
  ['__kIMTextStrikethroughAttributeName', 'strikethrough'],
]);

function readEntities({ runs, text }: AttributedText): TextEntity[] {
  return runs.flatMap(({ offset, length, attributes }) =>
    [...attributes.keys()].flatMap((name): TextEntity[] => {
      const type = entityTypes.get(name);
      return type === undefined || offset + length > text.length ? [] : [{ type, offset, length }];
    }),
  );
}

/** `message_summary_info`: under `ec` by part of the message its texts, oldest first; the last is the present one. */
export function readOlderTexts(summary: Uint8Array | null): readonly OlderText[] {
  const edits = summary === null ? null : memberOf(readBinaryPlist(summary), 'ec');
  if (!(edits instanceof Map)) return [];
  return [...edits.values()].flatMap((part) => (Array.isArray(part) ? part.slice(0, -1).flatMap(readEdit) : []));
}

function readEdit(edit: PlistValue): OlderText[] {
  const [stream, at] = [memberOf(edit, 't'), memberOf(edit, 'd')];
  const text = stream instanceof Uint8Array ? readAttributedString(stream)?.text : undefined;
  return text === undefined ? [] : [{ text: withoutSlots(text), editedAtMs: typeof at === 'number' ? appleSecondsMs(at) : null }];
}

function memberOf(value: PlistValue, name: string): PlistValue {
  return value instanceof Map ? ((value as ReadonlyMap<string, PlistValue>).get(name) ?? null) : null;
}
