// What a message says, made of its elements one by one.

import type { Json, JsonObject } from '../../../model/json';
import type { AttachmentRecord, MessageFacts, MessageKind, TextEntity } from '../../../model/record';

/** From the most telling to the least: a message of several elements is what the first of these is. */
const kindOrder: readonly MessageKind[] = [
  ...(['system', 'forwarded', 'call', 'transfer', 'location', 'contact', 'link', 'voice', 'video'] as const),
  ...(['file', 'image', 'sticker', 'text', 'unknown'] as const),
];

/** A file as its element describes it. */
export interface ElementFile {
  readonly kind: AttachmentRecord['kind'];
  readonly name: string | null;
  /** Of the device. */
  readonly path: string | null;
  readonly sizeBytes: number | null;
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly durationMs: number | null;
}

export class Content {
  text = '';
  kind: MessageKind | null = null;
  readonly files: ElementFile[] = [];
  readonly entities: TextEntity[] = [];
  readonly extra: Record<string, Json> = {};
  facts: MessageFacts = {};
  /** Elements that are not understood, or not wholly. */
  readonly kept: JsonObject[] = [];

  add(kind: MessageKind, text: string): void {
    if (this.kind === null || kindOrder.indexOf(kind) < kindOrder.indexOf(this.kind)) this.kind = kind;
    this.text += text;
  }

  addFacts(facts: MessageFacts): void {
    this.facts = { ...this.facts, ...facts };
  }

  addExtra(name: string, value: Json): void {
    if (value !== null && value !== '') this.extra[name] = value;
  }
}
