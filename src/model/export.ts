// Exports: the whole archive in one age file, or chosen messages in the clear.

import type { ConversationId, Sha256Hex } from './ids';
import type { Language } from './language';

/** What will open it: a passphrase, or an age identity whose recipient (`age1…`) this is. */
export interface ExportLock {
  readonly kind: 'passphrase' | 'recipient';
  readonly text: string;
}

export interface ExportResult {
  /** Of the file, which was read back whole. */
  readonly fileBytes: number;
  /** Files inside of it. */
  readonly files: number;
  readonly conversations: number;
  readonly messages: number;
  readonly media: number;
  /** Media of which a message tells and whose bytes are not on this device, or are damaged here. */
  readonly leftOutMedia: number;
}

/** Where the file lies inside of the browser (origin-private file system), until it was downloaded. */
export const privateExportName = 'camphor-export.age';

/** How messages can be written in the clear, for people and for other programs. */
export const messageFormats = ['html', 'pdf', 'txt', 'markdown', 'csv', 'json', 'jsonl', 'chatlab', 'telegram'] as const;
export type MessageFormat = (typeof messageFormats)[number];

const extensions: Readonly<Record<MessageFormat, string>> = {
  html: 'html',
  pdf: 'pdf',
  txt: 'txt',
  markdown: 'md',
  csv: 'csv',
  json: 'json',
  jsonl: 'jsonl',
  chatlab: 'json',
  telegram: 'json',
};

const singleFormats: ReadonlySet<MessageFormat> = new Set<MessageFormat>(['chatlab']);

/** What is found by its form: telephone numbers, addresses of e-mail, links, long numbers (of cards, accounts, papers). */
export const redactedKinds = ['phones', 'emails', 'links', 'digits'] as const;
export type RedactedKind = (typeof redactedKinds)[number];

/** What is blacked out, in every place of every format. */
export interface Redaction {
  /** As they are written, whatever their case and width; also inside of longer words. */
  readonly words: readonly string[];
  readonly kinds: readonly RedactedKind[];
}
export const mostRedactedWords = 1000;

/** Which messages, and how they are written. */
export interface MessageExport {
  /** Null: all that are shown and not hidden. */
  readonly conversations: readonly ConversationId[] | null;
  /** Instants [fromMs, toMs); null is open. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Of these conversations only the messages with these numbers, as a search found them or the owner chose them; null: all messages. */
  readonly found: ReadonlyMap<ConversationId, readonly number[]> | null;
  readonly format: MessageFormat;
  /** `beside`: in a folder of the ZIP that it then becomes. `inside`: small ones in an HTML file, pictures in a PDF. */
  readonly media: 'none' | 'inside' | 'beside';
  /** `pseudonyms`: the same stand-in for the same person wherever they are named. */
  readonly names: 'shown' | 'pseudonyms';
  /** Absent: nothing is blacked out. */
  readonly redaction?: Redaction;
  /** IANA zone in which instants are written for people. */
  readonly zone: string;
  readonly language: Language;
}

/** Chosen messages with what was said around them, and all by which somebody can check that nothing of it was changed since. */
export interface EvidenceExport extends Pick<MessageExport, 'conversations' | 'fromMs' | 'toMs' | 'found' | 'zone' | 'language'> {
  readonly format: 'evidence';
  /** Messages before and behind each that was chosen. */
  readonly contextMessages: number;
  /** Also the original archives, where they were kept; these hold other conversations too. */
  readonly withOriginals: boolean;
}
/** In one pack, those around the chosen ones included. */
export const mostEvidenceMessages = 100_000;

/** True for formats whose files hold one conversation each: several are several files. */
export const isSingle = (format: MessageFormat): boolean => singleFormats.has(format);

/** True where what is written is a ZIP of several files, or of as many as there are. */
export function isZipped({ format, media, conversations }: Pick<MessageExport, 'format' | 'media' | 'conversations'>): boolean {
  return media === 'beside' || (isSingle(format) && conversations?.length !== 1);
}

/** Of a document in that format, without the dot. */
export const documentExtension = (format: MessageFormat): string => extensions[format];

/** Of the file that is written, without the dot. */
export function extensionOf(request: Pick<MessageExport, 'format' | 'media' | 'conversations'>): string {
  return isZipped(request) ? 'zip' : extensions[request.format];
}

export interface MessageExportProgress {
  readonly doneMessages: number;
  /** Of the conversations chosen, those apart that another choice then leaves out. */
  readonly totalMessages: number;
  readonly writtenBytes: number;
}

export interface MessageExportResult {
  readonly fileBytes: number;
  readonly conversations: number;
  readonly messages: number;
  readonly media: number;
  /** Files of which a message tells and that are not in it, though media were asked for. */
  readonly leftOutMedia: number;
  /** Of an evidence pack. */
  readonly evidence?: EvidenceResult;
}

/** What is to be noted of a pack, and what can be saved apart from it. */
export interface EvidenceResult {
  /** Of `manifest.json`. */
  readonly manifestSha256: Sha256Hex;
  /** The page that checks packs, as it is in the pack. */
  readonly verifier: string;
  readonly chosen: number;
  /** Files of original archives that are in the pack. */
  readonly originals: number;
}

/** Where written messages lie inside of the browser, in the clear, until they were downloaded. */
export const privateMessagesName = 'camphor-messages';
