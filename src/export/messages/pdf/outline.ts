// The outline (bookmarks): a conversation, and in it its months.

import type { PdfFile } from './pdf-file';
import { decimal, textString } from './pdf-syntax';

export interface OutlineEntry {
  readonly title: string;
  /** Number of the page, and the height on it, in points from below. */
  readonly page: number;
  readonly top: number;
  readonly entries: OutlineEntry[];
}

/** Writes all of it; gives the number of its root. A single conversation is open, several are closed. */
export function putOutline(file: PdfFile, entries: readonly OutlineEntry[]): number {
  const root = file.reserve();
  const isOpen = entries.length === 1;
  const put = (parent: number, siblings: readonly OutlineEntry[]): string => {
    const numbers = siblings.map(() => file.reserve());
    for (const [at, { title, page, top, entries: below }] of siblings.entries()) {
      const number = numbers[at] ?? 0;
      const previous = numbers[at - 1];
      const next = numbers[at + 1];
      const parts = [
        `/Title ${textString(title)} /Parent ${parent} 0 R /Dest [${page} 0 R /XYZ null ${decimal(top)} null]`,
        previous === undefined ? '' : `/Prev ${previous} 0 R`,
        next === undefined ? '' : `/Next ${next} 0 R`,
        below.length === 0 ? '' : `${put(number, below)} /Count ${isOpen ? below.length : -below.length}`,
      ];
      file.put(number, `<< ${parts.filter(Boolean).join(' ')} >>`);
    }
    return `/First ${numbers[0] ?? 0} 0 R /Last ${numbers.at(-1) ?? 0} 0 R`;
  };
  const shown = entries.length + (isOpen ? (entries[0]?.entries.length ?? 0) : 0);
  file.put(root, entries.length === 0 ? '<< /Type /Outlines >>' : `<< /Type /Outlines ${put(root, entries)} /Count ${shown} >>`);
  return root;
}
