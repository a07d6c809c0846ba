// Grey lines that QQ writes itself: recalls, pokes, who comes and goes.

import type { ProtobufFields } from '../../../bytes/protobuf';
import { isObject, objectsOf, parseObject, words } from '../../json-fields';
import { readLooseXml } from '../../wechat/loose-xml';
import { actionOf } from '../exporter/system-lines';
import { walk } from './xml-text';

/** A name by a uid; null where it is not known. */
export type NameOf = (uid: string) => string | null;

/** The line as it is shown, and what it is about. */
export function readNotice(element: ProtobufFields, nameOf: NameOf): { readonly text: string; readonly action: string | null } {
  const recalledBy = element.words(47_703);
  if (recalledBy !== null) return { text: recallText(nameOf(recalledBy) ?? recalledBy, element.words(47_713) ?? ''), action: 'recall' };
  const xml = element.words(48_214);
  const text = xml === null ? textOfJson(element.words(48_271) ?? '', nameOf) : textOfTip(xml, nameOf);
  return { text, action: actionOf(text) };
}

/** The words behind are those that someone chose for their recalls, or the whole of it. */
function recallText(name: string, suffix: string): string {
  return suffix.includes('撤回') ? `${name} ${suffix}` : `${name} 撤回了一条消息${suffix}`;
}

/** `<gtip>`: `<qq uin nm>` is a person, `<nor txt>` words. */
function textOfTip(xml: string, nameOf: NameOf): string {
  let text = '';
  walk(readLooseXml(xml)?.root ?? null, ({ name, attributes }) => {
    const uid = attributes.get('uin') ?? attributes.get('jp') ?? '';
    if (name === 'qq') text += attributes.get('nm') || (nameOf(uid) ?? uid);
    else text += attributes.get('txt') ?? '';
  });
  return text;
}

/** `{"items":[{"txt"},{"uid"|"jp","nm"}]}` */
function textOfJson(json: string, nameOf: NameOf): string {
  const parsed = parseObject(json);
  return objectsOf(isObject(parsed) ? parsed['items'] : null)
    .map((item) => {
      const uid = words(item['uid']) ?? words(item['jp']) ?? '';
      return words(item['txt']) ?? words(item['nm']) ?? nameOf(uid) ?? '';
    })
    .join('');
}
