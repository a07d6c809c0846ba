// Finds addresses in text in one pass, and says where they really lead. Only http, https, mailto and tel become links.

export interface FoundLink {
  /** UTF-16 offsets in the text. */
  readonly from: number;
  readonly to: number;
  readonly href: string;
}

/** One alternative of fixed words, then one run of a negated class: linear in the text. */
const candidate = /(?:https?:\/\/|www\.|mailto:|tel:)[^\s<>"“”„«»‘’`{}|\\^，。！？；：、（）【】《》「」『』…]+/giu;
const trailing = new Set('.,;:!?\'"*_~)]}');
const opening: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const allowed: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:']);
/** More links than this in one message are left as text. */
const linkLimit = 2000;

/** The links of a text, in order, not overlapping. */
export function findLinks(text: string): readonly FoundLink[] {
  const found: FoundLink[] = [];
  for (const match of text.matchAll(candidate)) {
    if (found.length >= linkLimit) break;
    if (/[a-z0-9]/i.test(text.charAt(match.index - 1))) continue;
    const written = trimEnd(match[0]);
    const href = safeHref(written);
    if (href !== null) found.push({ from: match.index, to: match.index + written.length, href });
  }
  return found;
}

/** The address as a browser reads it, or null where it is none of the four allowed kinds. */
export function safeHref(written: string): string | null {
  const bare = written.trim();
  const address = /^www\./i.test(bare) ? `https://${bare}` : bare;
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  return allowed.has(url.protocol) ? url.href : null;
}

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

/** Cuts what ends a sentence, and closing brackets that were never opened inside the address. */
function trimEnd(written: string): string {
  const counts = new Map<string, number>();
  for (const letter of written) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let end = written.length;
  while (end > 0) {
    const last = written.charAt(end - 1);
    const opener = opening[last];
    if (!trailing.has(last) || (opener !== undefined && (counts.get(last) ?? 0) <= (counts.get(opener) ?? 0))) break;
    counts.set(last, (counts.get(last) ?? 1) - 1);
    end -= 1;
  }
  return written.slice(0, end);
}
