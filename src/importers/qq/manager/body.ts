// What the text of a message stands for, where the message manager writes placeholders and notices.

import { noAttachments } from '../../../model/record';
import type { AttachmentRecord, MessageKind } from '../../../model/record';

export interface ManagerBody {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly AttachmentRecord[];
}

const picture = '[图片]';
/** The notice of a file that was sent or received, seen in MHT files: `成功接收离线文件“名.jpg”(16.00KB) 打开文件 …`. */
const filePattern = /^(?:\d{1,2}:\d{2}:\d{2})?成功(?:接收|发送)(?:离线)?文件“([^”\n]{1,400})”/;

/** A body of plain text: each `[图片]` is a picture that the text file leaves out. */
export function readBody(text: string): ManagerBody {
  const file = filePattern.exec(text);
  if (file !== null) return { kind: 'file', text, attachments: [omitted('file', file[1] ?? null)] };
  if (!text.includes(picture)) return { kind: 'text', text, attachments: noAttachments };
  const parts = text.split(picture);
  return { kind: 'image', text: parts.join('').trim(), attachments: parts.slice(1).map(() => omitted('image', null)) };
}

function omitted(kind: AttachmentRecord['kind'], name: string | null): AttachmentRecord {
  return { kind, name, entry: null, missing: 'omitted', mime: null, sizeBytes: null };
}
