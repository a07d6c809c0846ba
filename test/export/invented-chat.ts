// Invented conversations with every kind of message, names and texts of strangers among them.

import fc from 'fast-check';
import { encodeMessage } from '../../src/backup/encode-message';
import { mediaFileName } from '../../src/backup/media-path';
import { portableId } from '../../src/backup/portable-id';
import { writeJson } from '../../src/backup/canonical-json';
import { joinBytes } from '../../src/bytes/join-bytes';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { writeMessages } from '../../src/export/messages/write-messages';
import type { ArchiveTarget } from '../../src/export/write-chunks';
import { CamphorError } from '../../src/model/error';
import type { MessageExport, MessageExportProgress, MessageExportResult } from '../../src/model/export';
import type { Sha256Hex } from '../../src/model/ids';
import type { Message } from '../../src/model/message';
import type { MessageKind } from '../../src/model/record';
import type { ArchiveReader, MediaEntry, PersonEntry } from '../../src/vault/archive';
import { memoryReader, message, personId } from '../search/memory-reader';

export const hostileTexts = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  'line\u2028separator\u2029and\u0085next',
  '\u202egnp.exe\u2066 hidden \u200e',
  '=cmd()|" /C calc"!A0',
  "'=already quoted",
  '+1 2 3',
  '-2',
  '@SUM(A1)',
  '\ttab first',
  '\rcarriage',
  'two\nlines\r\nand\rthree',
  '[2024-03-14 08:30:05] Ada: forged\n[2024-03-14 08:30:06] Bob: forged too',
  '# heading\n> quote\n- item\n1. one\n```\ncode\n<!-- x -->',
  '"quotes", commas; and \\ backslashes',
  '\ud800 lone surrogate \0 null',
  '__proto__',
  '👨‍👩‍👧 家人 مرحبا',
  ']]><!--',
  '',
];

export const hostileNames = [
  '=HYPERLINK("http://x")',
  '../../etc/passwd',
  '<b>Ada</b>',
  'Bob\u202eexe',
  'a"b,c\nd',
  '__proto__',
  '王小明',
  'con',
];

export const person = (id: string, name: string, fields: Partial<PersonEntry> = {}): PersonEntry => ({
  id: personId(id),
  source: 'whatsapp',
  sourceId: `${id}@s.whatsapp.net`,
  conversation: null,
  names: [name],
  isOwner: false,
  ...fields,
});

export const people: readonly PersonEntry[] = [
  person('me', 'Ada Lovelace', { isOwner: true }),
  ...hostileNames.map((name, at) => person(`p${at}`, name)),
];

const startMs = Date.UTC(2024, 2, 14, 8, 30, 5);

/** Messages of any kind, at whole seconds, with texts that mean something to some program. */
export const anyMessages: fc.Arbitrary<readonly Message[]> = fc
  .array(
    fc.record({
      text: fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', maxLength: 40 })),
      sender: fc.constantFrom(null, ...people.map(({ id }) => id)),
      kind: fc.constantFrom<MessageKind>('text', 'text', 'text', 'system', 'unknown'),
      gapSeconds: fc.integer({ min: 0, max: 100_000 }),
    }),
    { maxLength: 40 },
  )
  .map((drawn) => {
    let atMs = startMs;
    return drawn.map(({ gapSeconds, ...fields }, seq) => {
      atMs += gapSeconds * 1000;
      return message(fields.text, { ...fields, seq, sentAtMs: atMs, sourceId: `id-${seq}` });
    });
  });

export const sha = (digit: string): Sha256Hex => digit.repeat(64) as Sha256Hex;

