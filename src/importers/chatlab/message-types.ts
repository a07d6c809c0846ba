// Message types of the ChatLab Format 0.0.2 (hellodigua/ChatLab, docs/cn/chatlab-format.md).

import type { AttachmentRecord, MessageKind } from '../../model/record';

export interface ChatLabType {
  readonly kind: MessageKind;
  /** Types whose messages carry a file. */
  readonly attachment?: AttachmentRecord['kind'];
  /** For system lines. */
  readonly action?: string;
  /** True where several types have one neutral kind: then the number is kept. */
  readonly keepType?: true;
}

/** By number; 99 and numbers that are not here are unknown. */
export const chatLabTypes: ReadonlyMap<number, ChatLabType> = new Map<number, ChatLabType>([
  [0, { kind: 'text' }],
  [1, { kind: 'image', attachment: 'image' }],
  [2, { kind: 'voice', attachment: 'voice' }],
  [3, { kind: 'video', attachment: 'video' }],
  [4, { kind: 'file', attachment: 'file' }],
  [5, { kind: 'sticker', attachment: 'sticker' }],
  [7, { kind: 'link' }],
  [8, { kind: 'location' }],
  [20, { kind: 'transfer', keepType: true }],
  [21, { kind: 'transfer', keepType: true }],
  [22, { kind: 'system', action: 'poke' }],
  [23, { kind: 'call' }],
  [24, { kind: 'link', keepType: true }],
  [25, { kind: 'text' }],
  [26, { kind: 'forwarded' }],
  [27, { kind: 'contact' }],
  [80, { kind: 'system' }],
  [81, { kind: 'system', action: 'recall' }],
]);

export const replyType = 25;
export const recallType = 81;

/** What exporters write as the content of a file's message when it has no caption. */
export const mediaPlaceholders: ReadonlySet<string> = new Set([
  '[图片]',
  '[照片]',
  '[语音]',
  '[视频]',
  '[文件]',
  '[表情]',
  '[表情包]',
  '[动画表情]',
  '[贴纸]',
  '[Image]',
  '[Photo]',
  '[Voice]',
  '[Audio]',
  '[Video]',
  '[File]',
  '[Sticker]',
  '[Emoji]',
]);
