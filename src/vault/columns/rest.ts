// The column `rest`: the source's own ids, and what only some messages have.
//
// ids: a byte says how. 0: none has one. 1: all are decimal numbers, differences as zigzag varints (exports count upwards).
// 2: JSON array of strings and nulls, with its length before it. Then JSON of [steps since the last, attachments, facts]
// for those that have any, 0 standing for none.

import { CamphorError } from '../../model/error';
import { freeBytes } from '../../model/free-bytes';
import type { Attachment, Message } from '../../model/message';
import type { MessageFacts } from '../../model/record';
import { jsonBytes, jsonValue } from '../utf8';
import { type ByteReader, type ByteWriter, byteReader, byteWriter } from '../varint';

export type RestItem = Pick<Message, 'sourceId' | 'attachments' | 'facts'>;

const noIds = 0;
const numbers = 1;
const strings = 2;

/** Numbers above this would not survive the zigzag. */
const greatestNumber = 2 ** 51;
const decimal = /^(?:0|[1-9][0-9]{0,15})$/;
const noAttachments: readonly Attachment[] = Object.freeze([]);

type SparseItem = readonly [step: number, attachments: readonly Attachment[] | 0, facts: MessageFacts | 0];

function isNumber(id: string | null): boolean {
  return id !== null && decimal.test(id) && Number(id) <= greatestNumber;
}

function writeJson(writer: ByteWriter, value: unknown): void {
  const bytes = jsonBytes(value);
  writer.varint(bytes.length);
  writer.bytes(bytes);
  freeBytes(bytes);
}

function readJson(reader: ByteReader): unknown {
  return jsonValue(reader.bytes(reader.varint()));
}

function writeIds(writer: ByteWriter, messages: readonly RestItem[]): void {
  if (messages.every(({ sourceId }) => sourceId === null)) return writer.byte(noIds);
  if (!messages.every(({ sourceId }) => isNumber(sourceId))) {
    writer.byte(strings);
    return writeJson(
      writer,
      messages.map(({ sourceId }) => sourceId),
    );
  }
  writer.byte(numbers);
  let before = 0;
  for (const { sourceId } of messages) {
    writer.zigzag(Number(sourceId) - before);
    before = Number(sourceId);
  }
}

function readIds(reader: ByteReader, length: number): readonly (string | null)[] {
  const how = reader.byte();
  if (how === noIds) return Array.from({ length }, () => null);
  if (how === numbers) {
    let id = 0;
    return Array.from({ length }, () => String((id += reader.zigzag())));
  }
  const ids = how === strings ? readJson(reader) : null;
  if (!Array.isArray(ids) || ids.length !== length) throw new CamphorError('damaged');
  return ids as (string | null)[];
}

export function encodeRest(messages: readonly RestItem[]): Uint8Array<ArrayBuffer> {
  const writer = byteWriter();
  writer.varint(messages.length);
  writeIds(writer, messages);
  const sparse: SparseItem[] = [];
  let before = 0;
  messages.forEach(({ attachments, facts }, index) => {
    if (attachments.length === 0 && facts === null) return;
    sparse.push([index - before, attachments.length === 0 ? 0 : attachments, facts ?? 0]);
    before = index;
  });
  writeJson(writer, sparse);
  return writer.finish();
}

/** Throws CamphorError `damaged` for bytes that `encodeRest` does not make. */
export function decodeRest(bytes: Uint8Array, messageLimit: number): readonly RestItem[] {
  const reader = byteReader(bytes);
  const length = reader.varint();
  if (length > messageLimit) throw new CamphorError('damaged');
  const items: RestItem[] = readIds(reader, length).map((sourceId) => ({ sourceId, attachments: noAttachments, facts: null }));
  const sparse = readJson(reader);
  if (!Array.isArray(sparse) || !sparse.every(Array.isArray)) throw new CamphorError('damaged');
  let index = 0;
  for (const [step, attachments, facts] of sparse as unknown as readonly SparseItem[]) {
    index += step;
    const item = items[index];
    if (item === undefined) throw new CamphorError('damaged');
    items[index] = { sourceId: item.sourceId, attachments: attachments || noAttachments, facts: facts || null };
  }
  return items;
}
