// Elements of a QQ NT message (column 40800), by their type (field 45002), not by the message's own, which is not to be trusted.

import { encodeBase64 } from '../../../bytes/base64';
import { readProtobuf } from '../../../bytes/protobuf';
import type { ProtobufFields } from '../../../bytes/protobuf';
import { toHex } from '../../../crypto/hashes';
import type { AttachmentRecord } from '../../../model/record';
import { parseExactJson } from '../../exact-json';
import { objectOf, words } from '../../json-fields';
import { readCard } from '../exporter/cards';
import { readCall } from '../exporter/system-lines';
import { Content } from './content';
import { readNotice } from './notices';
import type { NameOf } from './notices';
import { textOfXml } from './xml-text';

type Take = (content: Content, element: ProtobufFields, nameOf: NameOf) => void;

const types = { text: 1, reply: 7 } as const;
const rawLimitBytes = 16_384;
/** Quotes in quotes are not followed. */
const quoteLimit = 64;

const takers: ReadonlyMap<number, Take> = new Map<number, Take>([
  [types.text, takeText],
  [2, (content, element) => takeFile(content, element, 'image')],
  [3, (content, element) => takeFile(content, element, 'file')],
  [4, (content, element) => takeFile(content, element, 'voice')],
  [5, (content, element) => takeFile(content, element, 'video')],
  [6, takeFace],
  [types.reply, takeReply],
  [8, takeNotice],
  [9, (content, element) => content.add('transfer', element.words(48403, 48443) ?? '')],
  [10, takeCard],
  [11, (content, element) => content.add('sticker', element.words(80900) ?? '')],
  [14, (content, element) => content.add('text', element.words(48701) ?? '')],
  [16, (content, element) => content.add('forwarded', textOfXml(element.words(48602) ?? ''))],
  [21, takeCall],
]);

/** The elements of `message`, whose field 40800 is repeated. `nameOf` gives names by uid. */
export function readElements(message: ProtobufFields, nameOf: NameOf): Content {
  const content = new Content();
  for (const value of message.all(40_800)) if (value instanceof Uint8Array) takeElement(content, value, nameOf);
  return content;
}

function takeElement(content: Content, bytes: Uint8Array, nameOf: NameOf): void {
  const element = readProtobuf(bytes);
  const type = element.whole(45_002);
  const take = takers.get(type ?? -1);
  if (take !== undefined && element.isWhole) return take(content, element, nameOf);
  content.add('unknown', '');
  content.kept.push({ type, raw: `base64:${encodeBase64(bytes.subarray(0, rawLimitBytes))}` });
}

function takeText(content: Content, element: ProtobufFields): void {
  const text = element.words(45_101) ?? '';
  // 0 is no mention.
  if ((element.whole(45_102) ?? 0) > 0 && text !== '')
    content.entities.push({ type: 'mention', offset: content.text.length, length: text.length });
  content.add('text', text);
}

function takeFile(content: Content, element: ProtobufFields, kind: AttachmentRecord['kind']): void {
  const seconds = element.whole(kind === 'voice' ? 45_906 : 45_410);
  const md5 = element.words(45_424) ?? hexOf(element.bytes(45_406));
  content.add(kind === 'audio' || kind === 'animation' ? 'file' : kind, '');
  content.files.push({
    kind,
    name: element.words(45_402),
    path: element.words(45_403),
    sizeBytes: element.whole(45_405),
    widthPx: kind === 'image' ? element.whole(45_411) : null,
    heightPx: kind === 'image' ? element.whole(45_412) : null,
    durationMs: (kind === 'voice' || kind === 'video') && seconds !== null ? seconds * 1000 : null,
  });
  content.addExtra('md5', md5?.toLowerCase() ?? null);
  content.addExtra('transcript', kind === 'voice' ? element.words(45_923) : null);
}

function hexOf(bytes: Uint8Array | null): string | null {
  return bytes?.length === 16 ? toHex(bytes) : null;
}

function takeFace(content: Content, element: ProtobufFields): void {
  const name = element.words(47_602);
  content.add(
    'text',
    name === null ? `[表情${element.whole(47_601) ?? ''}]` : name.startsWith('/') || name.startsWith('[') ? name : `[${name}]`,
  );
}

/** What is answered: its id where there is one, its words as they were shown or as its own elements have them. */
function takeReply(content: Content, element: ProtobufFields, nameOf: NameOf): void {
  const id = element.integer(47_401);
  const quoted = element.words(47_413) ?? quotedText(element, nameOf);
  const sourceId = id === null || id === 0n ? null : String(id);
  content.addFacts({ replyTo: { sourceId, ...(quoted === '' ? {} : { excerpt: quoted }) } });
  content.addExtra('repliedSequence', element.whole(47_402));
}

function quotedText(element: ProtobufFields, nameOf: NameOf): string {
  const quoted = new Content();
  for (const inner of element.messages(47_423).slice(0, quoteLimit)) {
    const type = inner.whole(45_002);
    if (type !== types.reply) takers.get(type ?? -1)?.(quoted, inner, nameOf);
  }
  return quoted.text;
}

function takeNotice(content: Content, element: ProtobufFields, nameOf: NameOf): void {
  const { text, action } = readNotice(element, nameOf);
  content.add('system', text);
  if (action !== null) content.addFacts({ service: { action } });
  // The notice stands in the place of the message.
  if (action === 'recall') content.addFacts({ deleted: { by: 'unknown' } });
}

function takeCard(content: Content, element: ProtobufFields): void {
  const json = element.words(47_901) ?? '';
  const parsed = objectOf(parseExactJson(json));
  const prompt = words(parsed?.['prompt']) ?? '';
  const meta = Object.values(objectOf(parsed?.['meta']) ?? {}).map(objectOf);
  const title = words(meta.find((each) => each !== null)?.['title']);
  const { kind, text, facts } = readCard({ content: json, ...(title === null ? {} : { title }) });
  content.add(kind, text === '' ? prompt : text);
  content.addFacts(facts);
  content.kept.push({ type: 'card', data: parsed ?? json.slice(0, rawLimitBytes) });
}

function takeCall(content: Content, element: ProtobufFields): void {
  const text = element.words(48_157) ?? element.words(48_153) ?? '';
  content.add('call', text);
  content.addFacts({ call: readCall(text, /视频|video/i.test(element.words(48_153) ?? text)) });
}
