// Contacts as they are read become people: one for each number and address, so that it can be found by it.

import { mailKey, telKey } from '../../model/contact-names';
import { normaliseMail, normalisePhone } from '../../model/phone';
import type { NeutralRecord, Span } from '../../model/record';
import { problemOf, structureOf } from '../problem-record';

/** One card, or one row of a table. */
export interface Contact {
  readonly name: string;
  readonly phones: readonly string[];
  readonly mails: readonly string[];
}

export interface ContactBook {
  /** Appends the people that the contact names, and accounts for its bytes. `raw` is kept where a number cannot be read. */
  take(contact: Contact, raw: string, span: Span, out: NeutralRecord[]): void;
}

/** More numbers than any address book has; each is held. */
const keyLimit = 500_000;

/** `callingCode` is that of numbers that have none; null leaves them without. */
export function openContactBook(callingCode: string | null): ContactBook {
  const known = new Map<string, { readonly index: number; readonly names: readonly string[] }>();
  const say = (key: string, name: string, out: NeutralRecord[]): boolean => {
    const before = known.get(key);
    if (before === undefined && known.size >= keyLimit) return false;
    if (before?.names.includes(name) === true) return true;
    // A number that several share is called after all of them.
    const names = [...(before?.names ?? []), name];
    const index = before?.index ?? known.size;
    known.set(key, { index, names });
    out.push({ type: 'person', index, sourceId: key, name: names.join(' / '), conversation: null, isOwner: false });
    return true;
  };
  return {
    take({ name, phones, mails }, raw, span, out) {
      if (name === '' || phones.length + mails.length === 0) {
        out.push(structureOf(name === '' ? 'contact without a name' : 'contact without a number', span));
        return;
      }
      const unread = phones.filter((phone) => normalisePhone(phone, callingCode) === null);
      const keys = new Set([...phones.flatMap((phone) => telOf(phone, callingCode)), ...mails.flatMap(mailOf)]);
      const isFull = [...keys].map((key) => say(key, name, out)).includes(false);
      if (isFull) out.push(problemOf('limit-reached', raw, span));
      else out.push(structureOf('contact', span));
      for (const phone of unread) out.push(problemOf('not-understood', phone, { ...span, lengthBytes: 0 }));
    },
  };
}

function telOf(phone: string, callingCode: string | null): string[] {
  const number = normalisePhone(phone, callingCode);
  return number === null ? [] : [telKey(number)];
}

function mailOf(mail: string): string[] {
  const address = normaliseMail(mail);
  return address === null ? [] : [mailKey(address)];
}
