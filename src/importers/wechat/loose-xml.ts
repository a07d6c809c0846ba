// The small XML that WeChat keeps in bodies of messages, which is often not well-formed: bare `&` in addresses, CDATA in
// CDATA, attributes without a space between them, ends cut off, NULs behind it. Reads what is there; never throws.
// There are no entities but the five of XML and numbers, and no document types, so nothing can expand.

export interface XmlNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  /** Its own character data, CDATA included, joined. */
  readonly text: string;
}

export interface LooseXml {
  readonly root: XmlNode;
  /** True where something was missing, out of place or beyond the limits. */
  readonly isDamaged: boolean;
}

/** Letters that are read of a body; nodes; nesting. Real bodies have a few KiB, merged forwards up to some hundred. */
const lengthLimit = 4 << 20;
const nodeLimit = 20_000;
const depthLimit = 64;

interface OpenNode {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: OpenNode[];
  text: string;
}

interface Reading {
  readonly body: string;
  at: number;
  readonly open: OpenNode[];
  root: OpenNode | null;
  nodes: number;
  isDamaged: boolean;
  /** False once CDATA in CDATA turned out not to be closed: then the first end counts. */
  mayNest: boolean;
}

/** The first element of a body with all that is in it; null where it holds none. */
export function readLooseXml(body: string): LooseXml | null {
  const reading: Reading = {
    body: body.length > lengthLimit ? body.slice(0, lengthLimit) : body,
    at: 0,
    open: [],
    root: null,
    nodes: 0,
    isDamaged: body.length > lengthLimit,
    mayNest: true,
  };
  while (reading.at < reading.body.length) if (!step(reading)) break;
  if (reading.root === null) return null;
  return { root: reading.root, isDamaged: reading.isDamaged || reading.open.length > 0 };
}

/** Takes what stands next; false at the end of the root and of what may be read. */
function step(reading: Reading): boolean {
  const { body, at, open } = reading;
  if (body.charCodeAt(at) !== 0x3c) {
    const next = body.indexOf('<', at);
    const end = next < 0 ? body.length : next;
    addText(reading, decodeXmlEntities(body.slice(at, end)));
    reading.at = end;
    return true;
  }
  if (body.startsWith('<![CDATA[', at)) takeCdata(reading);
  else if (body.startsWith('<!--', at)) skipPast(reading, '-->');
  else if (body.startsWith('<?', at) || body.startsWith('<!', at)) skipPast(reading, '>');
  else if (body.startsWith('</', at)) takeClose(reading);
  else return takeOpen(reading);
  return reading.root === null || open.length > 0;
}

function addText({ open }: Reading, text: string): void {
  const node = open.at(-1);
  if (node !== undefined) node.text += text;
}

function skipPast(reading: Reading, end: string): void {
  const found = reading.body.indexOf(end, reading.at);
  if (found < 0) reading.isDamaged = true;
  reading.at = found < 0 ? reading.body.length : found + end.length;
}

function takeCdata(reading: Reading): void {
  const from = reading.at + 9;
  const end = endOfCdata(reading, from);
  if (end < 0) reading.isDamaged = true;
  addText(reading, reading.body.slice(from, end < 0 ? undefined : end));
  reading.at = end < 0 ? reading.body.length : end + 3;
}

/** Position of the `]]>` that belongs to a CDATA section: behind those that belong to sections inside, if there are enough. */
function endOfCdata(reading: Reading, from: number): number {
  const { body } = reading;
  const first = body.indexOf(']]>', from);
  if (first < 0 || !reading.mayNest) return first;
  let depth = 1;
  let at = from;
  for (;;) {
    const end = body.indexOf(']]>', at);
    if (end < 0) break;
    const begin = body.indexOf('<![CDATA[', at);
    const isInner = begin >= 0 && begin < end;
    depth += isInner ? 1 : -1;
    if (depth === 0) return end;
    at = isInner ? begin + 9 : end + 3;
  }
  reading.mayNest = false;
  reading.isDamaged = true;
  return first;
}

