// Text out of small pieces of a page: tags dropped, line breaks kept, entities decoded.

import { decodeXmlEntities } from './loose-xml';

/** The text of a piece of HTML: `<br>` is a line feed, a picture with a name in it (an emoji) its name, other tags are nothing. */
export function textOfHtml(html: string): string {
  if (!html.includes('<') && !html.includes('&')) return html;
  const text = html.replaceAll(/<(\/?[a-z][\w:-]{0,30})([^<>]{0,4000})>/gi, (_, name: string, attributes: string) => {
    if (/^br$/i.test(name)) return '\n';
    if (/^\/(?:p|div)$/i.test(name)) return '\n';
    return /^img$/i.test(name) ? (/\b(?:alt|title)="([^"]{0,100})"/.exec(attributes)?.[1] ?? '') : '';
  });
  return decodeXmlEntities(text.replaceAll('&nbsp;', ' ')).replace(/\n{1,64}$/, '');
}
