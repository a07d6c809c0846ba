// The lines of a message below its sender, as imessage-exporter writes them into text: text, files, reactions, edits, replies.

import type { FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import type { AttachmentRecord, MessageFacts, MessageKind, OlderText, Reaction } from '../../model/record';
import { attach, messageKindOf } from '../file-kind';
import { isBlank, joinLines } from '../text-pieces';
import { readExporterStamp } from './exporter-stamp';
import { isUnsent, tapbackEmoji } from './exporter-words';

export interface ExporterBody {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly AttachmentRecord[];
  readonly facts: MessageFacts | null;
}

export interface FilePlace {
  readonly files: FileSet;
  readonly folder: string;
}

const replyNote = 'This message responded to an earlier message.';
const indent = '    ';
const reactionHeads = new Set(['Reactions:', 'Tapbacks:']);
const reactionLine = /^(.{1,40}) by (.{1,200})$/;
const effect =
  /^Sent with (?:Confetti|Echo|Fireworks|Balloons|Heart|Lasers|Shooting Star[t]?|Sparkles|Spotlight|Slam|Loud|Gentle|Invisible Ink)$/;
const editedLine = /^Edited (.{1,100}) later: (.*)$/;
const missingFile = 'Attachment missing!';
const filePath = /^(?:\/|~\/Library\/|attachments\/).{1,1000}\.\w{1,8}$/;

interface Gathered {
  readonly text: string[];
  readonly attachments: AttachmentRecord[];
  readonly reactions: Map<string, string[]>;
  readonly olderTexts: OlderText[];
  readonly extra: Record<string, string>;
  readonly replies: string[];
  isReply: boolean;
  isDeleted: boolean;
}

/** Reads a message's lines. Replies are written below the message that they answer, indented, and again in their own place: here they are only kept as text. */
export function readExporterBody(lines: readonly string[], place: FilePlace): ExporterBody {
  const gathered: Gathered = {
    text: [],
    attachments: [],
    reactions: new Map(),
    olderTexts: [],
    extra: {},
    replies: [],
    isReply: false,
    isDeleted: false,
  };
  let inReactions = false;
  for (const line of lines) {
    if (inReactions && addReaction(gathered, line)) continue;
    inReactions = reactionHeads.has(line);
    if (!inReactions) addLine(gathered, line, place);
  }
  const [first] = gathered.attachments;
  return {
    kind: first === undefined ? 'text' : messageKindOf(first.kind),
    text: joinLines(gathered.text).replace(/^\n+/, ''),
    attachments: gathered.attachments,
    facts: factsOf(gathered),
  };
}

/** True where the line is a reaction. */
function addReaction({ reactions, extra }: Gathered, line: string): boolean {
  if (line.startsWith('Sticker from ')) {
    extra['stickers'] = extra['stickers'] === undefined ? line : `${extra['stickers']}\n${line}`;
    return true;
  }
  const found = reactionLine.exec(line);
  if (found === null) return false;
  const [, word = '', name = ''] = found;
  const emoji = tapbackEmoji(word);
  if (emoji === null) return false;
  reactions.set(emoji, [...(reactions.get(emoji) ?? []), name]);
  return true;
}

function addLine(gathered: Gathered, line: string, { files, folder }: FilePlace): void {
  const { text, attachments, extra } = gathered;
  if (line.startsWith(indent)) gathered.replies.push(line.slice(indent.length));
  else if (line === replyNote) gathered.isReply = true;
  else if (effect.test(line)) extra['effect'] = line.slice('Sent with '.length);
  else if (line === missingFile) attachments.push(attach(files, folder, { path: null }));
  else if (filePath.test(line)) attachments.push(attach(files, folder, { path: line }));
  else if (!addEdit(gathered, line)) {
    gathered.isDeleted ||= text.length === 0 && isUnsent(line);
    text.push(line);
  }
}

/** An edited message has its first text behind a time, and each later one behind `Edited … later: `; the last one stands. */
function addEdit({ text, olderTexts, extra }: Gathered, line: string): boolean {
  const stamp = text.every(isBlank) ? readExporterStamp(line) : null;
  if (stamp !== null && line[stamp.length] === ' ') {
    text.splice(0, text.length, line.slice(stamp.length + 1));
    extra['firstTextAt'] = line.slice(0, stamp.length);
    return true;
  }
  const edited = extra['firstTextAt'] === undefined ? null : editedLine.exec(line);
  if (edited === null) return false;
  olderTexts.push({ text: joinLines(text), editedAtMs: null });
  text.splice(0, text.length, edited[2] ?? '');
  extra['lastEdit'] = edited[1] ?? '';
  return true;
}

function factsOf({ reactions, olderTexts, extra, replies, isReply, isDeleted }: Gathered): MessageFacts | null {
  const all: JsonObject = replies.some((line) => !isBlank(line)) ? { ...extra, replies: joinLines(replies) } : extra;
  const counted = [...reactions].map(([emoji, by]): Reaction => ({ emoji, count: by.length, by }));
  const facts: MessageFacts = {
    ...(isReply ? { replyTo: { sourceId: null } } : {}),
    ...(counted.length > 0 ? { reactions: counted } : {}),
    ...(olderTexts.length > 0 ? { olderTexts, edited: { editedAtMs: null } } : {}),
    ...(isDeleted ? { deleted: { by: 'sender' } as const } : {}),
    ...(Object.keys(all).length > 0 ? { extra: all } : {}),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}
