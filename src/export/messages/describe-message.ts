// A message as one plain text, for formats that know nothing but texts: what it is, its files, what was said.

import type { WrittenFile, WrittenMessage } from './message-writer';
import type { ExportWords } from './words';

function describeFile({ attachment, name, path }: WrittenFile, words: ExportWords): string {
  const label = name === '' ? words.file[attachment.kind] : `${words.file[attachment.kind]} ${name}`;
  if (path !== null) return `[${label}: ${path}]`;
  return attachment.sha256 === null ? `[${label}, ${words.missing}]` : `[${label}]`;
}

/** What only some kinds of messages say beside their text; '' for the others. */
export function detailsOf({ kind, facts }: Pick<WrittenMessage['message'], 'kind' | 'facts'>): string {
  const some = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' ');
  if (kind === 'location' && facts?.location) {
    const { latitude, longitude, name, address } = facts.location;
    return some(name, address, `${latitude},${longitude}`);
  }
  if (kind === 'contact' && facts?.contact) return some(facts.contact.name, facts.contact.phone);
  if (kind === 'call' && facts?.call?.durationMs) return `${Math.round(facts.call.durationMs / 1000)} s`;
  if (kind !== 'poll' || !facts?.poll) return '';
  return [facts.poll.question, ...facts.poll.options.map(({ text, votes }) => `${text} (${votes})`)].join(' / ');
}

/** What it is beside its text and files; '' for those that text and files tell whole. */
function describeKind({ message, files }: WrittenMessage, words: ExportWords): string {
  const { kind, text } = message;
  if (kind === 'text' || kind === 'system' || files.length > 0) return '';
  const details = detailsOf(message);
  if (kind === 'link' && text !== '') return '';
  return details === '' ? `[${words.kind[kind]}]` : `[${words.kind[kind]} ${details}]`;
}

/** A piece of a message's description: what is ours in brackets, the excerpt of what is answered, a file, what was said. */
export interface MessagePart {
  readonly role: 'note' | 'quote' | 'file' | 'text';
  readonly text: string;
  /** Of a file. */
  readonly file: WrittenFile | null;
}

/** In order; those without a text are left out, and there may be none. */
export function partsOf(written: WrittenMessage, words: ExportWords): readonly MessagePart[] {
  const { text, facts, kind } = written.message;
  const part = (role: MessagePart['role'], its: string | undefined, file: WrittenFile | null = null): readonly MessagePart[] =>
    its === undefined || its === '' ? [] : [{ role, text: its, file }];
  const { forward, replyTo } = facts ?? {};
  return [
    ...part('note', forward && (forward.fromName === null ? `[${words.forwarded}]` : `[${words.forwarded}: ${forward.fromName}]`)),
    ...part('quote', replyTo?.excerpt && `[${words.reply}: ${replyTo.excerpt}]`),
    ...part('note', describeKind(written, words)),
    ...written.files.flatMap((file) => part('file', describeFile(file, words), file)),
    ...part('note', text === '' && kind === 'system' ? `[${facts?.service?.action ?? '–'}]` : ''),
    ...part('text', text),
    ...part('note', facts?.deleted && `[${words.deleted}]`),
    ...part('note', facts?.edited && `[${words.edited}]`),
    ...part('note', written.isChosen && `[${words.chosen}]`),
  ];
}

/** Lines, of which the first are in brackets and ours; never empty. */
export function describeMessage(written: WrittenMessage, words: ExportWords): string {
  const parts = partsOf(written, words);
  return parts.length === 0 ? '[–]' : parts.map(({ text }) => text).join('\n');
}
