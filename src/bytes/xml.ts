// XML as a stream of events, by saxes: namespaces resolved, five predefined entities, no DTD. Whatever is larger, deeper or
// odder than the limits allow ends the reading.

import { type SaxesAttributeNS, SaxesParser } from 'saxes';
import { CamphorError } from '../model/error';

export interface XmlLimits {
  /** All of it, in bytes. */
  readonly sizeBytes: number;
  readonly depth: number;
}

export type XmlEvent =
  | {
      readonly kind: 'open';
      /** Address of the namespace; '' for none. */
      readonly uri: string;
      readonly local: string;
      /** Values by local name, for attributes without a namespace only. */
      readonly attributes: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'close'; readonly uri: string; readonly local: string }
  /** Character data, CDATA included; neighbouring pieces are not joined. */
  | { readonly kind: 'text'; readonly text: string };

/** What ends a reading; `facts.reason` of the error. */
type XmlFault = 'syntax' | 'encoding' | 'doctype' | 'depth' | 'size';

function fault(reason: XmlFault, cause?: unknown): CamphorError {
  return new CamphorError('damaged', { what: 'xml', reason }, cause);
}

/**
 * The document's events, in order. UTF-8 only. Throws CamphorError `damaged` with `facts.reason` where it is no well-formed
 * document, has a document type (entities could be declared there), or is beyond the limits; the events before were given.
 */
export async function* readXml(chunks: AsyncIterable<Uint8Array>, limits: XmlLimits): AsyncGenerator<XmlEvent> {
  const parser = createXmlParser(limits);
  for await (const chunk of chunks) yield* parser.push(chunk);
  yield* parser.end();
}

/** The same for a document that is at hand. */
export function readWholeXml(bytes: Uint8Array, limits: XmlLimits): XmlEvent[] {
  const parser = createXmlParser(limits);
  return [...parser.push(bytes), ...parser.end()];
}

interface XmlParser {
  push(chunk: Uint8Array): XmlEvent[];
  end(): XmlEvent[];
}

function createXmlParser(limits: XmlLimits): XmlParser {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const events: XmlEvent[] = [];
  const saxes = createSaxes(events, limits.depth);
  let readBytes = 0;
  const take = (text: string): XmlEvent[] => {
    saxes.write(text);
    return events.splice(0);
  };
  return {
    push(chunk) {
      readBytes += chunk.length;
      if (readBytes > limits.sizeBytes) throw fault('size');
      return take(decode(decoder, chunk));
    },
    end() {
      const rest = take(decode(decoder));
      saxes.close();
      return rest;
    },
  };
}

/** A parser that adds to `events`. */
function createSaxes(events: XmlEvent[], depthLimit: number): SaxesParser<{ xmlns: true }> {
  const saxes = new SaxesParser({ xmlns: true });
  let depth = 0;
  const addText = (text: string): void => void events.push({ kind: 'text', text });
  saxes.on('opentag', ({ uri, local, attributes }) => {
    depth += 1;
    if (depth > depthLimit) throw fault('depth');
    events.push({ kind: 'open', uri, local, attributes: plainAttributes(attributes) });
  });
  saxes.on('closetag', ({ uri, local }) => {
    depth -= 1;
    events.push({ kind: 'close', uri, local });
  });
  saxes.on('text', addText);
  saxes.on('cdata', addText);
  saxes.on('doctype', () => {
    throw fault('doctype');
  });
  saxes.on('error', (cause) => {
    throw fault('syntax', cause);
  });
  return saxes;
}

function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw fault('encoding', cause);
  }
}

function plainAttributes(attributes: Readonly<Record<string, SaxesAttributeNS>>): ReadonlyMap<string, string> {
  const plain = Object.values(attributes).filter(({ prefix, name }) => prefix === '' && name !== 'xmlns');
  return new Map(plain.map(({ local, value }) => [local, value]));
}