/** Closes the innermost open element of that name, and what is open in it. */
function takeClose(reading: Reading): void {
  const from = reading.at + 2;
  skipPast(reading, '>');
  const name =
    reading.body
      .slice(from, from + 128)
      .split('>', 1)[0]
      ?.trim() ?? '';
  const index = reading.open.findLastIndex((node) => node.name === name);
  if (index < 0 || index !== reading.open.length - 1) reading.isDamaged = true;
  if (index >= 0) reading.open.length = index;
}

/** Takes an opening tag, or a `<` that begins none as text. */
function takeOpen(reading: Reading): boolean {
  const { body, open } = reading;
  const nameEnd = endOfName(body, reading.at + 1);
  if (nameEnd === reading.at + 1) {
    addText(reading, '<');
    reading.at += 1;
    reading.isDamaged = true;
    return true;
  }
  if (open.length >= depthLimit || ++reading.nodes > nodeLimit) {
    reading.isDamaged = true;
    return false;
  }
  const node: OpenNode = { name: body.slice(reading.at + 1, nameEnd), attributes: new Map(), children: [], text: '' };
  reading.at = nameEnd;
  const isEmpty = takeAttributes(reading, node);
  const parent = open.at(-1);
  if (parent === undefined) reading.root = node;
  else parent.children.push(node);
  if (!isEmpty) open.push(node);
  return open.length > 0;
}

/** Takes attributes up to the end of the tag; true where it has no content. */
function takeAttributes(reading: Reading, node: OpenNode): boolean {
  const { body } = reading;
  for (;;) {
    reading.at = skipBlanks(body, reading.at);
    const letter = body[reading.at];
    if (letter === undefined) return cutTag(reading);
    if (letter === '>') return (reading.at += 1) < 0;
    if (letter === '/' && body[reading.at + 1] === '>') return (reading.at += 2) > 0;
    const end = endOfName(body, reading.at);
    if (end === reading.at) {
      reading.at += 1;
      reading.isDamaged = true;
      continue;
    }
    const name = body.slice(reading.at, end);
    reading.at = skipBlanks(body, end);
    if (body[reading.at] !== '=') continue;
    const value = takeValue(reading);
    if (value === null) return cutTag(reading);
    if (!node.attributes.has(name)) node.attributes.set(name, value);
  }
}

function cutTag(reading: Reading): boolean {
  reading.isDamaged = true;
  reading.at = reading.body.length;
  return false;
}

/** The value behind `=`: in quotation marks, else up to the next blank or `>`. Null where it does not end. */
function takeValue(reading: Reading): string | null {
  const { body } = reading;
  const from = skipBlanks(body, reading.at + 1);
  const quote = body[from];
  if (quote === '"' || quote === "'") {
    const end = body.indexOf(quote, from + 1);
    if (end < 0) return null;
    reading.at = end + 1;
    return decodeXmlEntities(body.slice(from + 1, end));
  }
  let end = from;
  while (end < body.length && !isBlank(body.charCodeAt(end)) && body[end] !== '>') end++;
  reading.at = end;
  reading.isDamaged = true;
  return decodeXmlEntities(body.slice(from, end));
}

function skipBlanks(body: string, from: number): number {
  let at = from;
  while (at < body.length && isBlank(body.charCodeAt(at))) at++;
  return at;
}

function isBlank(code: number): boolean {
  return code <= 0x20;
}

/** Names are letters, digits, `_`, `-`, `.`, `:` and all beyond ASCII. */
function endOfName(body: string, from: number): number {
  let at = from;
  for (; at < body.length; at++) {
    const code = body.charCodeAt(at);
    const isLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code > 0x7f;
    if (!isLetter && (at === from || !((code >= 0x30 && code <= 0x3a) || code === 0x2d || code === 0x2e))) break;
  }
  return at;
}

const namedEntities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The text with XML's own entities and numbers put in; whatever else begins with `&` stays as it is. */
export function decodeXmlEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return namedEntities.get(String(name)) ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
