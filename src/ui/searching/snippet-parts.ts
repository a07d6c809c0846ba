// A snippet as runs that are marked or not.

import type { Highlight } from '../../model/view';

export interface SnippetPart {
  readonly text: string;
  readonly marked: boolean;
}

/** Cuts a snippet at its highlights; joined the parts are the snippet. Overlaps and offsets beyond the end are healed. */
export function snippetParts(snippet: string, highlights: readonly Highlight[]): readonly SnippetPart[] {
  const parts: SnippetPart[] = [];
  let done = 0;
  for (const { from, to } of highlights.toSorted((a, b) => a.from - b.from)) {
    const start = Math.max(done, Math.min(from, snippet.length));
    const end = Math.max(start, Math.min(to, snippet.length));
    if (end === start) continue;
    if (start > done) parts.push({ text: snippet.slice(done, start), marked: false });
    parts.push({ text: snippet.slice(start, end), marked: true });
    done = end;
  }
  if (done < snippet.length) parts.push({ text: snippet.slice(done), marked: false });
  return parts;
}
