// Text of a message on a page of DiscordChatExporter, written as the exporter's other forms have it: as Discord's markdown.
// So the same message out of two forms has the same text.

import type { HtmlElement, HtmlNode } from '../../bytes/html-elements';
import { attributeOf, findElements, hasClass, textOf } from '../../bytes/html-query';

const around = new Map([
  ['strong', '**'],
  ['b', '**'],
  ['em', '*'],
  ['i', '*'],
  ['u', '__'],
  ['s', '~~'],
  ['del', '~~'],
]);
const headings = new Map([
  ['h1', '# '],
  ['h2', '## '],
  ['h3', '### '],
]);
/** Classes of pages of before 2022 have no prefix. */
const quoteClasses = ['chatlog__markdown-quote', 'quote'];
const spoilerClasses = ['chatlog__markdown-spoiler', 'spoiler-text'];
const codeClasses = ['chatlog__markdown-pre', 'pre'];
const keptClasses = ['chatlog__markdown-preserve', 'preserve-whitespace'];
const editedClass = 'chatlog__edited-timestamp';

/** The text of a `.chatlog__content`: that of the spans in which white space counts, where there are any. */
export function readContent(content: HtmlElement): string {
  const kept = findElements(content, (element) => isOf(element, keptClasses));
  const [first] = kept;
  return (first === undefined ? markdownOf(content.children) : kept.map(({ children }) => markdownOf(children)).join('')).trim();
}

export function markdownOf(nodes: readonly HtmlNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : markdownOfElement(node))).join('');
}

function markdownOfElement(element: HtmlElement): string {
  const { name, children } = element;
  if (name === 'br') return '\n';
  if (name === 'img') return emojiOf(element);
  if (hasClass(element, editedClass)) return '';
  if (isOf(element, codeClasses)) return codeOf(element);
  const inner = markdownOf(children);
  if (isOf(element, quoteClasses))
    return `${inner
      .trim()
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n')}\n`;
  if (isOf(element, spoilerClasses)) return `||${inner}||`;
  if (name === 'a') return linkOf(element, inner);
  if (name === 'li') return `- ${inner.trim()}\n`;
  const heading = headings.get(name);
  if (heading !== undefined) return `${heading}${inner.trim()}\n`;
  const mark = inner === '' ? '' : (around.get(name) ?? '');
  return mark + inner + mark;
}

/** An emoji of Discord's own is its character; one of a guild is known by name. */
function emojiOf(image: HtmlElement): string {
  const name = attributeOf(image, 'alt') ?? attributeOf(image, 'title') ?? '';
  return isCustomEmoji(name) ? `:${name}:` : name;
}

/** True for the name of an emoji that a guild made. */
export function isCustomEmoji(name: string): boolean {
  return /^\w{2,64}$/.test(name);
}

function codeOf(element: HtmlElement): string {
  const text = textOf(element.children);
  const classes = attributeOf(element, 'class') ?? '';
  if (!classes.includes('multiline')) return `\`${text}\``;
  const language = /(?:^|\s)language-(\S{1,40})/.exec(classes)?.[1] ?? '';
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function linkOf(element: HtmlElement, inner: string): string {
  const href = attributeOf(element, 'href');
  return href === null || href === inner || href === `${inner}/` || href === decodedOf(inner) ? inner : `[${inner}](${href})`;
}

function decodedOf(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

function isOf(element: HtmlElement, names: readonly string[]): boolean {
  return names.some((name) => hasClass(element, name));
}
