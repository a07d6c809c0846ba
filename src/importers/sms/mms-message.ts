// One `mms` element, its parts and addresses, to a message. Parts are base64 in an attribute: they become attachments that
// point at its bytes.

import type { AttachmentRecord, MessageKind, MessageRecord, NeutralRecord, Span } from '../../model/record';
import { fileKindOf, messageKindOf } from '../file-kind';
import { splitAddresses, type SmsChats } from './chats';
import { contactOf, fieldOf, instantOf, restOf, textOf, type Attributes, type OpenTag } from './fields';
import { receivedBox, withBox } from './sms-message';

/** An `mms` element as it is read. */
export interface OpenMms {
  readonly attributes: Attributes;
  readonly parts: Attributes[];
  readonly addresses: Attributes[];
}

const partsLimit = 1000;
const from = '137';
/** What phones write for their own number. */
const ownAddress = 'insert-address-token';

/** Takes in a tag inside of the element. What is neither part nor address only groups them. */
export function addToMms({ parts, addresses }: OpenMms, { name, attributes }: OpenTag): void {
  if (name === 'part' && parts.length < partsLimit) parts.push(attributes);
  else if (name === 'addr' && addresses.length < partsLimit) addresses.push(attributes);
}

const known = new Set(['address', 'date', 'msg_box', 'contact_name', 'readable_date', 'text_only', 'ct_t']);
const usual = new Map([
  ['read', '1'],
  ['seen', '1'],
  ['locked', '0'],
  ['date_sent', '0'],
  ['sub_id', '-1'],
  ['rr', '129'],
  ['d_rpt', '129'],
  ['v', '18'],
]);

/** The message; null where it has no time. New conversations and people go to `out` first. */
export function toMmsMessage(mms: OpenMms, span: Span, chats: SmsChats, out: NeutralRecord[]): MessageRecord | null {
  const { attributes } = mms;
  const sentAtMs = instantOf(attributes, 'date');
  if (sentAtMs === null) return null;
  const box = fieldOf(attributes, 'msg_box') ?? receivedBox;
  const parties = partiesOf(mms);
  const contact = contactOf(attributes);
  const conversation = chats.conversationOf(parties.others, contact, out);
  const personName = parties.others.length === 1 ? contact : null;
  const sender = box === receivedBox ? chats.personOf(parties.sender, personName, out) : chats.ownerOf(out);
  const attachments = mms.parts.flatMap((part) => attachmentOf(part, span.entry) ?? []);
  const extra = withBox(restOf(attributes, known, usual), box);
  return {
    type: 'message',
    conversation,
    sender,
    sourceId: null,
    sentAtMs,
    clock: 'absolute',
    kind: kindOf(attachments),
    text: mms.parts
      .filter(isText)
      .map((part) => textOf(part, 'text'))
      .join('\n'),
    attachments,
    facts: extra === null ? null : { extra },
    ...span,
  };
}

/** Who takes part but the owner, and who sent it: `address` has all the others, the addresses say who is who. */
function partiesOf({ attributes, addresses }: OpenMms): { readonly others: readonly string[]; readonly sender: string } {
  const named = addresses.flatMap((each) => {
    const address = fieldOf(each, 'address');
    return address === null || address === ownAddress ? [] : [{ address, isFrom: fieldOf(each, 'type') === from }];
  });
  const listed = splitAddresses(fieldOf(attributes, 'address')).filter((address) => address !== ownAddress);
  const others = listed.length > 0 ? listed : named.map(({ address }) => address);
  const sender = named.find(({ isFrom }) => isFrom)?.address ?? others[0] ?? '';
  return { others: others.length > 0 ? others : [sender], sender };
}

const layout = 'application/smil';

function isText(part: Attributes): boolean {
  return textOf(part, 'ct').startsWith('text/plain') && fieldOf(part, 'text') !== null;
}

/** The file of a part; null for a text, and for the layout of a slide show, which holds nothing of its own. */
function attachmentOf(part: Attributes, entry: number): AttachmentRecord | null {
  const mime = fieldOf(part, 'ct');
  const data = part.get('data');
  if (mime === layout || isText(part)) return null;
  const name = ['name', 'cl', 'fn'].map((each) => fieldOf(part, each)).find((each) => each !== null) ?? null;
  const kind = mime !== null && /^text\/(?:x-)?vcard/i.test(mime) ? 'contact' : fileKindOf(name, mime);
  const sizeBytes = data === undefined || fieldOf(part, 'data') === null ? 0 : data.base64Bytes();
  if (data === undefined || sizeBytes === 0) return { kind, name, entry: null, missing: 'not-in-archive', mime, sizeBytes: null };
  const { offsetBytes, lengthBytes } = data;
  return { kind, name, entry, part: { offsetBytes, lengthBytes, encoding: 'base64' }, missing: null, mime, sizeBytes };
}

function kindOf([first]: readonly AttachmentRecord[]): MessageKind {
  return first === undefined ? 'text' : messageKindOf(first.kind);
}
