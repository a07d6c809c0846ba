import { describe, expect, it } from 'vitest';
import { fileSetOfFiles } from '../../../src/bytes/file-set';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import { mediaKind, missingReason, readAttachments } from '../../../src/importers/telegram/media';
import type { MediaPlace } from '../../../src/importers/telegram/media';

function placeOf(folder: string, ...paths: readonly string[]): MediaPlace {
  const source = sourceOfBytes(Uint8Array.of(1));
  return {
    folder,
    files: fileSetOfFiles(
      'export',
      'folder',
      paths.map((path) => ({ path, sizeBytes: 1, modifiedAtMs: null, open: () => source })),
    ),
  };
}

describe('missingReason', () => {
  it.each([
    ['(File not included. Change data exporting settings to download.)', 'not-exported'],
    ['(File exceeds maximum size. Change data exporting settings to download.)', 'too-large'],
    ['(File unavailable, please try again later)', 'unavailable'],
    ['(Photo not included. Change data exporting settings to download.)', 'not-exported'],
    ['report.pdf (File exceeds maximum size. Change data exporting settings to download.)', 'too-large'],
    ['(some later sentence)', 'not-exported'],
    ['(some later sentence', 'not-exported'],
    ['photos/photo_1.jpg', null],
    ['files/report (1)', null],
    ['files/report (2).pdf', null],
    ['', null],
  ])('%j means %s', (path, reason) => {
    expect(missingReason(path)).toBe(reason);
  });
});

describe('readAttachments', () => {
  it('links a photo beside its result.json, and only there', () => {
    const message = { photo: 'photos/p.jpg', photo_file_size: 812, width: 960, height: 1280 };
    const attachment = { kind: 'image', name: 'p.jpg', mime: null, sizeBytes: 812, widthPx: 960, heightPx: 1280 };
    expect(readAttachments(message, placeOf('', 'result.json', 'photos/p.jpg'))).toEqual([{ ...attachment, entry: 1, missing: null }]);
    expect(readAttachments(message, placeOf('chat/', 'photos/p.jpg', 'chat/photos/p.jpg'))).toEqual([
      { ...attachment, entry: 1, missing: null },
    ]);
    expect(readAttachments(message, placeOf('chat/', 'photos/p.jpg'))).toEqual([{ ...attachment, entry: null, missing: 'not-in-archive' }]);
  });

  it('takes a file that is there for a file, even where its name looks like a placeholder', () => {
    const [attachment] = readAttachments({ file: '(File unavailable).txt' }, placeOf('', '(File unavailable).txt'));
    expect(attachment).toMatchObject({ kind: 'file', name: '(File unavailable).txt', entry: 0, missing: null });
  });

  it.each([
    ['sticker', 'sticker', 'sticker'],
    ['video_message', 'video', 'video'],
    ['voice_message', 'voice', 'voice'],
    ['animation', 'animation', 'video'],
    ['video_file', 'video', 'video'],
    ['audio_file', 'audio', 'file'],
    ['hologram', 'file', 'file'],
    [undefined, 'file', 'file'],
  ])('media_type %s is an attachment %s of a message %s', (media_type, attachmentKind, messageKind) => {
    const message = { file: 'x.bin', mime_type: 'a/b', duration_seconds: 3, ...(media_type === undefined ? {} : { media_type }) };
    expect(readAttachments(message, placeOf(''))).toEqual([
      { kind: attachmentKind, name: 'x.bin', entry: null, missing: 'not-in-archive', mime: 'a/b', sizeBytes: null, durationMs: 3000 },
    ]);
    expect(mediaKind(message)).toBe(messageKind);
  });

  it('keeps the name of a file that was not exported, and leaves thumbnails out', () => {
    const message = {
      file: '(File exceeds maximum size. Change data exporting settings to download.)',
      file_name: 'film.mkv',
      file_size: 5_000_000_000,
      thumbnail: 'film.mkv_thumb.jpg',
      thumbnail_file_size: 9000,
    };
    expect(readAttachments(message, placeOf('', 'film.mkv_thumb.jpg'))).toEqual([
      { kind: 'file', name: 'film.mkv', entry: null, missing: 'too-large', mime: null, sizeBytes: 5_000_000_000 },
    ]);
  });

  it('takes the card of a contact along, and nothing from a message without files', () => {
    expect(readAttachments({ contact_vcard: 'contacts/c.vcard', contact_vcard_file_size: 131 }, placeOf('', 'contacts/c.vcard'))).toEqual([
      { kind: 'contact', name: 'c.vcard', entry: 0, missing: null, mime: 'text/vcard', sizeBytes: 131 },
    ]);
    expect(readAttachments({ photo: null, file: 5 }, placeOf(''))).toEqual([]);
  });
});
