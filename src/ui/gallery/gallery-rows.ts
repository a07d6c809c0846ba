// Rows of the gallery as they are drawn, known before any of their messages is read.

import type { GalleryView } from '../../model/gallery';

export type GalleryRow =
  | { readonly kind: 'month'; readonly month: string; readonly count: number }
  /** Messages `from` to `to` of the shelf, the newest being 0. */
  | { readonly kind: 'items'; readonly from: number; readonly to: number };

/** The months, each followed by its messages, `perRow` in a row. */
export function rowsOf(months: GalleryView['months'], perRow: number): readonly GalleryRow[] {
  const rows: GalleryRow[] = [];
  let from = 0;
  for (const [month, count] of months) {
    rows.push({ kind: 'month', month, count });
    const end = from + count;
    for (; from < end; from += perRow) rows.push({ kind: 'items', from, to: Math.min(end, from + perRow) });
    from = end;
  }
  return rows;
}
