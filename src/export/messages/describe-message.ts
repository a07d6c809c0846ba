// A message as one plain text, for formats that know nothing but texts: what it is, its files, what was said.

import type { WrittenFile, WrittenMessage } from './message-writer';
import type { ExportWords } from './words';

function describeFile({ attachment, name, path }: WrittenFile, words: ExportWords): string {
  const label = name === '' ? words.file[attachment.kind] : `${words.file[attachment.kind]} ${name}`;
  if (path !== null) return `[${label}: ${path}]`;
  return attachment.sha256 === null ? `[${label}, ${words.missing}]` : `[${label}]`;
}

/** What it is beside its text and files; '' for those that text and files tell whole. */
function describeKind({ message, files }: WrittenMessage, words: ExportWords): string {
  const { kind, facts } = message;
  if (kind === 'text' || kind === 'system' || files.length > 0) return '';
  const word = words.kind[kind];
  if (kind === 'location' && facts?.location) {
    const { latitude, longitude, name, address } = facts.location;
    return `[${[word, name, address, `${latitude},${longitude}`].filter(Boolean).join(' ')}]`;
  }
  if (kind === 'contact' && facts?.contact) return `[${[word, facts.contact.name, facts.contact.phone].filter(Boolean).join(' ')}]`;
  if (kind === 'poll' && facts?.poll) {
    const options = facts.poll.options.map(({ text, votes }) => `${text} (${votes})`);
    return `[${word} ${[facts.poll.question, ...options].join(' / ')}]`;
  }
  if (kind === 'call' && facts?.call?.durationMs) return `[${word} ${Math.round(facts.call.durationMs / 1000)} s]`;
  return kind === 'link' && message.text !== '' ? '' : `[${word}]`;
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
