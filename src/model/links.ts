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
