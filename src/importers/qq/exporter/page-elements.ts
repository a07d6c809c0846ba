// What qq-chat-exporter's pages show of a message, back into the elements that its JSON has, so that both are read alike.

import type { HtmlElement, HtmlNode } from '../../../bytes/html-elements';
import { attributeOf, elementsIn, findElement, findElements, hasClass, isElement, shownTextOf, textOf } from '../../../bytes/html-query';
import type { Json, JsonObject } from '../../../model/json';

/** What stands for a message without content. */
const emptyText = '[空消息]';

/** The elements of a message's content, in their order. */
export function elementsOfPage(nodes: readonly HtmlNode[]): readonly JsonObject[] {
  const found = nodes.flatMap(elementsOfNode);
  const [first] = found;
  return found.length === 1 && first !== undefined && textIn(first) === emptyText ? [] : found;
}

function textIn({ type, data }: JsonObject): Json | undefined {
  return type === 'text' ? (data as JsonObject)['text'] : undefined;
}

function made(type: string, data: JsonObject): readonly JsonObject[] {
  return [{ type, data: Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== '')) }];
}

function elementsOfNode(node: HtmlNode): readonly JsonObject[] {
  if (!isElement(node)) return node.trim() === '' ? [] : made('text', { text: node });
  const found = readers.find(([name]) => hasClass(node, name));
  if (found !== undefined) return found[1](node);
  if (node.name === 'img') return made('image', fileOf(node));
  if (node.name === 'svg' || node.name === 'script') return [];
  const inner = node.children.flatMap(elementsOfNode);
  return node.name === 'br' ? made('text', { text: '\n' }) : inner;
}

const readers: readonly (readonly [className: string, read: (element: HtmlElement) => readonly JsonObject[]])[] = [
  ['text-content', readText],
  ['at-mention', (element) => made('at', { name: textOf(element).trim() })],
  ['face-emoji', (element) => made('face', { name: textOf(element).trim() })],
  ['market-face', (element) => made('market_face', fileOf(element))],
  ['message-audio', (element) => made('audio', { ...fileOf(element), duration: Number(/(\d{1,6})\s*秒/.exec(textOf(element))?.[1] ?? 0) })],
  // The same file once more, for those who cannot play it.
  ['audio-download-link', () => []],
  ['message-video', (element) => made('video', fileOf(element))],
  ['message-file', (element) => made('file', fileOf(element))],
  ['reply-content', readReply],
  ['json-card', readCard],
  ['forward-card', (element) => made('forward', readForward(element))],
  ['system-message', (element) => made('system', { text: shownTextOf(element) })],
];

/** A file that was not exported is a text that begins with a sign for it. */
const fileSigns: readonly (readonly [sign: string, type: string])[] = [
  ['📷 ', 'image'],
  ['🎤 ', 'audio'],
  ['🎬 ', 'video'],
  ['📎 ', 'file'],
];
const place = /^📍 (.{1,500}?) \((-?[\d.]{1,24}), (-?[\d.]{1,24})\)$/;

function readText(element: HtmlElement): readonly JsonObject[] {
  const text = textOf(element);
  const located = place.exec(text);
  if (located !== null) return made('location', { title: located[1] ?? '', latitude: located[2] ?? '', longitude: located[3] ?? '' });
  const sign = fileSigns.find(([start]) => text.startsWith(start));
  return sign === undefined ? made('text', { text }) : made(sign[1], { filename: text.slice(sign[0].length) });
}

/** Its name and where it is; `download`, `alt` and the words in it name it. */
function fileOf(element: HtmlElement): JsonObject {
  const address = attributeOf(element, 'src') ?? attributeOf(element, 'href') ?? '';
  const shown = /^\[(?:视频|语音): ?([^\]]{1,300})\]$/.exec(textOf(element).trim())?.[1] ?? null;
  const named = attributeOf(element, 'download') ?? attributeOf(element, 'alt') ?? (shown?.endsWith('秒') === true ? null : shown);
  const isInPage = address.startsWith('data:');
  const path = isInPage ? null : pathOf(address);
  return { filename: named ?? (path === null ? null : path.slice(path.lastIndexOf('/') + 1)), url: isInPage ? address : path };
}

function pathOf(address: string): string {
  if (/^[a-z]{2,10}:/i.test(address)) return address;
  const path = address.replace(/^\.\//, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function readReply(element: HtmlElement): readonly JsonObject[] {
  const id = attributeOf(element, 'data-reply-to')?.replace(/^msg-/, '') ?? null;
  const [sender, content] = [findElement(element, 'strong'), findElement(element, '.reply-content-text')];
  return made('reply', {
    messageId: id,
    senderName: sender === null ? null : textOf(sender).trim(),
    content: content === null ? null : shownTextOf(content),
  });
}

function readCard(element: HtmlElement): readonly JsonObject[] {
  const shown = (name: string) => {
    const part = findElement(element, name);
    return part === null ? null : shownTextOf(part);
  };
  const link = findElement(element, '.json-url');
  return made('json', {
    title: shown('.json-title'),
    description: shown('.json-description'),
    url: link === null ? null : attributeOf(link, 'href'),
  });
}

/** The page shows the first lines only. */
function readForward(element: HtmlElement): JsonObject {
  const title = findElement(element, '.forward-card-header');
  const lines = findElements(element, '.forward-card-line').map((line) => shownTextOf(line).replaceAll('\n', ' '));
  const count = findElement(element, '.forward-card-footer');
  return {
    title: title === null ? '' : shownTextOf(title),
    preview: lines,
    ...(count === null ? {} : { footer: shownTextOf(count) }),
  };
}

/** The QQ number in the address of a picture of the sender; null where there is none. */
export function numberInPicture(message: HtmlElement): string | null {
  const picture = findElement(message, '.avatar');
  const sources = picture === null ? [] : [...elementsIn(picture)].flatMap((element) => attributeOf(element, 'src') ?? []);
  return sources.map((source) => /[?&]nk=([1-9]\d{4,11})(?!\d)/.exec(source)?.[1] ?? null).find((number) => number !== null) ?? null;
}
