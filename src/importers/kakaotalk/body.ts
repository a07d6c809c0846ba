// What a message's text says of itself: the places of media, messages taken back (formats/international.md §8).

import type { FileSet } from '../../bytes/source';
import type { AttachmentRecord, MessageFacts, MessageKind, MissingReason } from '../../model/record';
import { noAttachments } from '../../model/record';
import { findFile } from '../archive-files';
import { dropMarks } from '../marks';

export interface Body {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly AttachmentRecord[];
  readonly facts: MessageFacts | null;
}

/** Where the files that messages name may lie. */
export interface MediaPlace {
  readonly files: FileSet;
  readonly folder: string;
}

type MediaKind = 'image' | 'video' | 'voice' | 'sticker';

const mediaWords: ReadonlyMap<string, MediaKind> = new Map([
  ['사진', 'image'],
  ['동영상', 'video'],
  ['이모티콘', 'sticker'],
  ['음성메시지', 'voice'],
  ['photo', 'image'],
  ['photos', 'image'],
  ['video', 'video'],
  ['emoticon', 'sticker'],
  ['emoticons', 'sticker'],
  ['voice note', 'voice'],
]);
const unread: ReadonlyMap<string, MediaKind> = new Map([
  ['<사진 읽지 않음>', 'image'],
  ['<동영상 읽지 않음>', 'video'],
]);
const deletedTexts = new Set(['삭제된 메시지입니다.', 'the message has been deleted.', 'this message was deleted.']);
const severalPhotos = /^(?:사진 (\d{1,2})장|(\d{1,2}) photos|Photos? \((\d{1,2})\))$/i;
const namedFile = /^(?:파일|File) ?: (.{1,255})$/;
const mediaName = /^[^\s/\\]{1,200}\.(?:(jpe?g|png|gif|webp|heic)|(mp4|mov)|(m4a|amr|aac))$/i;
const bodyLimit = 300;

/** The body of a message. */
export function readBody(text: string, place: MediaPlace): Body {
  if (text.length > bodyLimit) return plainBody(text);
  const plain = dropMarks(text).trim();
  const word = plain.toLowerCase();
  if (deletedTexts.has(word)) return { ...plainBody(text), facts: { deleted: { by: 'sender' } } };
  const kind = mediaWords.get(word) ?? unread.get(word);
  if (kind !== undefined) return mediaBody(kind, 1, unread.has(word) ? 'unavailable' : 'not-exported');
  const several = severalPhotos.exec(plain);
  if (several) return mediaBody('image', Number(several[1] ?? several[2] ?? several[3]), 'not-exported');
  return readNamedFile(plain, place) ?? plainBody(text);
}

function plainBody(text: string): Body {
  return { kind: 'text', text, attachments: noAttachments, facts: null };
}

function mediaBody(kind: MediaKind, count: number, missing: MissingReason): Body {
  const attachment = { kind, name: null, entry: null, missing, mime: null, sizeBytes: null } as const;
  return { kind, text: '', attachments: Array.from({ length: Math.max(1, count) }, () => attachment), facts: null };
}

/** `파일: NAME`, or nothing but the name of a file that lies beside the text. */
function readNamedFile(text: string, { files, folder }: MediaPlace): Body | null {
  const label = namedFile.exec(text)?.[1];
  const own = label === undefined ? mediaName.exec(text) : null;
  const name = label ?? own?.[0];
  if (name === undefined) return null;
  const entry = findFile(files, folder, name);
  if (entry < 0 && label === undefined) return null;
  const kind = own?.[1] ? 'image' : own?.[2] ? 'video' : own?.[3] ? 'voice' : 'file';
  const found = files.entries[entry];
  const attachment: AttachmentRecord = {
    kind,
    name,
    entry: found === undefined ? null : entry,
    missing: found === undefined ? 'not-exported' : null,
    mime: null,
    sizeBytes: found?.sizeBytes ?? null,
  };
  return { kind, text: '', attachments: [attachment], facts: null };
}
