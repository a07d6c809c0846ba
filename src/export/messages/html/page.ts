// The frame of an exported page: what stands before and behind the blocks of messages. Its policy names the one script and the one
// style by their hashes, so nothing that a message brings can run, and nothing is asked of any network.

import { encodeBase64 } from '../../../bytes/base64';
import { createSha256 } from '../../../crypto/sha256';
import type { MessageExport } from '../../../model/export';
import { pageWords, wordsWith } from './page-words';
import styleText from './viewer.css?raw';
import scriptText from './viewer.js?raw';

const hashes = new Map<string, string>();

function hashOf(text: string): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const hash = createSha256();
  hash.update(new TextEncoder().encode(text));
  const bytes = Uint8Array.from(hash.digestHex().match(/../g) ?? [], (hex) => Number.parseInt(hex, 16));
  const source = `'sha256-${encodeBase64(bytes)}'`;
  hashes.set(text, source);
  return source;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as HTML shows it, without the marks that turn the direction of what follows. */
export const escapeHtml = (text: string): string =>
  text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').replace(/[&<>"']/g, (letter) => entities[letter] ?? '');

/** JSON that can stand in a script element: no `<` can end it, no separator of lines is left to older parsers. */
export function writeInertJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `data` alone is asked for by an element; files beside lie where the page does. */
function policy(): string {
  const media = "data: 'self' file:";
  return [
    "default-src 'none'",
    `script-src ${hashOf(scriptText)}`,
    `style-src ${hashOf(styleText)}`,
    `img-src ${media}`,
    `media-src ${media}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

export function beginPage(title: string, language: MessageExport['language']): string {
  const words = pageWords[language];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${styleText}</style>
</head>
<body>
<header>
<div class="titles"><h1 dir="auto">${escapeHtml(title)}</h1><p class="quiet" id="sums"></p></div>
<div class="looks">
<button type="button" id="theme" data-label="theme">◐</button>
<button type="button" id="language" data-word="otherLanguage"></button>
</div>
<div role="search" class="tools">
<select id="conversation" data-label="choose"></select>
<select id="month" data-label="month"></select>
<input id="query" type="search" autocomplete="off" data-label="search">
<span id="count" role="status"></span>
<button type="button" id="former" data-word="former" disabled></button>
<button type="button" id="next" data-word="next" disabled></button>
</div>
<noscript><p>${words.noScript}</p></noscript>
</header>
<main id="pane" tabindex="0"><div id="messages"></div></main>
`;
}

/** `index`: what the script knows before it reads any block. */
export function endPage(language: MessageExport['language'], index: object): string {
  return `<script type="application/json" id="index">${writeInertJson({ ...index, language, words: wordsWith(language) })}</script>
<script>${scriptText}</script>
</body>
</html>
`;
}

/** Messages of a block, and the small media that lie inside, which are read when the block is drawn. */
export function writeBlock(number: number, messages: readonly unknown[], inside: ReadonlyMap<string, string>): string {
  const block = `<script type="application/json" data-messages>${writeInertJson(messages)}</script>\n`;
  if (inside.size === 0) return block;
  return `${block}<script type="application/json" id="inside-${number}">${writeInertJson(Object.fromEntries(inside))}</script>\n`;
}
