// Text in an archive of X is escaped for HTML once.

const entities: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&amp;', '&'],
]);

export function unescapeText(text: string): string {
  return text.includes('&') ? text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities.get(entity) ?? entity) : text;
}
