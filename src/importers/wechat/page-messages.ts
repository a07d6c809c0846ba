// Messages as one exporter writes them into its pages, version 2 as JavaScript literals, version 3 as JSON, and beside the
// page once more as JSON alone. They name senders by what is shown, so that only version 2's pictures tell who is who.

import type { JsonObject } from '../../model/json';
import type { ProblemCode } from '../../model/problem';
import { countOf, idOf, words } from '../json-fields';
import { readCall } from './call-words';
import { textOfHtml } from './html-text';
import { instantOf, isWeChatId } from './identity';
import type { ExportedChat, ExportedMessage, ExportedSender } from './ledger';
import { looksLikePath } from './exported-text';
import { bodyOf, extraOf, md5Of } from './message-body';
import type { WeChatBody, WeChatMedia } from './message-body';
import { appTypes, baseKinds, baseTypes, splitType } from './message-types';
import type { WeChatType } from './message-types';
import { readPageApp, sizeOf } from './page-app-message';
import type { PageFields } from './page-app-message';
import { locationOf, readBody } from './read-body';
import { messageIdOf } from './table-rows';

export interface PageContext {
  readonly chat: ExportedChat;
  /** True where texts are escaped for a page: then they are read as such. */
  readonly isHtml: boolean;
}

/** A page's own lines: dates between the messages. */
export const pageLine = 'page-line';

/** The message in an element, why it is none, or that it is a line of the page alone. */
export function readPageMessage(element: JsonObject, context: PageContext): ExportedMessage | ProblemCode {
  const sentAtMs = instantOf(element['timestamp']);
  if (sentAtMs === null) return 'bad-time';
  const fields = createFields(element, context.isHtml);
  const type = typeOf(element);
  const path = fields.text('path') ?? pathInText(fields, type);
  const isGroup = countOf(element['is_chatroom']) === 1;
  return {
    chat: isGroup && context.chat.shape === undefined ? { ...context.chat, shape: 'group' } : context.chat,
    sender: type.base === baseTypes.notice ? null : senderOf(element, fields),
    sourceId: messageIdOf(idOf(element['server_id'])),
    sentAtMs,
    clock: 'absolute',
    body: bodyFrom(type, fields, path),
    mediaPath: path === '' ? null : path,
    extra: restOf(element, fields),
  };
}

/** True for a date that the page shows between messages, which is none of them. */
export function isPageLine(element: JsonObject): boolean {
  return element['type'] === 0 && /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?$/.test(words(element['text']) ?? '');
}

function createFields(element: JsonObject, isHtml: boolean): PageFields {
  const text = (key: string): string | null => {
    const value = words(element[key]);
    return value === null ? null : isHtml ? textOfHtml(value) : value;
  };
  return { element, text };
}

/** Version 2 has base and sub-type apart and 0 for notices, version 3 both in one number as text. */
function typeOf({ type, sub_type: sub }: JsonObject): WeChatType {
  const number = typeof type === 'string' && /^-?\d{1,15}$/.test(type) ? Number(type) : countOf(type);
  if (number === 0) return { base: baseTypes.notice, sub: 0 };
  return splitType(number ?? -1, countOf(sub) ?? 0);
}

/** `./avatar/<id>.png` in version 2; addresses in version 3. */
function senderOf(element: JsonObject, { text }: PageFields): ExportedSender {
  const id = /^\.\/avatar\/([^/]{1,64})\.png$/.exec(words(element['avatar_path']) ?? '')?.[1] ?? null;
  const isOwn = element['is_send'] === 1 || element['is_send'] === true;
  return { id: id !== null && isWeChatId(id) ? id : null, name: text('displayname') ?? text('display_name'), isOwn };
}

/** Version 2 writes the path of a file where the text would be. */
function pathInText({ text }: PageFields, { base, sub }: WeChatType): string | null {
  const shown = text('text');
  const holdsFile = baseKinds.get(base)?.media !== undefined || (base === baseTypes.app && (sub === appTypes.file || sub === 3));
  return holdsFile && shown !== null && looksLikePath(shown) ? shown : null;
}

function bodyFrom(type: WeChatType, fields: PageFields, path: string | null): WeChatBody {
  const { text } = fields;
  const shown = text('text') === path ? null : text('text');
  if (type.base === baseTypes.app) return readPageApp(type.sub, shown, fields);
  const known = baseKinds.get(type.base);
  if (known?.media !== undefined) return mediaBody(type, fields, shown);
  switch (type.base) {
    case baseTypes.call: {
      const said = text('display_content') ?? shown ?? '';
      // 0 is a video call, 1 a voice call.
      const video = (fields.element['invite_type'] ?? fields.element['call_type']) === 0;
      return bodyOf('call', '', { facts: { call: readCall(said, video) }, extra: [['shown', said]] });
    }
    case baseTypes.location: {
      const [x, y] = [idOf(fields.element['x']), idOf(fields.element['y'])];
      return locationOf(x, y, text('poiname'), text('label'));
    }
    case baseTypes.contact:
    case baseTypes.companyContact: {
      const name = text('nickname') ?? shown ?? '';
      return bodyOf('contact', '', {
        facts: { contact: { name } },
        extra: [
          ['username', text('username')],
          ['alias', text('alias')],
        ],
      });
    }
    default:
      return readBody(type, shown ?? '');
  }
}

function mediaBody({ base }: WeChatType, { element, text }: PageFields, shown: string | null): WeChatBody {
  const known = baseKinds.get(base);
  const seconds = countOf(element['duration']);
  const media: WeChatMedia = {
    kind: known?.media ?? 'file',
    name: null,
    md5: md5Of(text('md5')),
    sizeBytes: sizeOf(element['file_size']),
    ...(seconds === null || seconds === 0 ? {} : { durationMs: seconds * 1000 }),
  };
  return bodyOf(known?.kind ?? 'file', shown ?? '', { media: [media], extra: [['transcript', text('voice_to_text')]] });
}

/** Keys that have a place above, and those that say how the page looks. */
const usedKeys = new Set(
  (
    'type sub_type text is_send is_chatroom timestamp server_id display_name displayname avatar_path avatar_src icon_path path xml_dict md5 ' +
    'refer_text quote_text quote_server_id quote_type feedesc fee_desc pay_memo paysubtype pay_subtype title artist description url link_url ' +
    'app_name app_logo file_name file_size voice_to_text duration display_content invite_type call_type x y poiname label nickname username ' +
    'alias messages'
  ).split(' '),
);

function restOf(element: JsonObject, { text }: PageFields): JsonObject | null {
  const rest = Object.entries(element).filter(([key]) => !usedKeys.has(key));
  return extraOf(rest.map(([key, value]) => [key, typeof value === 'string' ? text(key) : value]));
}
