// Apple's property lists written as XML, and whichever of the two forms a file has.
// Facts: the document type PropertyList-1.0.dtd, which names the elements.

import { createBase64Decoder } from './base64';
import { type PlistValue, readBinaryPlist } from './binary-plist';
import { readWholeXml, type XmlEvent } from './xml';
import { CamphorError } from '../model/error';

/** The lists of a backup's folder are a few hundred KiB; those with an icon for each app some MiB. */
const sizeLimitBytes = 32 << 20;
const depthLimit = 64;
/** Without declarations of its own, which could hold entities: those are left in place, and refused by the parser. */
const documentType = /<!DOCTYPE\s[^<>[\]]{0,400}>/;

/** The root of a property list in binary or XML; null for what is neither, or damaged. */
export function readPlist(bytes: Uint8Array): PlistValue {
  if (bytes.length > sizeLimitBytes) return null;
  if (bytes[0] === 0x62) return readBinaryPlist(bytes);
  const text = new TextDecoder().decode(bytes);
  try {
    return readRoot(
      readWholeXml(new TextEncoder().encode(text.replace(documentType, '')), { sizeBytes: sizeLimitBytes, depth: depthLimit }),
    );
  } catch (error) {
    if (error instanceof CamphorError && error.code === 'damaged') return null;
    throw error;
  }
}

/** A container that is open, and the key that its next value is for. */
interface Open {
  readonly value: PlistValue[] | Map<string, PlistValue>;
  key: string;
}

function readRoot(events: readonly XmlEvent[]): PlistValue {
  const open: Open[] = [];
  let root: PlistValue = null;
  let text = '';
  const add = (value: PlistValue): void => {
    const around = open.at(-1);
    if (around === undefined) root = value;
    else if (Array.isArray(around.value)) around.value.push(value);
    else around.value.set(around.key, value);
  };
  for (const event of events) {
    if (event.kind === 'text') text += event.text;
    else if (event.kind === 'open') {
      text = '';
      if (event.local === 'dict') open.push({ value: new Map(), key: '' });
      else if (event.local === 'array') open.push({ value: [], key: '' });
    } else if (event.local === 'dict' || event.local === 'array') {
      const done = open.pop();
      if (done !== undefined) add(done.value as PlistValue);
    } else if (event.local === 'key') {
      const around = open.at(-1);
      if (around !== undefined) around.key = text;
    } else if (event.local !== 'plist') add(readScalar(event.local, text));
  }
  return root;
}

function readScalar(element: string, text: string): PlistValue {
  if (element === 'string') return text;
  if (element === 'true' || element === 'false') return element === 'true';
  if (element === 'data') return createBase64Decoder().push(new TextEncoder().encode(text));
  if (element === 'date') return Number.isNaN(Date.parse(text)) ? null : { atMs: Date.parse(text) };
  const number = Number(text);
  return (element === 'integer' || element === 'real') && text.trim() !== '' && Number.isFinite(number) ? number : null;
}
