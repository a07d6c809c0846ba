// One message of WechatExporter's pages: `div.msg[msgid]` with a name, a time and a box of content, whose form follows the type.

import type { HtmlElement, HtmlNode, HtmlTag } from '../../bytes/html-elements';
import { attributeOf, elementsIn, findElement, hasClass, isElement, shownTextOf, textOf } from '../../bytes/html-query';
import { webAddressOf } from '../html-files';
import type { ExportedBody } from './exported-text';
import { isWeChatId, readWallClock } from './identity';
import type { ExportedSender } from './ledger';
import { bodyOf, joinLines } from './message-body';
import { baseKinds, baseTypes } from './message-types';
import { readNotice } from './notices';
import { readShown } from './text-forms';

export function isBox({ name, attributes }: HtmlTag): boolean {
  return name === 'div' && attributes.has('msgid');
}

export type ExporterBox =
  /** A line of the app, of which no time is written. */
  | { readonly kind: 'notice'; readonly content: ExportedBody }
  | {
      readonly kind: 'message';
      readonly sender: ExportedSender;
      /** Null where there is none that can be read. */
      readonly time: NonNullable<ReturnType<typeof readWallClock>> | null;
      readonly content: ExportedBody;
    };

/** What a box says. Pages of all versions are read: names of classes have changed. */
export function readBox(box: HtmlElement): ExporterBox {
  const head = findElement(box, '.nt-box') ?? findElement(box, '.ntBox');
  if (head === null) {
    const text = shownTextOf(withNames(box.children)).replace(/^系统消息：/, '');
    return { kind: 'notice', content: { body: readNotice(text), mediaPath: null } };
  }
  const name = findElement(head, 'span');
  const id = name === null ? null : attributeOf(name, 'wxid');
  const shownName = name === null ? '' : textOf(name).trim();
  const isOwn = /(?:^|[\s-])right(?:\s|$)/.test(attributeOf(box, 'class') ?? '');
  const clock = /\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}(?::\d{2})?/.exec(textOf(head.children.filter((child) => child !== name)))?.[0];
  const content = findElement(box, '.content-box') ?? findElement(box, '.contentBox') ?? box;
  return {
    kind: 'message',
    sender: { id: id !== null && isWeChatId(id) ? id : null, name: shownName === '' ? null : shownName, isOwn },
    time: clock === undefined ? null : readWallClock(clock),
    content: readContent(content, attributeOf(box, 'msgtype')),
  };
}

function readContent(content: HtmlElement, type: string | null): ExportedBody {
  const text = shownTextOf(withNames(content.children));
  if (type === String(baseTypes.text) && findElement(content, '.refermsg') === null) return { body: bodyOf('text', text), mediaPath: null };
  return readFile(content, type, text) ?? readCard(content, text) ?? readShown(text);
}

/** What a message of one file shows. */
function readFile(content: HtmlElement, type: string | null, text: string): ExportedBody | null {
  const found = fileIn(content, type);
  if (found === null) return null;
  const known = baseKinds.get(found.base);
  if (known?.media === undefined) return null;
  // Beside other files stand words for those who cannot play them.
  const said = found.base === baseTypes.image ? text : '';
  return {
    body: bodyOf(known.kind, said, { media: [{ kind: known.media, name: null, md5: null, sizeBytes: null }] }),
    mediaPath: found.path,
  };
}

function fileIn(content: HtmlElement, type: string | null): { readonly base: number; readonly path: string | null } | null {
  for (const element of elementsIn(content)) {
    const source = findElement(element, 'source');
    const path = attributeOf(element, 'src') ?? (source === null ? null : attributeOf(source, 'src'));
    if (element.name === 'audio') return { base: baseTypes.voice, path };
    if (element.name === 'video') return { base: baseTypes.video, path };
    if (element.name !== 'img') continue;
    if (hasClass(element, 'image')) return { base: baseTypes.image, path: attributeOf(element, 'rawurl') ?? path };
    if (type === String(baseTypes.sticker)) return { base: baseTypes.sticker, path };
  }
  return null;
}

/** Cards of people, transfers, links, and files that are links. */
function readCard(content: HtmlElement, text: string): ExportedBody | null {
  const app = findElement(content, '.app-name');
  const appName: readonly [string, string | null] = ['app', app === null ? null : textOf(app).trim()];
  const name = findElement(content, '.card-name');
  const isChannel = findElement(content, '.channel-card') !== null;
  if (name !== null && !isChannel) {
    const shown = shownTextOf(name);
    return { body: bodyOf('contact', text, { facts: { contact: { name: shown } } }), mediaPath: null };
  }
  if (findElement(content, '.transfer-icon') !== null)
    return { body: bodyOf('transfer', text, { extra: [['card', 'transfer'], appName] }), mediaPath: null };
  const link = findElement(content, (element) => element.name === 'a' && attributeOf(element, 'href') !== null);
  if (link === null) return null;
  const address = webAddressOf(link);
  if (address !== null) return { body: bodyOf('link', joinLines(text, address), { extra: [appName] }), mediaPath: null };
  const media = [{ kind: 'file', name: shownTextOf(link) || null, md5: null, sizeBytes: null }] as const;
  return { body: bodyOf('file', '', { media, extra: [appName] }), mediaPath: attributeOf(link, 'href') };
}

/** Pictures in a text are emoji: they have a name, or their file does. */
function withNames(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  return nodes.map((node) => {
    if (!isElement(node)) return node;
    if (node.name !== 'img') return { ...node, children: withNames(node.children) };
    const isEmoji = /emoji/i.test(`${attributeOf(node, 'class') ?? ''} ${attributeOf(node, 'src') ?? ''}`);
    return attributeOf(node, 'alt') ?? attributeOf(node, 'title') ?? (isEmoji ? `[${emojiName(attributeOf(node, 'src') ?? '')}]` : '');
  });
}

function emojiName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w{1,5}$/, '');
}
