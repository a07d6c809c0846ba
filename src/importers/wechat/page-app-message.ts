// App messages as a page has them (page-messages.ts): their fields are there by name, not as XML.

import type { Json, JsonObject } from '../../model/json';
import { countOf, idOf, objectsOf, words } from '../json-fields';
import { replyTo } from './app-message';
import { bodyOf, joinLines } from './message-body';
import type { MutableFacts, WeChatBody } from './message-body';
import { appKinds, appTypes, paymentTypes } from './message-types';
import { messageIdOf } from './table-rows';

/** A message's fields; `text` gives one as text, decoded where the page has it escaped, null where there is none. */
export interface PageFields {
  readonly element: JsonObject;
  readonly text: (key: string) => string | null;
}

/** The body of an app message of sub-type `sub`, whose text is `shown`. */
export function readPageApp(sub: number, shown: string | null, fields: PageFields): WeChatBody {
  switch (sub) {
    case appTypes.file:
      return readFile(shown, fields);
    case appTypes.quote:
      return readQuote(shown, fields);
    case appTypes.forwarded:
      return readForward(fields);
    case paymentTypes.transfer:
      return readTransfer(shown, fields);
    default:
      return readLink(sub, shown, fields);
  }
}

/** A size in bytes, written as a number or in digits; null for 0 and for anything else. */
export function sizeOf(value: Json | undefined): number | null {
  const size = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : countOf(value);
  return size === 0 ? null : size;
}

function readFile(shown: string | null, { element, text }: PageFields): WeChatBody {
  return bodyOf('file', '', {
    media: [{ kind: 'file', name: text('file_name') ?? shown, md5: null, sizeBytes: sizeOf(element['file_size']) }],
  });
}

function readQuote(shown: string | null, { element, text }: PageFields): WeChatBody {
  const quoted = text('refer_text') ?? text('quote_text');
  const id = messageIdOf(idOf(element['quote_server_id']));
  const facts: MutableFacts = quoted === null && id === null ? {} : { replyTo: replyTo(id, quoted) };
  return bodyOf('text', shown ?? '', { facts });
}

function readForward({ element, text }: PageFields): WeChatBody {
  const nested = objectsOf(element['messages']);
  const lines = nested.map((each) => [words(each['display_name']), words(each['text'])].filter((part) => part !== null).join(': '));
  const whole = [text('title') ?? '', ...lines].filter((line) => line !== '').join('\n');
  return bodyOf('forwarded', whole === '' ? (text('description') ?? '') : whole, {
    extra: [['records', nested.length === 0 ? null : nested]],
  });
}

/** By `paysubtype`. */
const payStates: readonly (string | undefined)[] = [undefined, 'sent', undefined, 'received', 'refunded', 'received', undefined, 'sent'];

function readTransfer(shown: string | null, { element, text }: PageFields): WeChatBody {
  const amount = text('feedesc') ?? text('fee_desc');
  const memo = text('pay_memo');
  const state = payStates[countOf(element['paysubtype'] ?? element['pay_subtype']) ?? 0] ?? null;
  return bodyOf('transfer', joinLines(amount, memo, shown), {
    extra: [
      ['card', 'transfer'],
      ['amount', amount],
      ['memo', memo],
      ['state', state],
    ],
  });
}

function readLink(sub: number, shown: string | null, { text }: PageFields): WeChatBody {
  const known = appKinds.get(sub);
  const link = joinLines(shown, text('title'), text('artist'), text('description'), text('url') ?? text('link_url'));
  return bodyOf(known?.kind ?? 'unknown', link, {
    extra: [
      ['card', known?.card ?? null],
      ['app', text('app_name')],
      ['appType', known === undefined ? sub : null],
    ],
  });
}
