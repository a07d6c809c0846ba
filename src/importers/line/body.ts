// What a message's text says of itself: the places of media, calls, messages taken back. Words are LINE's own, in the
// languages of formats/international.md §7; others stay text.

import type { AttachmentRecord, MessageFacts, MessageKind } from '../../model/record';
import { noAttachments } from '../../model/record';
import { dropMarks } from '../marks';

export interface Body {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly AttachmentRecord[];
  readonly facts: MessageFacts | null;
}

type MediaKind = Exclude<AttachmentRecord['kind'], 'audio' | 'animation'>;

const mediaWords: readonly (readonly [MediaKind, string])[] = [
  ['image', 'Photo|Photos|写真|画像|照片|圖片|รูป|รูปภาพ|사진|Foto'],
  ['video', 'Video|動画|影片|视频|วิดีโอ|동영상'],
  ['sticker', 'Sticker|スタンプ|貼圖|贴图|สติกเกอร์|สติ๊กเกอร์|스티커|Stiker'],
  ['voice', 'Voice message|ボイスメッセージ|語音訊息|语音信息|语音消息|ข้อความเสียง|음성메시지'],
  ['file', 'File|ファイル|檔案|文件|ไฟล์|파일'],
  ['contact', 'Contact|連絡先|聯絡資訊|联系信息|รายชื่อติดต่อ|연락처'],
];
const mediaByWord = new Map(mediaWords.flatMap(([kind, words]) => words.split('|').map((word) => [word.toLowerCase(), kind] as const)));
/** Computers that speak Thai write these without brackets. */
const bareWords = new Set(['รูป', 'รูปภาพ', 'วิดีโอ', 'สติกเกอร์', 'สติ๊กเกอร์']);
const locationWords = new Set(['location', '位置情報', '位置', '位置信息', 'ตำแหน่ง', 'ตำแหน่งที่ตั้ง', '위치']);

const duration = /(?:^|\s)(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$/;
const missed = /missed|不在着信|未接|ไม่ได้รับสาย|부재중/i;
const cancelled = /cancel|キャンセル|取消|ยกเลิก|취소/i;
const unanswered = /no answer|応答|無回應|无应答|無人接聽|未接聽|응답/i;

/** The body of a message. `text` is without the quotation marks of several lines. */
export function readBody(text: string, isBare: boolean): Body {
  const plain = dropMarks(text).trim();
  const inside = plain.startsWith('[') && plain.endsWith(']') ? plain.slice(1, -1).trim() : isBare && bareWords.has(plain) ? plain : null;
  const media = inside === null ? undefined : mediaByWord.get(inside.toLowerCase());
  if (media !== undefined) return { kind: media, text: '', attachments: [missingMedia(media)], facts: null };
  if (inside !== null && locationWords.has(inside.toLowerCase())) return plainBody('location', text);
  if (plain.startsWith('☎') || plain === 'ไม่ได้รับสาย') return { ...plainBody('call', text), facts: { call: readCall(plain) } };
  return plainBody('text', text);
}

function plainBody(kind: MessageKind, text: string): Body {
  return { kind, text, attachments: noAttachments, facts: null };
}

function missingMedia(kind: MediaKind): AttachmentRecord {
  return { kind, name: null, entry: null, missing: 'not-exported', mime: null, sizeBytes: null };
}

function readCall(text: string): NonNullable<MessageFacts['call']> {
  const time = duration.exec(text);
  if (time) {
    const seconds = Number(time[1] ?? 0) * 3600 + Number(time[2]) * 60 + Number(time[3]);
    return { durationMs: seconds * 1000, outcome: 'answered', video: false };
  }
  const outcome = missed.test(text) || unanswered.test(text) ? 'missed' : cancelled.test(text) ? 'declined' : 'unknown';
  return { durationMs: null, outcome, video: false };
}

const unsentPatterns: readonly RegExp[] = [
  /^(.+) unsent a message\.?$/i,
  /^(.+)がメッセージの送信を取り消しました。?$/,
  /^(.+?) ?已?收回(?:了)?(?:一則|一条)?[訊消]息。?$/,
  /^(.*?) ?撤回了?一[条條][消訊]息。?$/,
  /^(.*?) ?ยกเลิกข้อความแล้ว$/,
  /^(.+)님이 메시지 전송을 취소했습니다\.?$/,
];
const unsentLimit = 256;

/** Who took a message back, where a line of LINE says so: a name, '' where it names nobody; else null. */
export function readUnsent(text: string): string | null {
  if (text.length > unsentLimit) return null;
  const plain = dropMarks(text).trim();
  for (const pattern of unsentPatterns) {
    const found = pattern.exec(plain);
    if (found) return found[1]?.trim() ?? '';
  }
  return null;
}

/** A text of several lines without the quotation marks around it, those inside halved. Others as they are. */
export function unquote(text: string): string {
  const isQuoted = text.length > 2 && text.startsWith('"') && text.endsWith('"') && text.includes('\n');
  return isQuoted ? text.slice(1, -1).replaceAll('""', '"') : text;
}
