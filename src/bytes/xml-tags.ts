// Tags of an XML file of any size, with the bytes that each came from. A value of an attribute may be tens of megabytes
// (base64): above the limit only its beginning is held, and where it lies. Tags, text and other markup tile the file.
//
// Made for files that are no XML by the book: references to half a character, to NUL, raw control characters. What is no
// tag at all becomes a problem: a tag in which another begins (`<` cannot stand in a value), and one that the file's end cuts.
// UTF-8 only; no entities but the five; no namespaces.

import type { ByteSource } from './source';
import { createTagScanner } from './xml-tag-scanner';

/** The value of an attribute. */
export interface XmlValue {
  /** References resolved; the beginning only, where `isCut`. */
  readonly text: string;
  readonly isCut: boolean;
  /** Where the value lies, without its quotation marks. */
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  /** How many bytes it stands for, if it is base64. Counted when it is asked for. */
  base64Bytes(): number;
}

interface Placed {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

export type XmlPiece = Placed &
  (
    | {
        readonly kind: 'open';
        readonly name: string;
        /** True for `<name/>`, which nothing closes. */
        readonly isEmpty: boolean;
        readonly attributes: ReadonlyMap<string, XmlValue>;
        /** The tag as it stands in the file, cut at the limit of problems. */
        readonly raw: string;
      }
    | { readonly kind: 'close'; readonly name: string }
    /** Between tags; `text` is cut at the limit of problems, with references as they are. */
    | { readonly kind: 'text'; readonly text: string }
    /** Comments, declarations, instructions, CDATA: as they are, cut in the same way. */
    | { readonly kind: 'markup'; readonly text: string }
    | { readonly kind: 'problem'; readonly code: 'not-understood' | 'ends-early'; readonly raw: string }
  );

export interface ReadXmlTagsOptions {
  /** Longer values are cut. Default 1 MiB. */
  readonly valueLimitBytes?: number;
}

/** All pieces of `source`, in batches of a chunk. Holds a tag up to its limits. Throws what the source throws. */
export async function* readXmlTags(source: ByteSource, options: ReadXmlTagsOptions = {}): AsyncGenerator<readonly XmlPiece[], void, void> {
  const scanner = createTagScanner(options.valueLimitBytes ?? 1 << 20);
  for await (const chunk of source.stream()) {
    const pieces = scanner.push(chunk);
    if (pieces.length > 0) yield pieces;
  }
  const pieces = scanner.end();
  if (pieces.length > 0) yield pieces;
}
