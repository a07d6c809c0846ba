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

/** Lines, of which the first are in brackets and ours; never empty. */
export function describeMessage(written: WrittenMessage, words: ExportWords): string {
  const { text, facts, kind } = written.message;
  const marks = [
    facts?.forward && (facts.forward.fromName === null ? `[${words.forwarded}]` : `[${words.forwarded}: ${facts.forward.fromName}]`),
    facts?.replyTo?.excerpt && `[${words.reply}: ${facts.replyTo.excerpt}]`,
    describeKind(written, words),
    ...written.files.map((file) => describeFile(file, words)),
    text === '' && kind === 'system' && `[${facts?.service?.action ?? '–'}]`,
    text,
    facts?.deleted && `[${words.deleted}]`,
    facts?.edited && `[${words.edited}]`,
  ];
  return marks.filter(Boolean).join('\n') || '[–]';
}
