// What a message is beyond its letters: media, deletions, edits, polls, places, calls. Most bodies are plain text, so a
// look at a few code units decides first whether anything else is possible.

import { noAttachments, type AttachmentRecord, type MessageFacts, type MessageKind } from '../../model/record';
import { messageKindOf } from '../file-kind';
import { findAttached, findOmitted, missingMedia, type FoundMedia, type MediaPlaces } from './attachment';
import { readCall, readLocation, readPoll } from './body-facts';
import { emptyIfInvisible, leftToRightMark, leftToRightMarkCode, phraseKey, trimEndMarks } from '../marks';
import { deletedByAdminPrefix, deletedPhrases, editedBareSuffix, editedPhrases, liveLocationPhrases } from './phrases';

export interface Body {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly AttachmentRecord[];
  readonly facts: MessageFacts | null;
}

export interface BodyContext {
  readonly places: MediaPlaces;
  readonly isRepeated: (phrase: string) => boolean;
}

/** First code unit, as a number, of each phrase that stands alone, and the lengths that such phrases have, as bits. */
const lonePhrases = new Map<number, number>();
for (const phrase of [...deletedPhrases.keys(), ...liveLocationPhrases, 'null']) {
  for (const first of [phrase[0]!, phrase[0]!.toUpperCase()]) {
    const code = first.charCodeAt(0);
    lonePhrases.set(code, (lonePhrases.get(code) ?? 0) | lengthBit(phrase.length) | lengthBit(phrase.length + 1));
  }
}

function lengthBit(length: number): number {
  return 1 << (length & 31);
}

const lonePhraseLimit = 64;
const mapsAddress = 'https://maps.google.com/?q=';

/** True where the body may be more than plain text. Cheap, and never false for what `readBody` would understand. */
export function isMarkedBody(body: string, bracketed: boolean): boolean {
  const length = body.length;
  if (length === 0) return false;
  const first = body.charCodeAt(0);
  const last = body.charCodeAt(length - 1);
  if (first === leftToRightMarkCode || last === 0x3e || last === 0x29) return true;
  if (length <= lonePhraseLimit && ((lonePhrases.get(first) ?? 0) & lengthBit(length)) !== 0) return true;
  if (first === 0x54 && body.startsWith(deletedByAdminPrefix)) return true;
  if (last >= 0x30 && last <= 0x39 && body.includes(mapsAddress)) return true;
  if (last === 0x69 && body.endsWith(editedBareSuffix)) return true;
  if (bracketed && body.includes(leftToRightMark)) return true;
  const lineEnd = body.indexOf('\n');
  if (lineEnd <= 0) return false;
  const lineLast = body.charCodeAt(lineEnd - 1);
  return lineLast === 0x3e || lineLast === 0x29 || lineLast === 0x3a;
}

/**
 * Reads a body; null where it is a system line of an iPhone (it begins with a mark and is nothing that a person sends).
 * `bracketed`: the line was written by an iPhone.
 */
export function readBody(body: string, bracketed: boolean, context: BodyContext): Body | null {
  const kept = withoutEditedMark(body);
  const edited = kept === null ? undefined : { editedAtMs: null };
  const text = kept ?? body;
  const media = findAttached(text, context.places) ?? findOmitted(text, context.isRepeated);
  const found = media ? bodyOfMedia(media) : (readDeleted(text) ?? readKnownText(text, bracketed));
  if (found) return edited ? { ...found, facts: { ...found.facts, edited } } : found;
  if (edited) return plainBody(text, { edited });
  if (bracketed && body.charCodeAt(0) === leftToRightMarkCode) return null;
  return plainBody(body);
}

/** A body that is only text. */
export function plainBody(text: string, facts: MessageFacts | null = null): Body {
  return { kind: 'text', text, attachments: noAttachments, facts };
}

function bodyOfMedia(media: FoundMedia): Body {
  const { attachment, caption, document } = media;
  const name = attachment.kind === 'contact' ? attachment.name?.replace(/^\d{8}-/, '').replace(/\.vcf$/i, '') : undefined;
  const facts = name ? { contact: { name } } : document ? { extra: { document } } : null;
  return { kind: messageKindOf(attachment.kind), text: caption, attachments: [attachment], facts };
}

/** The body without the mark that says that it was edited, or null where it has none. */
function withoutEditedMark(body: string): string | null {
  const open = body.endsWith('>') ? body.lastIndexOf('<') : body.endsWith(editedBareSuffix) ? body.length - editedBareSuffix.length : -1;
  if (open < 0) return null;
  const isBare = body[open] !== '<';
  if (!editedPhrases.has(phraseKey(isBare ? body.slice(open) : body.slice(open + 1, -1)))) return null;
  if (isBare && open > 0 && body[open - 1] !== leftToRightMark) return null;
  return emptyIfInvisible(trimEndMarks(body.slice(0, open)));
}

function readDeleted(text: string): Body | null {
  const whose = text.length <= lonePhraseLimit ? deletedPhrases.get(phraseKey(text)) : undefined;
  if (whose) return plainBody(text, { deleted: { by: whose === 'own' ? 'sender' : 'unknown' } });
  const start = text.charCodeAt(0) === leftToRightMarkCode ? 1 : 0;
  return text.startsWith(deletedByAdminPrefix, start) ? plainBody(text, { deleted: { by: 'admin' } }) : null;
}

/** Polls, places, calls, and, on Android, a medium that could be seen once. */
function readKnownText(text: string, bracketed: boolean): Body | null {
  if (text === 'null' && !bracketed) {
    return { kind: 'file', text: '', attachments: [missingMedia('file', 'expired')], facts: { extra: { placeholder: 'null' } } };
  }
  const poll = readPoll(text);
  if (poll) return { kind: 'poll', text, attachments: noAttachments, facts: { poll } };
  const call = readCall(text);
  if (call) return { kind: 'call', text, attachments: noAttachments, facts: { call } };
  const place = readLocation(text);
  return place ? { kind: 'location', text, attachments: noAttachments, facts: place.facts } : null;
}