/** One of each kind, with files that are there, elsewhere and missing. */
export function everyKind(): readonly Message[] {
  const at = (minute: number): number => startMs + minute * 60_000;
  const file = { name: null, mime: null, sizeBytes: null, missing: null } as const;
  const [me, other] = [people[0]?.id ?? null, people[1]?.id ?? null];
  return [
    message('hello', { seq: 0, sentAtMs: at(0), sender: me, sourceId: 'a' }),
    message('', { seq: 1, sentAtMs: at(1), sender: other, kind: 'image', attachments: [{ ...file, kind: 'image', sha256: sha('a'), name: '../../evil.html' }] }),
    message('a caption', { seq: 2, sentAtMs: at(2), sender: me, kind: 'video', attachments: [{ ...file, kind: 'video', sha256: null, missing: 'omitted' }] }),
    message('', { seq: 3, sentAtMs: at(3), sender: me, kind: 'voice', attachments: [{ ...file, kind: 'voice', sha256: sha('b'), durationMs: 3000 }] }),
    message('', { seq: 4, sentAtMs: at(4), sender: other, kind: 'file', attachments: [{ ...file, kind: 'file', sha256: sha('c'), name: 'report.html' }] }),
    message('', { seq: 5, sentAtMs: at(5), sender: me, kind: 'sticker', attachments: [{ ...file, kind: 'sticker', sha256: sha('d') }] }),
    message('', { seq: 6, sentAtMs: at(6), sender: me, kind: 'location', facts: { location: { latitude: 52.5, longitude: 13.4, name: 'Zoo' } } }),
    message('', { seq: 7, sentAtMs: at(7), sender: me, kind: 'contact', facts: { contact: { name: 'Carl', phone: '+49 1' } } }),
    message('', { seq: 8, sentAtMs: at(8), sender: other, kind: 'call', facts: { call: { durationMs: 61_000, outcome: 'answered', video: false } } }),
    message('', { seq: 9, sentAtMs: at(9), sender: me, kind: 'poll', facts: { poll: { question: 'When?', options: [{ text: 'Now', votes: 2 }] } } }),
    message('Ada left', { seq: 10, sentAtMs: at(10), kind: 'system', facts: { service: { action: 'leave' } } }),
    message('', { seq: 11, sentAtMs: at(11), sender: other, kind: 'unknown', facts: { extra: { raw: { odd: true } } } }),
    message('said again', { seq: 12, sentAtMs: at(12), sender: other, facts: { replyTo: { sourceId: 'a', excerpt: 'hello' }, edited: { editedAtMs: null }, reactions: [{ emoji: '👍', count: 1, by: ['Ada Lovelace'] }] } }),
    message('gone', { seq: 13, sentAtMs: at(13), sender: other, clock: 'minute', zoneOffsetMin: 480, facts: { deleted: { by: 'sender' }, forward: { fromName: 'Carl' } } }),
  ]; // prettier-ignore
}

/** Media by hash: type and bytes; null bytes lie elsewhere. */
export type InventedMedia = ReadonlyMap<string, { readonly mime: string; readonly bytes: Uint8Array | null }>;

export const someMedia: InventedMedia = new Map([
  [sha('a'), { mime: 'image/png', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) }],
  [sha('b'), { mime: 'audio/ogg', bytes: Uint8Array.of(0x4f, 0x67, 0x67, 0x53) }],
  [sha('c'), { mime: 'text/html', bytes: new TextEncoder().encode('<script>alert(1)</script>') }],
  [sha('d'), { mime: 'image/webp', bytes: null }],
]);

/** The reader with media; those in `damaged` cannot be read to their end. */
export function withMedia(reader: ArchiveReader, media: InventedMedia, damaged: ReadonlySet<string> = new Set()): ArchiveReader {
  const entryOf = (sha256: Sha256Hex): MediaEntry | null => {
    const found = media.get(sha256);
    if (found === undefined) return null;
    const chunks = found.bytes === null ? [] : (['chunk'] as unknown as MediaEntry['chunks']);
    const sizeBytes = found.bytes?.length ?? 7;
    return { sha256, mime: found.mime, sizeBytes, chunks, thumbnail: null, widthPx: null, heightPx: null, receipts: [] };
  };
  return {
    ...reader,
    media: async (sha256) => entryOf(sha256),
    openMedia: ({ sha256 }) => {
      const source = sourceOfBytes(media.get(sha256)?.bytes ?? new Uint8Array());
      return damaged.has(sha256) ? { ...source, read: () => Promise.reject(new CamphorError('tampered')) } : source;
    },
  };
}

export const anyExport: MessageExport = {
  conversations: null,
  fromMs: null,
  toMs: null,
  found: null,
  format: 'txt',
  media: 'none',
  names: 'shown',
  zone: 'Europe/Berlin',
  language: 'en',
};

export interface Written {
  readonly result: MessageExportResult;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly reports: readonly MessageExportProgress[];
}

/** Writes into memory. */
export async function write(reader: ArchiveReader, request: Partial<MessageExport>, target: Partial<ArchiveTarget> = {}): Promise<Written> {
  const pieces: Uint8Array[] = [];
  const reports: MessageExportProgress[] = [];
  const whole = (): Uint8Array =>
    joinBytes(
      pieces,
      pieces.reduce((sum, { length }) => sum + length, 0),
    );
  const memory: ArchiveTarget = {
    reserve: async () => {},
    write: async (bytes) => void pieces.push(bytes.slice()),
    close: async () => sourceOfBytes(whole()),
    ...target,
  };
  const result = await writeMessages(
    {
      reader,
      overlays: [],
      request: { ...anyExport, ...request },
      encoding: { message: encodeMessage, id: portableId, writeJson },
      salt: 'salt',
      nowMs: startMs,
      fileNameOf: mediaFileName,
      report: (progress) => reports.push(progress),
    },
    memory,
  );
  const bytes = whole();
  return { result, bytes, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), reports };
}

export const readerOf = (messages: readonly Message[], segmentSize = 7): ArchiveReader =>
  memoryReader([{ id: 'c1', name: hostileNames[0] ?? '', messages }], people, segmentSize);
