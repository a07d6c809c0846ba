// Text as runs of one look: entities of the source and the links we find, laid over each other.

import type { TextEntity } from '../../model/record';
import { findLinks, safeHref } from '../../model/links';

export type Look = Exclude<TextEntity['type'], 'link' | 'other' | 'email' | 'phone'>;

export interface TextRun {
  readonly text: string;
  readonly looks: readonly Look[];
  readonly href: string | null;
}

/** More entities than this in one message are drawn as plain text. */
const entityLimit = 4000;
/** Text beyond this many UTF-16 units is shown when asked for. */
export const clipLength = 6000;

interface Mark {
  readonly from: number;
  readonly to: number;
  readonly look: Look | null;
  readonly href: string | null;
}

/** Splits text into runs; joined they are the text, to the letter. */
export function styleText(text: string, entities: readonly TextEntity[] = []): readonly TextRun[] {
  const marks = entityMarks(text, entities.slice(0, entityLimit));
  for (const link of findLinks(text)) {
    if (!marks.some((mark) => mark.href !== null && mark.from < link.to && link.from < mark.to)) marks.push({ ...link, look: null });
  }
  const cuts = [...new Set([0, text.length, ...marks.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  const opening = marks.toSorted((a, b) => a.from - b.from);
  let open: Mark[] = [];
  let next = 0;
  const runs: TextRun[] = [];
  for (let at = 0; at + 1 < cuts.length; at++) {
    const from = cuts[at] ?? 0;
    open = open.filter(({ to }) => to > from);
    for (let mark = opening[next]; mark !== undefined && mark.from <= from; mark = opening[next]) {
      open.push(mark);
      next += 1;
    }
    const looks = [...new Set(open.flatMap(({ look }) => (look === null ? [] : [look])))];
    runs.push({ text: text.slice(from, cuts[at + 1]), looks, href: open.find(({ href }) => href !== null)?.href ?? null });
  }
  return runs;
}

function entityMarks(text: string, entities: readonly TextEntity[]): Mark[] {
  const marks: Mark[] = [];
  for (const entity of entities) {
    const from = Math.max(0, entity.offset);
    const to = Math.min(text.length, entity.offset + entity.length);
    if (!(from < to)) continue;
    const words = text.slice(from, to);
    if (entity.type === 'link') marks.push({ from, to, look: null, href: safeHref(entity.href ?? words) });
    else if (entity.type === 'email') marks.push({ from, to, look: null, href: safeHref(`mailto:${words}`) });
    else if (entity.type === 'phone') marks.push({ from, to, look: null, href: safeHref(`tel:${words.replace(/[^\d+*#]/g, '')}`) });
    else if (entity.type !== 'other') marks.push({ from, to, look: entity.type, href: null });
  }
  return marks.filter(({ look, href }) => look !== null || href !== null);
}

/** The beginning of a long text, cut between letters as people see them; null where it is short enough. */
export function clipText(text: string): string | null {
  if (text.length <= clipLength) return null;
  const window = text.slice(clipLength - 64, clipLength + 64);
  let cut = clipLength;
  for (const { index } of new Intl.Segmenter().segment(window)) if (index <= 64) cut = clipLength - 64 + index;
  return text.slice(0, cut);
}

/** True for one to eight emoji and nothing else. */
export function isEmojiOnly(text: string): boolean {
  const bare = text.trim();
  if (bare === '' || bare.length > 64 || /[0-9#*\p{L}]/u.test(bare)) return false;
  if (!/^[\p{Extended_Pictographic}\p{Emoji_Component}\s]+$/u.test(bare)) return false;
  return [...new Intl.Segmenter().segment(bare.replace(/\s/g, ''))].length <= 8;
}
