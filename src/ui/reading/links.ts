// What has to be said beside a link, because its text does not say where it leads.

/** Letters that go together in one host name, as browsers allow them; Latin alone, or with the scripts of one language. */
const companies: readonly ReadonlySet<string>[] = [
  new Set(['Latin']),
  new Set(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set(['Latin', 'Han', 'Hangul']),
  new Set(['Latin', 'Han', 'Bopomofo']),
];
const scripts = [
  'Latin',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Bopomofo',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Thai',
  'Devanagari',
  'Armenian',
  'Georgian',
];
const scriptTests = scripts.map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const);

/** True where a host name mixes scripts that do not belong together, so that one letter may pose as another. */
export function mixesScripts(host: string): boolean {
  const seen = new Set<string>();
  for (const letter of host.normalize('NFC')) {
    if (!/\p{L}/u.test(letter)) continue;
    seen.add(scriptTests.find(([, test]) => test.test(letter))?.[0] ?? 'other');
  }
  if (seen.size <= 1 && !seen.has('other')) return false;
  return !companies.some((company) => [...seen].every((script) => company.has(script)));
}

/**
 * What must be said beside a link because its text does not: the host in punycode where its letters are mixed, the host
 * where the address hides it before an `@`, the host where the text is other than the address. Null where nothing.
 */
export function hostNote(href: string, shown: string): string | null {
  const url = new URL(href);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const written = /^(?:https?:\/\/)?(?:[^/?#]*@)?([^/?#:]+)/i.exec(shown.trim())?.[1] ?? '';
  if (url.username !== '' || url.password !== '') return url.hostname;
  if (mixesScripts(written)) return url.hostname;
  const posing = URL.canParse(`https://${written}`) ? new URL(`https://${written}`).hostname : '';
  return posing === url.hostname ? null : url.hostname;
}
