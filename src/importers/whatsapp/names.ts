// Names in a chat: where a message's sender ends, what a name is without its marks, and what a file's name says.

import { dropMarks } from '../marks';

/** A colon further on belongs to the text of a system line: no contact's name is that long. */
const nameLimit = 128;

/**
 * Where the name that begins at `restAt` ends, or -1 for a line without a sender. The name ends at the first colon with a
 * space after it; a message without text may end with the colon.
 */
export function findNameEnd(line: string, restAt: number): number {
  const colon = line.indexOf(':', restAt);
  if (colon < 0 || colon - restAt > nameLimit) return -1;
  if (line.charCodeAt(colon + 1) === 0x20) return colon > restAt ? colon : -1;
  const next = line.indexOf(': ', colon);
  if (next > restAt) return next - restAt > nameLimit ? -1 : next;
  return colon === line.length - 1 && colon > restAt ? colon : -1;
}

/** A name without marks, with plain spaces. The `~ ` before people who are no contacts stays: it tells two of one name apart. */
export function plainName(name: string): string {
  return dropMarks(name)
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim();
}

/** The name as people read it, and whether the phone knew its owner as a contact. */
export function splitTilde(name: string): { readonly shown: string; readonly isContact: boolean } {
  return name.startsWith('~') && name.length > 1 ? { shown: name.slice(1).trim(), isContact: false } : { shown: name, isContact: true };
}

const titlePatterns: readonly RegExp[] = [
  /^WhatsApp Chat - (.+)$/i,
  /^WhatsApp Chat with (.+)$/i,
  /^WhatsApp Chat mit (.+)$/i,
  /^Chat de WhatsApp con (.+)$/i,
  /^Chat WhatsApp con (.+)$/i,
  /^Чат WhatsApp с (.+)$/i,
  /^Convers[ao] [dn]o WhatsApp com (.+)$/i,
  /^Discussion WhatsApp avec (.+)$/i,
  /^[与與](.+)的 ?WhatsApp ?(?:聊天|對話)$/i,
];

/** The chat's name in the name of a file, folder or ZIP as WhatsApp writes it in some language, or null. */
export function chatNameOf(fileName: string): string | null {
  const base = fileName
    .normalize('NFC')
    .replace(/\.(?:txt|zip)$/i, '')
    .replace(/ ?\(\d{1,2}\)$/, '')
    .trim();
  for (const candidate of [base, base.replaceAll('_', ' ')]) {
    for (const pattern of titlePatterns) {
      const name = pattern.exec(candidate)?.[1]?.trim();
      if (name) return name;
    }
  }
  return null;
}

/** True for the name that iPhones give the text of a chat, copies of it included. */
export function isIphoneChatFile(fileName: string): boolean {
  return /^_chat(?: ?\(?\d{1,3}\)?)?\.txt$/i.test(fileName);
}
