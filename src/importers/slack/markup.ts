// Slack's markup of text: `<@U1>`, `<#C1|general>`, `<!here>`, `<https://a.example|label>`, and `&amp; &lt; &gt;`. Asterisks
// and the like are left as they were typed.

import type { TextEntity } from '../../model/record';

/** Names for ids. */
export interface Names {
  user(id: string): string;
  channel(id: string): string;
}

export interface MarkedText {
  readonly text: string;
  /** Null where nothing is marked. */
  readonly entities: readonly TextEntity[] | null;
}

/** The text as Slack shows it, with its links and mentions. */
export function readMarkup(markup: string, names: Names): MarkedText {
  if (!/[<&]/.test(markup)) return { text: markup, entities: null };
  let text = '';
  const entities: TextEntity[] = [];
  for (let at = 0; at < markup.length;) {
    const open = markup.indexOf('<', at);
    const close = open === -1 ? -1 : markup.indexOf('>', open);
    if (close === -1) {
      text += unescapeText(markup.slice(at));
      break;
    }
    text += unescapeText(markup.slice(at, open));
    const { shown, type, href } = readTag(markup.slice(open + 1, close), names);
    const entity = { type, offset: text.length, length: shown.length };
    if (shown !== '') entities.push(href === undefined || href === shown ? entity : { ...entity, href });
    text += shown;
    at = close + 1;
  }
  return { text, entities: entities.length === 0 ? null : entities };
}

interface Tag {
  readonly shown: string;
  readonly type: TextEntity['type'];
  readonly href?: string;
}

function readTag(tag: string, names: Names): Tag {
  const bar = tag.indexOf('|');
  const target = unescapeText(bar === -1 ? tag : tag.slice(0, bar));
  const label = bar === -1 ? null : unescapeText(tag.slice(bar + 1));
  if (target.startsWith('@')) return { shown: `@${label === null || label === '' ? names.user(target.slice(1)) : label}`, type: 'mention' };
  if (target.startsWith('#'))
    return { shown: `#${label === null || label === '' ? names.channel(target.slice(1)) : label}`, type: 'mention' };
  if (target.startsWith('!date^')) return { shown: label ?? target, type: 'other' };
  if (target.startsWith('!')) return { shown: label ?? `@${target.slice(1)}`, type: 'mention' };
  const shown = label === null || label === '' ? target.replace(/^(?:mailto|tel):/, '') : label;
  return { shown, type: target.startsWith('mailto:') ? 'email' : target.startsWith('tel:') ? 'phone' : 'link', href: target };
}

function unescapeText(text: string): string {
  return text.includes('&') ? text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') : text;
}
