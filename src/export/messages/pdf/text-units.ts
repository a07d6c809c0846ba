// A line of text cut into what is drawn as one: a letter with all its marks, an emoji, a stack of an Indic script, an Arabic
// letter in the form that its neighbours give it.

import { hasRightToLeft } from './bidi';

export interface TextUnit {
  /** What it stands for, in the order of speech. */
  readonly text: string;
  /** What is handed to the canvas: the text, with joiners at the sides where its neighbours join it. */
  readonly drawn: string;
}

/** Where every letter is one UTF-16 unit and stands by itself. */
const plain = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02af\u0400-\u0482\u2010-\u2027\u3000-\u3029\u3030-\u303d\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*$/; // prettier-ignore
/** Arabic, Syriac, N'Ko, Adlam: letters that join those beside them. */
const joining = /[\u0620-\u06ff\u070f-\u077f\u07ca-\u07fa\u0870-\u08ff\u{1e900}-\u{1e943}]/u;
/** Letters that join only what stands before them (Unicode, ArabicShaping.txt: type R), Arabic and Syriac. */
const joinsBefore = /^[\u0622-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06c0\u06c3-\u06cb\u06cd\u06cf\u06d2\u06d3\u06d5\u06ee\u06ef\u0710\u0715-\u0719\u071e\u0728\u072a\u072c\u072f\u0759-\u075b\u076b\u076c\u0771\u0773\u0774\u0778\u0779\u0870-\u0882\u088e\u08aa-\u08ac\u08ae\u08b1\u08b2\u08b9]/; // prettier-ignore
/** Letters that join nothing. */
const joinsNothing = /^[\u0621\u0674\u06d4\u06dd\u0660-\u066f\u06f0-\u06f9\u0600-\u061f]/;
const lam = /^[\u0644\u06b5-\u06b8]\p{M}*$/u;
const alef = /^[\u0622\u0623\u0625\u0627\u0671-\u0673]/;
/** Marks after which the next letter is drawn below or beside: viramas, and those of Khmer, Myanmar and Tai Tham. */
const stacks = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2\u1a60]\u200d?$/;
const joiner = '\u200d';
/** Without it the joiner at the end counts as text that runs from left to right, and joins nothing. */
const rightToLeftMark = '\u200f';
/** A unit is not longer: what stands in one glyph's entry of ToUnicode is bounded by readers. */
const unitLetters = 32;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** All of the text is in the units, in order. */
export function cutUnits(line: string): readonly TextUnit[] {
  if (plain.test(line)) return Array.from(line, (text) => ({ text, drawn: text }));
  const clusters: string[] = [];
  for (const { segment } of segmenter.segment(line)) {
    const last = clusters.at(-1) ?? '';
    const belongs = stacks.test(last) && /^\p{L}/u.test(segment);
    if (belongs && last.length + segment.length <= unitLetters) clusters[clusters.length - 1] = last + segment;
    else clusters.push(...piecesOf(segment));
  }
  return hasRightToLeft(line) ? joinUnits(clusters) : clusters.map((text) => ({ text, drawn: withBase(text) }));
}

/** Marks that stand alone are drawn on a dotted circle, as in tables of letters, so that heaps of them are seen to go on. */
const withBase = (text: string): string => (/^\p{M}/u.test(text) ? `\u25cc${text}` : text);

/** A letter under a heap of marks is cut; no pair of surrogates is. */
function piecesOf(cluster: string): readonly string[] {
  if (cluster.length <= unitLetters) return [cluster];
  const pieces: string[] = [];
  let piece = '';
  for (const letter of cluster) {
    if (piece.length + letter.length > unitLetters) {
      pieces.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...pieces, piece];
}

const reachesBack = (text: string): boolean => joining.test(text.slice(0, 2)) && !joinsNothing.test(text);
/** A non-joiner is part of the letter before it. */
const reachesOn = (text: string): boolean => reachesBack(text) && !joinsBefore.test(text) && !text.endsWith('\u200c');

/**
 * Letters of scripts that run from right to left. Programs turn what they read from a page around letter by letter, so a glyph
 * must not stand for several: marks, and the alef that is drawn as one with its lam, are units of their own without ink.
 */
function joinUnits(clusters: readonly string[]): readonly TextUnit[] {
  return clusters.flatMap((text, at) => {
    const [previous, next] = [clusters[at - 1] ?? '', clusters[at + 1] ?? ''];
    const isDrawn = !(alef.test(text) && lam.test(previous));
    const ligature = lam.test(text) && alef.test(next) ? next : '';
    const before = reachesBack(text) && reachesOn(previous) ? joiner : '';
    const behind = ligature === '' && reachesOn(text) && reachesBack(next) ? joiner + rightToLeftMark : '';
    const drawn = isDrawn ? before + text + ligature + behind : '';
    if (!hasRightToLeft(text)) return [{ text, drawn }];
    return [...text].map((letter, place) => ({ text: letter, drawn: place === 0 ? drawn : '' }));
  });
}
