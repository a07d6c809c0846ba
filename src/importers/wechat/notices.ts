// Lines that the app writes itself: recalls, people who come and go, pats, red packets that were opened.

import { decodeXmlEntities } from './loose-xml';
import type { XmlNode } from './loose-xml';
import { bodyOf } from './message-body';
import type { MutableFacts, NameOf, WeChatBody } from './message-body';
import { attributeOf, findNode, nodeAt, textAt } from './xml-fields';

/** Words of a notice by which its action is known where no XML says it. */
const actions: readonly (readonly [words: RegExp, action: string])[] = [
  [/撤回了(?:一条消息|成员)|recalled a message/i, 'recall'],
  [/拍了拍|tickled/i, 'poke'],
];

/** A notice that is shown as it is, tags of links and pictures aside. */
export function readNotice(text: string): WeChatBody {
  const shown = withoutTags(text).trim();
  const action = actions.find(([words]) => words.test(shown))?.[1];
  return noticeOf(shown, action);
}

/** `<sysmsg>` and what is in it; null where none of its parts is known. */
export function readSystemXml(root: XmlNode, nameOf: NameOf): WeChatBody | null {
  const sysmsg = findNode(root, 'sysmsg');
  const revoked = findNode(root, 'revokemsg');
  const text = revoked === null ? null : (textAt(revoked, 'replacemsg') ?? textAt(revoked, 'content'));
  if (text !== null) {
    const recalled = textAt(revoked, 'newmsgid');
    return noticeOf(withoutTags(text).trim(), 'recall', recalled === null ? {} : { extra: { recalledId: recalled } });
  }
  const pat = readPat(root, nameOf);
  if (pat !== null) return pat;
  const template = nodeAt(findNode(root, 'sysmsgtemplate'), 'content_template');
  if (template !== null) return noticeOf(fillTemplate(template), sourceAction(sysmsg));
  const plain = textAt(findNode(root, 'delchatroommember'), 'plain') ?? textAt(sysmsg, 'plain') ?? textAt(sysmsg, 'content');
  return plain === null ? null : noticeOf(withoutTags(plain), sourceAction(sysmsg));
}

/** Who patted whom, in an app message or in a notice; null where it is no pat. */
export function readPat(root: XmlNode, nameOf: NameOf): WeChatBody | null {
  const records = nodeAt(findNode(root, 'patMsg'), 'records')?.children.filter(({ name }) => name === 'record') ?? [];
  const own = findNode(root, 'pat');
  const templates = own === null ? records.map((record) => textAt(record, 'templete')) : [textAt(own, 'template')];
  const lines = templates.filter((line) => line !== null).map((line) => fillPeople(line, nameOf));
  return lines.length === 0 ? null : noticeOf(lines.join('\n'), 'poke');
}

function noticeOf(text: string, action: string | undefined, facts: MutableFacts = {}): WeChatBody {
  if (action !== undefined) facts.service = { action };
  // The notice stands in the message's place: joined with an older export it marks the message, whose text is kept.
  if (action === 'recall') facts.deleted = { by: 'unknown' };
  return bodyOf('system', text, { facts });
}

function sourceAction(sysmsg: XmlNode | null): string | undefined {
  return attributeOf(sysmsg, 'type') ?? undefined;
}

/** Who patted whom, from a template such as `${wxid_a} 拍了拍 ${wxid_b}` or the words themselves. */
export function readPatTemplate(template: string, nameOf: NameOf): WeChatBody {
  return noticeOf(fillPeople(template, nameOf), 'poke');
}

/** `${wxid}` is a person. */
function fillPeople(template: string, nameOf: NameOf): string {
  return template.replace(/\$\{([\w@.-]{1,64})\}/g, (_, id) => nameOf(String(id)) ?? String(id));
}

/** `$name$` is what the link of that name says: the nicknames of its members, else its text. */
function fillTemplate(node: XmlNode): string {
  const links = nodeAt(node, 'link_list')?.children.filter(({ name }) => name === 'link') ?? [];
  const values = new Map(links.map((link) => [attributeOf(link, 'name') ?? '', linkText(link)]));
  const template = textAt(node, 'template') ?? textAt(node, 'plain') ?? '';
  return template.replace(/\$([^$\s]{1,64})\$/g, (whole, name) => values.get(String(name)) ?? whole);
}

function linkText(link: XmlNode): string {
  const members = nodeAt(link, 'memberlist')?.children.filter(({ name }) => name === 'member') ?? [];
  const names = members.map((member) => textAt(member, 'nickname') ?? textAt(member, 'username') ?? '');
  if (names.length > 0) return names.join(textAt(link, 'separator') ?? '、');
  return textAt(link, 'plain') ?? textAt(link, 'title') ?? '';
}

/** Notices hold links and pictures as tags: what is between them is shown. */
function withoutTags(text: string): string {
  return decodeXmlEntities(text.replaceAll(/<\/?[a-z_][^<>]{0,2000}>/gi, ''));
}

/** Lines of the app that texts show without a header, or as a message like any other. */
export function isNotice(line: string): boolean {
  return (
    line.length < 400 &&
    !line.includes('\n') &&
    /撤回了一条消息$|^"[^"]{1,100}" 拍了拍 |加入了群聊$|退出了群聊$|移出了?群聊$|^You recalled a message|recalled a message$/.test(line)
  );
}
